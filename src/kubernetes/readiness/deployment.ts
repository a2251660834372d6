import type { KubernetesObject } from "../object.ts";
import { conditionOf, isOwnedBy, numberOf, specOf, statusOf } from "./objects.ts";
import type { Related, ReplicaSet } from "./objects.ts";
import { readyText, verdictOfPods } from "./pods.ts";
import { replicaFailure } from "./replica-failure.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const revisionAnnotation = "deployment.kubernetes.io/revision";

/** All replicas are of the newest template, ready and available, and none of an older one is left. */
export function deployment(object: KubernetesObject, related: Related): Verdict {
  const want = numberOf(specOf(object).replicas) ?? 1;
  if (isComplete(object, want)) return current("Current", readyText(want, want));
  if (specOf(object).paused === true) return current("Paused", "paused: nothing is rolled out until it is resumed");
  const newest = newestReplicaSet(object, related.replicaSets);
  const old = countOf(object, "replicas") - countOf(object, "updatedReplicas");
  const progress = progressText({ ready: newest?.status?.readyReplicas ?? 0, want, old });
  if (newest === undefined) return inProgress("InProgress", progress);
  const pods = related.pods.filter((pod) => isOwnedBy(pod, newest));
  const byPods = verdictOfPods(pods, progress, related);
  if (byPods.status === "failed") return byPods;
  const mayFree = old > 0 || related.pods.some((pod) => pod.metadata.deletionTimestamp !== undefined);
  const refused = replicaFailure(newest, { progress, mayFree, related });
  if (refused?.status === "failed") return refused;
  const latest = refused ?? byPods;
  const { reason = "", status } = conditionOf(object, "Progressing") ?? {};
  if (status !== "False" || reason !== "ProgressDeadlineExceeded") return latest;
  const seconds = numberOf(specOf(object).progressDeadlineSeconds) ?? 600;
  return failed(reason, `no progress within ${seconds} s: ${latest.message}`);
}

/** As `kubectl rollout status` counts, and with the conditions that kstatus asks for where they are there. */
function isComplete(object: KubernetesObject, want: number): boolean {
  const counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"];
  const progress = conditionOf(object, "Progressing")?.reason ?? "NewReplicaSetAvailable";
  return (
    counts.every((name) => countOf(object, name) === want) &&
    // Pausing replaces the reason, also where nothing is left to roll out.
    ["NewReplicaSetAvailable", "DeploymentPaused"].includes(progress) &&
    conditionOf(object, "Available")?.status !== "False"
  );
}

function countOf(object: KubernetesObject, name: string): number {
  return numberOf(statusOf(object)[name]) ?? 0;
}

function progressText({ ready, want, old }: { ready: number; want: number; old: number }): string {
  const left = old > 0 ? `, ${old} old ${old === 1 ? "one" : "ones"} left` : "";
  return readyText(ready, want) + left;
}

/**
 * By the revision that the Deployment itself names: among those we know of, the newest may be one too old, and its pods are no reason
 * to give up. `undefined` while it is not known.
 */
export function newestReplicaSet(object: KubernetesObject, replicaSets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const revision = object.metadata.annotations?.[revisionAnnotation];
  if (revision === undefined) return undefined;
  return replicaSets.find(
    (one) => isOwnedBy(one, object) && one.metadata.annotations?.[revisionAnnotation] === revision,
  );
}
