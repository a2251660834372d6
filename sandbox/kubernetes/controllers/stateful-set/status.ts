import { withoutZeros } from "../counts.ts";
import type { History } from "../history.ts";
import type { Pod, StatefulSet, StatefulSetStatus } from "../kinds.ts";
import { isReady, untilAvailable } from "../pods.ts";
import { revisionLabel } from "./pods.ts";

/** Running, ready, and staying. */
export function isHealthy(pod: Pod): boolean {
  return pod.status?.phase === "Running" && isReady(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Healthy, and for long enough. */
export function isUsable(set: StatefulSet, pod: Pod, now: Date): boolean {
  return isHealthy(pod) && untilAvailable(pod, set.spec.minReadySeconds ?? 0, now) === 0;
}

/** What the pods are that were there before anything is done about them. */
export function countedStatus(o: {
  readonly set: StatefulSet;
  readonly pods: readonly Pod[];
  readonly history: History;
  readonly now: Date;
}): StatefulSetStatus {
  const { set, pods, now } = o;
  const updateRevision = o.history.newest.metadata.name;
  const before = set.status?.currentRevision;
  const currentRevision = o.history.all.some(({ metadata }) => metadata.name === before) ? before : updateRevision;
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const ready = pods.filter((pod) => pod.status?.phase === "Running" && isReady(pod));
  return {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: pods.length,
    readyReplicas: ready.length,
    currentReplicas: staying.filter((pod) => revisionLabel(pod) === currentRevision).length,
    updatedReplicas: staying.filter((pod) => revisionLabel(pod) === updateRevision).length,
    availableReplicas: ready.filter((pod) => untilAvailable(pod, set.spec.minReadySeconds ?? 0, now) === 0).length,
    ...(currentRevision === undefined ? {} : { currentRevision }),
    updateRevision,
    collisionCount: set.status?.collisionCount ?? 0,
  };
}

/** Once all pods have the newest template and are ready, it is the current one. Without the zeros that are not in its JSON. */
export function finishedStatus(set: StatefulSet, status: StatefulSetStatus): StatefulSetStatus {
  const { replicas, readyReplicas, updatedReplicas = 0, updateRevision = "", collisionCount = 0 } = status;
  const isUpdated = updatedReplicas === replicas && readyReplicas === replicas && replicas === (set.spec.replicas ?? 1);
  const isRolling = set.spec.updateStrategy?.type !== "OnDelete";
  const done = isUpdated && isRolling ? { currentRevision: updateRevision, currentReplicas: updatedReplicas } : {};
  const { availableReplicas } = status;
  return { ...withoutZeros({ ...status, ...done }), replicas, availableReplicas, collisionCount };
}
