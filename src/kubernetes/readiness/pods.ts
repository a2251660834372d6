import { troubleOf } from "./pod-trouble.ts";
import type { Trouble } from "./pod-trouble.ts";
import type { ContainerStatus, Pod, Related } from "./objects.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** A pod that has failed so often will not recover by itself any more, whatever else may still come up. */
const mostFailures = 4;

/**
 * The verdict that the pods of the newest revision allow: failed as soon as one of them can never get ready, when all of them fail again
 * and again, or when one does so for long; else in progress, with the worst that is known. Pods that leave do not count.
 */
export function verdictOfPods(
  pods: readonly Pod[],
  progress: string,
  related: Pick<Related, "events" | "now">,
): Verdict {
  const living = pods.filter((pod) => !isLeaving(pod)).sort(byName);
  const troubles = living.map((pod) => troubleOf(pod, related)).filter((trouble) => trouble !== undefined);
  const doom = troubles.find(({ weight }) => weight === "final") ?? endlessLoop(troubles, living.length);
  if (doom !== undefined)
    return { ...failed(doom.reason, textOf(doom)), ...(mayRecover(doom) && { mayRecover: true }) };
  const [trouble] = troubles;
  if (trouble === undefined) return inProgress("InProgress", progress);
  return inProgress(trouble.reason, `${progress}; ${textOf(trouble)}`);
}

/** So that of several pods in the same trouble always the same one is told of. */
function byName(a: Pod, b: Pod): number {
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

function endlessLoop(troubles: readonly Trouble[], living: number): Trouble | undefined {
  const looping = troubles.filter(({ weight }) => weight === "repeated");
  if (looping.length === living) return looping[0];
  return looping.find(({ container }) => failuresOf(container) >= mostFailures);
}

/** A program that gives up because something it needs is not there yet; not one that is killed, or cannot start at all. */
function mayRecover({ weight, container }: Trouble): boolean {
  const { reason, exitCode = 0 } = container?.state?.terminated ?? container?.lastState?.terminated ?? {};
  const hasGivenUp = reason === "Error" && exitCode > 0 && exitCode < 126;
  return weight === "repeated" && hasGivenUp && failuresOf(container) < mostFailures;
}

function failuresOf(container: ContainerStatus | undefined): number {
  return (container?.restartCount ?? 0) + 1;
}

/** A trouble with the pod that has it. */
export function textOf({ pod, message }: Trouble): string {
  return `pod ${pod.metadata.name}: ${message}`;
}

/** Being deleted, or thrown out by its node: either way another pod takes its place. */
export function isLeaving(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === "Failed";
}

/** Words for a rollout's log line. */
export function readyText(ready: number, want: number): string {
  return `${Math.min(ready, want)} of ${want} new ${want === 1 ? "pod" : "pods"} ready`;
}

/** Reasons for which a node or the scheduler removes a pod that did nothing wrong. */
const evictions: readonly string[] = ["Evicted", "Preempting", "Preempted", "Terminated", "NodeShutdown", "NodeLost"];

/** A Pod of its own: ready, or done. */
export function pod(object: Pod, related: Related): Verdict {
  const { phase, reason = "", message = "", conditions = [] } = object.status ?? {};
  if (phase === "Succeeded") return current("Succeeded", "ran to its end");
  if (conditions.some(({ type, status }) => type === "Ready" && status === "True")) return current("Ready", "ready");
  const trouble = troubleOf(object, related);
  if (phase === "Failed" && !evictions.includes(reason)) {
    return failed(reason || "PodFailed", trouble?.message ?? (message || "the pod failed"));
  }
  if (trouble === undefined) return inProgress("NotReady", phase === "Running" ? "not ready yet" : "starting");
  return trouble.weight === "passing"
    ? inProgress(trouble.reason, trouble.message)
    : failed(trouble.reason, trouble.message);
}
