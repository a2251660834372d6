import { withCondition, withoutCondition } from "../conditions.ts";
import { withoutZeros } from "../counts.ts";
import type { Condition, Pod, ReplicaSet, ReplicaSetStatus } from "../kinds.ts";
import type { Failure } from "../pod-control.ts";
import { isReady, untilAvailable } from "../pods.ts";
import { hasLabels } from "../../label-selector.ts";
import { timestamp } from "../../timestamp.ts";

/** The status by the pods that were there before this sync created or deleted any, as Kubernetes counts. */
export function replicaSetStatus(o: {
  readonly replicaSet: ReplicaSet;
  readonly pods: readonly Pod[];
  readonly failure: Failure | undefined;
  readonly now: Date;
}): ReplicaSetStatus {
  const { replicaSet, pods, now } = o;
  const templateLabels = replicaSet.spec.template.metadata?.labels ?? {};
  const seconds = replicaSet.spec.minReadySeconds ?? 0;
  const conditions = failureConditions(replicaSet.status?.conditions ?? [], o.failure, now);
  return {
    replicas: pods.length,
    ...withoutZeros({
      fullyLabeledReplicas: pods.filter((pod) => hasLabels(pod.metadata.labels, templateLabels)).length,
      readyReplicas: pods.filter(isReady).length,
      availableReplicas: pods.filter((pod) => untilAvailable(pod, seconds, now) === 0).length,
    }),
    observedGeneration: replicaSet.metadata.generation ?? 0,
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

/** When the next ready pod becomes available, in milliseconds from now. */
export function nextAvailability(pods: readonly Pod[], minReadySeconds: number, now: Date): number | undefined {
  const waits = pods.map((pod) => untilAvailable(pod, minReadySeconds, now) ?? 0).filter((wait) => wait > 0);
  return waits.length === 0 ? undefined : Math.min(...waits);
}

/** The first failure stands until all is well again: its words do not change with every try. */
function failureConditions(conditions: readonly Condition[], failure: Failure | undefined, now: Date): Condition[] {
  if (failure === undefined) return withoutCondition(conditions, "ReplicaFailure");
  return withCondition(conditions, {
    type: "ReplicaFailure",
    status: "True",
    lastTransitionTime: timestamp(now),
    ...failure,
  });
}
