import { troubleOf } from "./pod-trouble.ts";
import type { Trouble } from "./pod-trouble.ts";
import type { ContainerStatus, Pod, Related } from "./objects.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** A pod that has failed so often will not recover by itself any more, whatever else may still come up. */
const mostFailures = 4;

/**
 * The verdict that the pods of the newest revision allow: failed as soon as one of them can never get ready (unless another one proves
 * that it can), when all of them fail again and again, or when one does so for long; else in progress, with the worst that is known. Pods
 * that leave do not count.
 */
export function verdictOfPods(
  pods: readonly Pod[],
  progress: string,
  related: Pick<Related, "events" | "now">,
): Verdict {
  const living = pods.filter((pod) => !isLeaving(pod)).sort(byName);
  const troubles = living.map((pod) => troubleOf(pod, related)).filter((trouble) => trouble !== undefined);
  const doom = troubles.find((trouble) => isDoom(trouble, living)) ?? endlessLoop(troubles, living.length);
  if (doom !== undefined) return failure(doom);
  const trouble = troubles.find(({ isYoung }) => isYoung !== true);
  if (trouble === undefined) return inProgress("InProgress", progress);
  return inProgress(trouble.reason, `${progress}; ${textOf(trouble)}`);
}

/** A failed verdict for a trouble. */
export function failure(trouble: Trouble): Verdict {
  const { reason, absence } = trouble;
  return {
    ...failed(reason, textOf(trouble)),
    ...(mayRecover(trouble) && { mayRecover: true }),
    ...(absence === undefined ? {} : { absence }),
  };
}

function isDoom({ weight, isLocal, container }: Trouble, living: readonly Pod[]): boolean {
  if (weight !== "final" || isLocal !== true) return weight === "final";
  return !living.some(({ status }) =>
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some(
      ({ name, state }) => name === container?.name && (state?.running ?? state?.terminated) !== undefined,
    ),
  );
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
function textOf({ pod, message }: Trouble): string {
  return `pod ${pod.metadata.name}: ${message}`;
}

/** Being deleted, or thrown out by its node: either way another pod takes its place. */
export function isLeaving(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === "Failed";
}

export function isReady({ status }: Pod): boolean {
  return (status?.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True");
}

/** Words for a rollout's log line. */
export function readyText(ready: number, want: number): string {
  return `${Math.min(ready, want)} of ${want} new ${want === 1 ? "pod" : "pods"} ready`;
}

/** Reasons for which a node or the scheduler removes a pod that did nothing wrong. */
const evictions: readonly string[] = ["Evicted", "Preempting", "Preempted", "Terminated", "NodeShutdown", "NodeLost"];

/** A Pod of its own: ready, or done. */
export function pod(object: Pod, related: Related): Verdict {
  const { phase, reason = "", message = "" } = object.status ?? {};
  if (phase === "Succeeded") return current("Succeeded", "ran to its end");
  if (isReady(object)) return current("Ready", "ready");
  const trouble = troubleOf(object, related);
  if (phase === "Failed" && !evictions.includes(reason)) {
    return failed(reason || "PodFailed", trouble?.message ?? (message || "the pod failed"));
  }
  if (phase === "Failed") return inProgress(reason, `thrown out by its node: ${message || reason}`);
  if (trouble === undefined) return inProgress("NotReady", phase === "Running" ? "not ready yet" : "starting");
  if (trouble.weight === "passing") return inProgress(trouble.reason, trouble.message);
  return { ...failure(trouble), message: trouble.message };
}
