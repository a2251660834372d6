import type { KubernetesObject } from "../object.ts";
import { conditionOf, isOwnedBy, numberOf, specOf, statusOf } from "./objects.ts";
import type { Related } from "./objects.ts";
import { troubleOf } from "./pod-trouble.ts";
import { failure, readyText, verdictOfPods } from "./pods.ts";
import { replicaFailure } from "./replica-failure.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const hookAnnotation = "slipway.dev/hook";

/** ReplicaSet and ReplicationController: as many pods are ready as are wanted. */
export function replicaSet(object: KubernetesObject, related: Related): Verdict {
  const want = numberOf(specOf(object).replicas) ?? 1;
  const ready = numberOf(statusOf(object).readyReplicas) ?? 0;
  const progress = readyText(ready, want);
  if (ready === want && (numberOf(statusOf(object).replicas) ?? 0) === want) return current("Current", progress);
  const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
  const byPods = verdictOfPods(pods, progress, related);
  if (byPods.status === "failed") return byPods;
  return replicaFailure(object, { progress, mayFree: false, related }) ?? byPods;
}

/** A hook has to complete; any other Job is current once it has started, or is suspended on purpose. */
export function job(object: KubernetesObject, related: Related): Verdict {
  const complete = conditionOf(object, "Complete");
  if (complete?.status === "True") return current("Complete", "completed");
  // FailureTarget comes a little before Failed, which waits for the last pod to end.
  for (const type of ["Failed", "FailureTarget"]) {
    const { status, reason = type, message = "the job failed" } = conditionOf(object, type) ?? {};
    if (status === "True") return failed(reason, lowerFirst(message));
  }
  const pods = related.pods.filter((pod) => isOwnedBy(pod, object));
  const doom = pods.map((pod) => troubleOf(pod, related)).find((trouble) => trouble?.weight === "final");
  if (doom !== undefined) return failure(doom);
  const count = (name: string) => numberOf(statusOf(object)[name]) ?? 0;
  const progress = `${count("succeeded")} of ${numberOf(specOf(object).completions) ?? 1} done, ${count("failed")} failed`;
  const refused = replicaFailure(object, { progress, mayFree: false, related });
  if (refused !== undefined) return refused;
  if (object.metadata.annotations?.[hookAnnotation] !== undefined) return inProgress("Running", progress);
  if (specOf(object).suspend === true) return current("Suspended", "suspended");
  return Object.keys(statusOf(object)).length > 0
    ? current("Started", "started")
    : inProgress("NotStarted", "not started yet");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
