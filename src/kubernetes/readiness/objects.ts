import type { KubernetesObject } from "../object.ts";

/** The fields of built-in kinds that verdicts and evidence are made of, as they are in JSON (times are RFC 3339 strings). */

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
  readonly observedGeneration?: number | string;
}

export interface Terminated {
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: Terminated;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface Probe {
  readonly initialDelaySeconds?: number;
  readonly timeoutSeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

interface KeyReference {
  readonly name?: string;
  readonly key?: string;
}

export interface EnvVar {
  readonly name: string;
  readonly valueFrom?: { readonly configMapKeyRef?: KeyReference; readonly secretKeyRef?: KeyReference };
}

export interface ContainerSpec {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: string;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string | number>>;
    readonly requests?: Readonly<Record<string, string | number>>;
  };
}

export interface Volume {
  readonly name?: string;
  readonly configMap?: { readonly name?: string };
  readonly secret?: { readonly secretName?: string };
}

export interface Pod extends KubernetesObject {
  spec?: {
    readonly restartPolicy?: string;
    readonly nodeName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly securityContext?: { readonly runAsNonRoot?: boolean };
    readonly imagePullSecrets?: readonly { readonly name?: string }[];
    readonly volumes?: readonly Volume[];
    readonly containers?: readonly ContainerSpec[];
    readonly initContainers?: readonly ContainerSpec[];
  };
  status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly startTime?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface ReplicaSet extends KubernetesObject {
  spec?: { readonly replicas?: number };
  status?: {
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly conditions?: readonly Condition[];
  };
}

/** An event of the core group, which mirrors those of events.k8s.io. */
export interface Event extends KubernetesObject {
  involvedObject?: {
    readonly kind?: string;
    readonly name?: string;
    readonly uid?: string;
    readonly fieldPath?: string;
  };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { readonly count?: number; readonly lastObservedTime?: string } | null;
}

export interface Node extends KubernetesObject {
  spec?: { readonly unschedulable?: boolean };
  status?: {
    readonly conditions?: readonly Condition[];
    readonly allocatable?: Readonly<Record<string, string>>;
  };
}

export interface StorageClass extends KubernetesObject {
  volumeBindingMode?: string;
}

/** What the verdict on an object may depend on besides the object itself. Lists may hold more than belongs to the object. */
export interface Related {
  readonly pods: readonly Pod[];
  readonly replicaSets: readonly ReplicaSet[];
  /** Warnings about the pods; without them a volume that cannot be mounted is only seen as slow. */
  readonly events?: readonly Event[];
  /** `undefined` where they could not be read. */
  readonly storageClasses?: readonly StorageClass[];
  /** `undefined` where they could not be read. */
  readonly nodes?: readonly Node[];
  /** Whether a controller can be expected to tell about the object: its kind has a status of its own. */
  readonly hasStatus?: boolean;
  /** The server's time. */
  readonly now: Date;
}

/** The status as fields of unknown types: custom resources write what they like. */
export function statusOf(object: KubernetesObject): Readonly<Record<string, unknown>> {
  return fieldsOf(object.status);
}

export function specOf(object: KubernetesObject): Readonly<Record<string, unknown>> {
  return fieldsOf(object.spec);
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** A count, where some controllers write a string (helm#32615). */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}

export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  const { conditions } = statusOf(object);
  return Array.isArray(conditions) ? (conditions as readonly Condition[]).find((one) => one.type === type) : undefined;
}

/** The condition, unless its controller says that it was of an earlier generation. */
export function freshConditionOf(object: KubernetesObject, type: string): Condition | undefined {
  const condition = conditionOf(object, type);
  const observed = numberOf(condition?.observedGeneration);
  return observed === undefined || observed === object.metadata.generation ? condition : undefined;
}

/** When what is wanted of the object was changed last, by its field managers: `undefined` where they tell no time. */
export function lastChange({ metadata }: KubernetesObject): string | undefined {
  const times = (metadata.managedFields ?? []).filter(({ subresource }) => subresource === undefined);
  return times
    .map(({ time = "" }) => time)
    .sort()
    .at(-1);
}

export function isOwnedBy(object: KubernetesObject, owner: KubernetesObject): boolean {
  const { uid } = owner.metadata;
  return uid !== undefined && (object.metadata.ownerReferences ?? []).some((reference) => reference.uid === uid);
}

/** Milliseconds since a time of the server; 0 where it gives none, so that nothing is overdue by accident. */
export function msSince(time: string | null | undefined, now: Date): number {
  const since = now.getTime() - Date.parse(time ?? "");
  return Number.isNaN(since) ? 0 : since;
}
