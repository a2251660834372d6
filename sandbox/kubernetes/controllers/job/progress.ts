import { findCondition } from "../conditions.ts";
import { sum } from "../counts.ts";
import type { Condition, Pod } from "../kinds.ts";
import { hasEnded, isActive } from "../pods.ts";
import { trackingFinalizer } from "./kind.ts";
import type { Job } from "./kind.ts";

/** How a Job ends, in the words of its conditions. */
export interface Ending {
  readonly type: "Complete" | "Failed";
  readonly reason: string;
  readonly message: string;
}

/** Where a Job stands, by its status and its pods. */
export interface Progress {
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  /** Pods that have ended since they were last counted. */
  readonly uncounted: { readonly succeeded: readonly Pod[]; readonly failed: readonly Pod[] };
  /** Counted or not. */
  readonly succeeded: number;
  readonly failed: number;
}

export function progressOf(job: Job, pods: readonly Pod[]): Progress {
  const tracked = pods.filter(isTracked);
  const succeeded = tracked.filter(({ status }) => status?.phase === "Succeeded");
  const failed = tracked.filter((pod) => hasFailed(job, pod));
  const { uncountedTerminatedPods: noted, ...counted } = job.status ?? {};
  return {
    pods,
    active: pods.filter(isActive),
    uncounted: { succeeded, failed },
    succeeded: (counted.succeeded ?? 0) + union(noted?.succeeded, succeeded),
    failed: (counted.failed ?? 0) + union(noted?.failed, failed),
  };
}

export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(trackingFinalizer) === true;
}

/** A pod that is deleted before it has succeeded has failed, for it may never say so itself; but not if it had to make way. */
function hasFailed({ spec }: Job, { status, metadata }: Pod): boolean {
  if (status?.phase === "Failed") return true;
  return metadata.deletionTimestamp !== undefined && status?.phase !== "Succeeded" && spec.suspend !== true;
}

function union(uids: readonly string[] = [], pods: readonly Pod[]): number {
  return new Set([...uids, ...pods.map(({ metadata }) => metadata.uid)]).size;
}

/** How the Job ends, if it does; a failure once decided stays decided. */
export function endingOf(job: Job, { active, succeeded, failed }: Progress, now: Date): Ending | undefined {
  const { backoffLimit = 6, completions, template } = job.spec;
  const decided = findCondition(job.status?.conditions, "FailureTarget");
  if (decided !== undefined) return failure(decided.reason, decided.message);
  const restarts = template.spec.restartPolicy === "OnFailure" ? sum(active, restartsOf) : 0;
  if (failed > backoffLimit || (restarts > 0 && restarts >= backoffLimit)) {
    return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
  }
  if ((deadlineLeft(job, now) ?? 1) <= 0) {
    return failure("DeadlineExceeded", "Job was active longer than specified deadline");
  }
  const isDone = completions === undefined ? succeeded > 0 && active.length === 0 : succeeded >= completions;
  if (!isDone) return undefined;
  return { type: "Complete", reason: "CompletionsReached", message: "Reached expected number of succeeded pods" };
}

function failure(reason: Condition["reason"] = "", message: Condition["message"] = ""): Ending {
  return { type: "Failed", reason, message };
}

function restartsOf({ status }: Pod): number {
  return sum(status?.containerStatuses ?? [], ({ restartCount }) => restartCount);
}

/** What is left of the Job's active deadline, in milliseconds; `undefined` without one. */
export function deadlineLeft({ spec, status }: Job, now: Date): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || status?.startTime === undefined) return undefined;
  return Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000 - now.getTime();
}

/** How many more pods should run now; below 0, how many are too many. */
export function missingPods({ spec }: Job, { active, succeeded }: Progress, ending: Ending | undefined): number {
  const { parallelism = 1, completions, suspend = false } = spec;
  if (ending !== undefined || suspend) return 0 - active.length;
  if (completions !== undefined) return Math.min(completions - succeeded, parallelism) - active.length;
  return succeeded > 0 ? 0 : parallelism - active.length;
}

const firstBackOffMs = 10_000;
const longestBackOffMs = 600_000;

/** How long a new pod has to wait after the last failure, in milliseconds: 10 s, doubled with each failure, at most 10 min. */
export function backOff(job: Job, { pods, failed }: Progress, now: Date): number {
  const ends = pods.filter((pod) => hasFailed(job, pod)).map(endOf);
  if (failed === 0 || ends.length === 0) return 0;
  const wait = Math.min(firstBackOffMs * 2 ** (failed - 1), longestBackOffMs);
  return Math.max(0, Math.max(...ends) + wait - now.getTime());
}

function endOf({ status, metadata }: Pod): number {
  const times = (status?.containerStatuses ?? []).map(({ state }) => state?.terminated?.finishedAt);
  return Math.max(...[...times, metadata.deletionTimestamp].map((time) => Date.parse(time ?? "") || 0));
}

/** Pods that are being deleted and have not ended yet: a Job is not over before they have. */
export function terminating({ pods }: Progress): number {
  return pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined && !hasEnded(pod)).length;
}
