import type { KubernetesObject } from "../object.ts";
import { conditionOf, fieldsOf, isOwnedBy, lastChange, msSince, numberOf, specOf, statusOf } from "./objects.ts";
import type { Related, ReplicaSet } from "./objects.ts";
import { readyText, verdictOfPods } from "./pods.ts";
import { replicaFailure } from "./replica-failure.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const revisionAnnotation = "deployment.kubernetes.io/revision";

/** All replicas are of the newest template, ready and available, and none of an older one is left. */
export function deployment(object: KubernetesObject, related: Related): Verdict {
  const want = wanted(object);
  if (isComplete(object, want)) return current("Current", readyText(want, want));
  if (specOf(object).paused === true) return current("Paused", "paused: nothing is rolled out until it is resumed");
  const latest = byReplicaSet(object, related);
  const seconds = numberOf(specOf(object).progressDeadlineSeconds) ?? 600;
  if (latest.status === "failed" || !isOverdue(object, { seconds, now: related.now })) return latest;
  return failed("ProgressDeadlineExceeded", `no progress within ${seconds} s: ${latest.message}`);
}

/** What the newest ReplicaSet and its pods tell. */
function byReplicaSet(object: KubernetesObject, related: Related): Verdict {
  const want = wanted(object);
  const newest = newestReplicaSet(object, related.replicaSets);
  const old = countOf(object, "replicas") - countOf(object, "updatedReplicas");
  const progress = progressText({ ready: newest?.status?.readyReplicas ?? 0, want, old });
  if (newest === undefined) return inProgress("InProgress", progress);
  const pods = related.pods.filter((pod) => isOwnedBy(pod, newest));
  const byPods = verdictOfPods(pods, progress, related);
  if (byPods.status === "failed") return byPods;
  return replicaFailure(newest, { progress, mayFree: mayFree(object, related), related }) ?? byPods;
}

function wanted(object: KubernetesObject): number {
  return numberOf(specOf(object).replicas) ?? 1;
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

/**
 * Whether the Deployment's own deadline has passed. Its controller keeps saying so of the template before until the first new pod is there,
 * which a way back to an earlier template must not suffer for.
 */
function isOverdue(
  object: KubernetesObject,
  { seconds, now }: { readonly seconds: number; readonly now: Date },
): boolean {
  const { reason, status, lastUpdateTime } = conditionOf(object, "Progressing") ?? {};
  if (status !== "False" || reason !== "ProgressDeadlineExceeded") return false;
  const changed = lastChange(object);
  const isOfToday = changed === undefined || lastUpdateTime === undefined || lastUpdateTime > changed;
  return isOfToday || msSince(changed, now) > seconds * 1000;
}

/**
 * Whether the Deployment will still remove pods, whose share of a quota its new ones are to have: those on their way out, or old ones that
 * it can do without.
 */
function mayFree(object: KubernetesObject, related: Related): boolean {
  if (related.pods.some(({ metadata }) => metadata.deletionTimestamp !== undefined)) return true;
  const old = countOf(object, "replicas") - countOf(object, "updatedReplicas");
  const strategy = fieldsOf(specOf(object).strategy);
  if (old <= 0 || strategy.type === "Recreate") return old > 0;
  const want = wanted(object);
  const spare = Math.floor(shareOf(fieldsOf(strategy.rollingUpdate).maxUnavailable ?? "25%", want));
  // Those that are not ready yet may get ready, and those of the old that never will are removed first.
  return spare > 0 || countOf(object, "replicas") > want;
}

/** "25%" of something, or a number. */
function shareOf(value: unknown, whole: number): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  return percent === undefined ? (numberOf(value) ?? 0) : (Number(percent) / 100) * whole;
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
