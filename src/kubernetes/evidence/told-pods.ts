import type { KubernetesObject } from "../object.ts";
import { newestReplicaSet } from "../readiness/deployment.ts";
import { isOwnedBy } from "../readiness/objects.ts";
import type { Pod, ReplicaSet } from "../readiness/objects.ts";
import { troubleOf } from "../readiness/pod-trouble.ts";
import type { Trouble } from "../readiness/pod-trouble.ts";

const weights: readonly (Trouble["weight"] | undefined)[] = ["final", "repeated", "passing", undefined];

/** What a Deployment's pods belong to, else the object itself. */
export function ownerOfPods(object: KubernetesObject, replicaSets: readonly ReplicaSet[]): KubernetesObject {
  return newestReplicaSet(object, replicaSets) ?? object;
}

/** The pods that are to be told of, worst first: those in trouble, else those that are not ready. */
export function podsToTell(object: KubernetesObject, owner: KubernetesObject, pods: readonly Pod[]): readonly Pod[] {
  const now = new Date();
  const own = pods
    .filter((pod) => pod.metadata.uid === object.metadata.uid || isOwnedBy(pod, owner))
    .filter((pod) => pod.metadata.deletionTimestamp === undefined)
    .map((pod) => ({ pod, weight: troubleOf(pod, { now })?.weight }))
    .sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  const inTrouble = own.filter(({ weight }) => weight !== undefined);
  return (inTrouble.length > 0 ? inTrouble : own.filter(({ pod }) => !isReady(pod))).map(({ pod }) => pod);
}

function isReady({ status }: Pod): boolean {
  return (status?.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");
}
