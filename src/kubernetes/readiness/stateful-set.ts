import type { KubernetesObject } from "../object.ts";
import { fieldsOf, isOwnedBy, numberOf, specOf, statusOf } from "./objects.ts";
import type { Pod, Related } from "./objects.ts";
import { troubleOf } from "./pod-trouble.ts";
import { isLeaving, isReady, readyText, verdictOfPods } from "./pods.ts";
import { replicaFailure } from "./replica-failure.ts";
import { current, failed } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const revisionLabel = "controller-revision-hash";

/** All pods that the partition lets go are of the newest revision, and all pods are ready. */
export function statefulSet(object: KubernetesObject, related: Related): Verdict {
  if (fieldsOf(specOf(object).updateStrategy).type === "OnDelete") {
    return current("OnDelete", "updated pod by pod, as each is deleted (OnDelete)");
  }
  const want = numberOf(specOf(object).replicas) ?? 1;
  const toUpdate = Math.max(0, want - partitionOf(object));
  if (isComplete(object, { want, toUpdate })) return current("Current", readyText(want, want));
  const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
  // Pods that the partition holds back are to be ready as they are.
  const meant = pods.filter((pod) => !isToBeReplaced(pod, object));
  const newPods = meant.filter((pod) => isOfRevision(pod, object));
  const progress = readyText(newPods.filter((pod) => !isLeaving(pod) && isReady(pod)).length, toUpdate);
  const [inTheWay] = podsInTheWay(object, related);
  if (inTheWay !== undefined) {
    const name = inTheWay.metadata.name;
    const why = "is of an older revision and broken, and Kubernetes waits for it to get ready: delete it";
    return failed("BlockedByOldPod", `${progress}; pod ${name} ${why}`);
  }
  const byPods = verdictOfPods(meant, progress, related);
  if (byPods.status === "failed") return byPods;
  const mayFree = pods.length > newPods.length;
  return replicaFailure(object, { progress, mayFree, related }) ?? byPods;
}

function isComplete(object: KubernetesObject, o: { readonly want: number; readonly toUpdate: number }): boolean {
  const { replicas, readyReplicas, availableReplicas, updatedReplicas, currentRevision, updateRevision } =
    statusOf(object);
  const ready = numberOf(readyReplicas) ?? 0;
  return (
    (numberOf(replicas) ?? 0) === o.want &&
    ready === o.want &&
    (numberOf(availableReplicas) ?? ready) === o.want &&
    (numberOf(updatedReplicas) ?? 0) >= o.toUpdate &&
    (o.toUpdate < o.want || currentRevision === updateRevision)
  );
}

function partitionOf(object: KubernetesObject): number {
  return numberOf(fieldsOf(fieldsOf(specOf(object).updateStrategy).rollingUpdate).partition) ?? 0;
}

function isOfRevision({ metadata }: Pod, object: KubernetesObject): boolean {
  return metadata.labels?.[revisionLabel] === statusOf(object).updateRevision;
}

/** Whether it is of an older revision, and the partition does not keep it there. */
function isToBeReplaced(pod: Pod, object: KubernetesObject): boolean {
  const ordinal = Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? Infinity);
  const start = numberOf(fieldsOf(specOf(object).ordinals).start) ?? 0;
  return !isOfRevision(pod, object) && ordinal >= start + partitionOf(object);
}

/**
 * Broken pods of an older revision, which hold up a StatefulSet that takes its pods in order: it waits for each to get ready before it
 * goes on, even to replace it (kubernetes#67250). Deleting them lets it go on.
 */
export function podsInTheWay(object: KubernetesObject, related: Related): readonly Pod[] {
  if (specOf(object).podManagementPolicy === "Parallel") return [];
  return related.pods.filter((pod) => {
    const isOld = isOwnedBy(pod, object) && isToBeReplaced(pod, object);
    const trouble = isOld && !isLeaving(pod) ? troubleOf(pod, related) : undefined;
    return trouble !== undefined && trouble.weight !== "passing";
  });
}
