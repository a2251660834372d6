import { findCondition, updatedCondition } from "../conditions.ts";
import { withoutZeros } from "../counts.ts";
import type { Condition, Pod } from "../kinds.ts";
import { isReady } from "../pods.ts";
import type { Job, JobStatus } from "./kind.ts";
import { terminating } from "./progress.ts";
import type { Ending, Progress } from "./progress.ts";
import { timestamp } from "../../timestamp.ts";

interface Standing {
  readonly job: Job;
  readonly progress: Progress;
  readonly ending: Ending | undefined;
  readonly now: Date;
}

/** The status that notes which pods have ended, before their finalizers go and they are counted. */
export function notedStatus(o: Standing): JobStatus {
  const { succeeded = 0, failed = 0 } = o.job.status ?? {};
  const { uncounted } = o.progress;
  return {
    ...commonStatus(o),
    ...withoutZeros({ succeeded, failed }),
    uncountedTerminatedPods: { ...uids("succeeded", uncounted.succeeded), ...uids("failed", uncounted.failed) },
  };
}

/** The status with everything counted. A Job is over only when none of its pods runs any more. */
export function countedStatus(o: Standing): JobStatus {
  const { progress, ending, now } = o;
  const status = {
    ...commonStatus(o),
    ...withoutZeros({ succeeded: progress.succeeded, failed: progress.failed }),
    uncountedTerminatedPods: {},
  };
  if (ending === undefined || progress.active.length > 0 || terminating(progress) > 0) return status;
  return {
    ...status,
    ...(ending.type === "Complete" ? { completionTime: timestamp(now) } : {}),
    conditions: updatedCondition(status.conditions ?? [], condition(ending.type, ending, now)),
  };
}

function commonStatus({ job, progress, ending, now }: Standing): JobStatus {
  const before = job.status?.conditions ?? [];
  const conditions = ending === undefined ? suspension(job, before, now) : decided(before, ending, now);
  const startTime = job.status?.startTime ?? (job.spec.suspend === true ? undefined : timestamp(now));
  return {
    ...(startTime === undefined ? {} : { startTime }),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...withoutZeros({ active: progress.active.length }),
    ready: progress.active.filter(isReady).length,
    terminating: terminating(progress),
  };
}

function decided(conditions: Condition[], ending: Ending, now: Date): Condition[] {
  return updatedCondition(
    conditions,
    condition(ending.type === "Complete" ? "SuccessCriteriaMet" : "FailureTarget", ending, now),
  );
}

function suspension({ spec }: Job, conditions: Condition[], now: Date): Condition[] {
  if (spec.suspend === true) {
    return updatedCondition(
      conditions,
      condition("Suspended", { reason: "JobSuspended", message: "Job suspended" }, now),
    );
  }
  if (findCondition(conditions, "Suspended")?.status !== "True") return conditions;
  const resumed = condition("Suspended", { reason: "JobResumed", message: "Job resumed" }, now);
  return updatedCondition(conditions, { ...resumed, status: "False" });
}

function condition(type: string, { reason, message }: Pick<Ending, "reason" | "message">, now: Date): Condition {
  const time = timestamp(now);
  return { type, status: "True", lastProbeTime: time, lastTransitionTime: time, reason, message };
}

function uids(key: string, pods: readonly Pod[]): Record<string, string[]> {
  return pods.length === 0 ? {} : { [key]: pods.map(({ metadata }) => metadata.uid ?? "") };
}
