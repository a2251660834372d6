import type { KubernetesObject, ObjectMeta } from "../../../src/kubernetes/object.ts";

/**
 * The parts of the built-in kinds that the controllers read and write, as they are in JSON after the API server's defaulting.
 * (The types of @kubernetes/client-node have everything optional and times as `Date`, which JSON has not.)
 */
export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string;
  observedGeneration?: number;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  ports?: { name?: string; containerPort: number; protocol?: string; hostPort?: number }[];
  resources?: { requests?: Record<string, string | number>; limits?: Record<string, string | number> };
}

export interface PodSpec {
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  schedulerName?: string;
  tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[];
  containers: Container[];
  initContainers?: Container[];
  overhead?: Record<string, string | number>;
  affinity?: { nodeAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector } };
  volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
  [field: string]: unknown;
}

export interface NodeSelector {
  nodeSelectorTerms: {
    matchExpressions?: LabelSelector["matchExpressions"];
    matchFields?: LabelSelector["matchExpressions"];
  }[];
}

export interface PodTemplate {
  metadata?: Pick<ObjectMeta, "labels" | "annotations"> & Partial<ObjectMeta>;
  spec: PodSpec;
}

export interface Pod extends KubernetesObject {
  spec: PodSpec;
  status?: {
    phase?: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
    conditions?: Condition[];
    podIP?: string;
    podIPs?: { ip: string }[];
    containerStatuses?: {
      name: string;
      restartCount: number;
      state?: { terminated?: { finishedAt?: string } };
    }[];
    [field: string]: unknown;
  };
}

export interface ReplicaSet extends KubernetesObject {
  spec: { replicas?: number; minReadySeconds?: number; selector: LabelSelector; template: PodTemplate };
  status?: ReplicaSetStatus;
}

export interface ReplicaSetStatus {
  replicas: number;
  fullyLabeledReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  observedGeneration?: number;
  conditions?: Condition[];
}

export interface Deployment extends KubernetesObject {
  spec: {
    replicas?: number;
    selector: LabelSelector;
    template: PodTemplate;
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: string | number; maxUnavailable?: string | number } };
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
    progressDeadlineSeconds?: number;
    paused?: boolean;
  };
  status?: DeploymentStatus;
}

export interface DeploymentStatus {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  unavailableReplicas?: number;
  conditions?: Condition[];
}

/** An earlier or the newest template of a StatefulSet or a DaemonSet: its data is the patch that goes back to it. */
export interface ControllerRevision extends KubernetesObject {
  data: { spec: { template: PodTemplate } };
  revision: number;
}

export interface StatefulSet extends KubernetesObject {
  spec: {
    replicas?: number;
    serviceName?: string;
    selector: LabelSelector;
    template: PodTemplate;
    podManagementPolicy?: string;
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
    volumeClaimTemplates?: { metadata: { name: string; labels?: Record<string, string> }; spec?: unknown }[];
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
    ordinals?: { start?: number };
  };
  status?: StatefulSetStatus;
}

export interface StatefulSetStatus {
  observedGeneration?: number;
  replicas: number;
  readyReplicas?: number;
  currentReplicas?: number;
  updatedReplicas?: number;
  availableReplicas: number;
  currentRevision?: string;
  updateRevision?: string;
  collisionCount?: number;
}

export interface DaemonSet extends KubernetesObject {
  spec: {
    selector: LabelSelector;
    template: PodTemplate;
    updateStrategy?: { type?: string; rollingUpdate?: { maxUnavailable?: string | number } };
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
  };
  status?: object;
}

export interface PersistentVolumeClaim extends KubernetesObject {
  spec?: { accessModes?: string[]; resources?: { requests?: Record<string, string | number> } };
  status?: { phase?: string };
}

export interface Node extends KubernetesObject {
  spec: object;
  status?: {
    allocatable?: Record<string, string | number>;
    capacity?: Record<string, string | number>;
    conditions?: Condition[];
  };
}

export interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
  targetPort?: number | string;
  appProtocol?: string;
}

export interface Service extends KubernetesObject {
  spec: {
    type?: string;
    clusterIP?: string;
    selector?: Record<string, string>;
    ports?: ServicePort[];
    publishNotReadyAddresses?: boolean;
  };
  status?: { loadBalancer?: { ingress?: { ip: string; ipMode?: string }[] } };
}

export interface Endpoint {
  addresses: string[];
  conditions: { ready: boolean; serving: boolean; terminating: boolean };
  nodeName?: string;
  targetRef: { kind: "Pod"; namespace: string; name: string; uid: string };
}

export interface EndpointSlice extends KubernetesObject {
  addressType: string;
  endpoints: Endpoint[] | null;
  ports: { name: string; port: number; protocol: string; appProtocol?: string }[] | null;
}

export interface Namespace extends KubernetesObject {
  spec: { finalizers?: string[] };
  status?: { phase?: string; conditions?: Condition[] };
}

/** Where a kind's objects live in the API, and (in its type alone) what they look like. */
export interface Kind<T extends KubernetesObject = KubernetesObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never set: it carries the object's type. */
  readonly example?: T;
}

export const podKind = namespaced<Pod>("", "v1", "Pod", "pods");
export const serviceKind = namespaced<Service>("", "v1", "Service", "services");
export const configMapKind = namespaced<KubernetesObject>("", "v1", "ConfigMap", "configmaps");
export const serviceAccountKind = namespaced<KubernetesObject>("", "v1", "ServiceAccount", "serviceaccounts");
export const replicaSetKind = namespaced<ReplicaSet>("apps", "v1", "ReplicaSet", "replicasets");
export const deploymentKind = namespaced<Deployment>("apps", "v1", "Deployment", "deployments");
export const statefulSetKind = namespaced<StatefulSet>("apps", "v1", "StatefulSet", "statefulsets");
export const daemonSetKind = namespaced<DaemonSet>("apps", "v1", "DaemonSet", "daemonsets");
export const controllerRevisionKind = namespaced<ControllerRevision>(
  "apps",
  "v1",
  "ControllerRevision",
  "controllerrevisions",
);
export const claimKind = namespaced<PersistentVolumeClaim>("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");
export const endpointSliceKind = namespaced<EndpointSlice>("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");
export const nodeKind: Kind<Node> = { ...namespaced<Node>("", "v1", "Node", "nodes"), namespaced: false };
export const namespaceKind: Kind<Namespace> = {
  ...namespaced<Namespace>("", "v1", "Namespace", "namespaces"),
  namespaced: false,
};

function namespaced<T extends KubernetesObject>(group: string, version: string, kind: string, plural: string): Kind<T> {
  return { group, version, kind, plural, namespaced: true };
}
