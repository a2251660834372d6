import type { Deployment, Node, Pod, PodSpec, ReplicaSet } from "../kinds.ts";

const labels = { app: "app" };
const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "web:1" }] } };

export function deployment(
  o: Partial<Deployment["spec"]> & { readonly status?: Deployment["status"] } = {},
): Deployment {
  const { status, ...spec } = o;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "app", namespace: "ns", uid: "deployment", generation: 1 },
    spec: { replicas: 2, selector: { matchLabels: labels }, template, ...spec },
    ...(status === undefined ? {} : { status }),
  };
}

export function replicaSet(o: {
  readonly name?: string;
  readonly replicas?: number;
  readonly available?: number;
  readonly status?: ReplicaSet["status"];
  readonly annotations?: Record<string, string>;
  readonly image?: string;
  readonly created?: string;
}): ReplicaSet {
  const { name = "rs", replicas = 0, available = 0, image = "web:1" } = o;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name,
      namespace: "ns",
      uid: name,
      generation: 1,
      creationTimestamp: o.created ?? "2026-01-01T00:00:00Z",
      annotations: o.annotations ?? {},
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { ...template, spec: { containers: [{ name: "main", image }] } },
    },
    status: o.status ?? { replicas, readyReplicas: available, availableReplicas: available, observedGeneration: 1 },
  };
}

export function pod(o: {
  readonly name?: string;
  readonly node?: string;
  readonly phase?: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly readySince?: string;
  readonly created?: string;
  readonly cost?: string;
  readonly restarts?: number;
  readonly deleting?: boolean;
  readonly podIP?: string;
  readonly labels?: Record<string, string>;
  readonly spec?: Partial<PodSpec>;
  readonly requests?: Record<string, string>;
}): Pod {
  const { name = "pod", phase = "Running", restarts = 0 } = o;
  const ready =
    o.readySince === undefined
      ? { status: "False" as const }
      : { status: "True" as const, lastTransitionTime: o.readySince };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "ns",
      uid: name,
      labels: o.labels ?? labels,
      creationTimestamp: o.created ?? "2026-01-01T00:00:00Z",
      ...(o.cost === undefined ? {} : { annotations: { "controller.kubernetes.io/pod-deletion-cost": o.cost } }),
      ...(o.deleting === true ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}),
    },
    spec: {
      ...(o.node === undefined ? {} : { nodeName: o.node }),
      containers: [
        { name: "main", resources: { requests: o.requests ?? {} }, ports: [{ name: "http", containerPort: 8080 }] },
      ],
      ...o.spec,
    },
    status: {
      phase,
      conditions: [{ type: "Ready", ...ready }],
      ...(o.podIP === undefined ? {} : { podIP: o.podIP }),
      containerStatuses: [{ name: "main", restartCount: restarts }],
    },
  };
}

export function node(o: {
  readonly name?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
  readonly ready?: boolean;
  readonly spec?: Node["spec"];
  readonly labels?: Record<string, string>;
}): Node {
  const { name = "node1", cpu = "2", memory = "4Gi", pods = "10" } = o;
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: o.labels ?? {} },
    spec: o.spec ?? {},
    status: {
      allocatable: { cpu, memory, pods },
      conditions: [{ type: "Ready", status: o.ready === false ? "False" : "True" }],
    },
  };
}
