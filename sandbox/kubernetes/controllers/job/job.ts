import { claimed } from "../claim.ts";
import { controllerOf } from "../cluster.ts";
import { findCondition } from "../conditions.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { podKind } from "../kinds.ts";
import type { Condition, Pod } from "../kinds.ts";
import { createPods, deletePods } from "../pod-control.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { jobKind, trackingFinalizer } from "./kind.ts";
import type { Job } from "./kind.ts";
import { backOff, deadlineLeft, endingOf, isTracked, missingPods, progressOf } from "./progress.ts";
import type { Ending, Progress } from "./progress.ts";
import { countedStatus, notedStatus } from "./status.ts";

interface Parts extends Context {
  readonly jobs: Store<Job>;
  readonly pods: Store<Pod>;
}

/** Runs pods until as many as wanted have succeeded, or too many have failed. */
export const jobController: Controller = {
  name: "job-controller",
  async prepare(context) {
    const [jobs, pods] = await Promise.all([context.cluster.store(jobKind), context.cluster.store(podKind)]);
    return {
      sources: [changesOf(jobs, (job) => [keyOf(job)]), changesOf(pods, jobKeyOf)],
      reconcile: (key) => sync({ ...context, jobs, pods }, key),
    };
  },
};

function jobKeyOf(pod: Pod): string[] {
  const owner = controllerOf(pod);
  return owner?.kind === jobKind.kind ? [`${pod.metadata.namespace ?? ""}/${owner.name}`] : [];
}

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const job = parts.jobs.get(key);
  if (job === undefined || job.metadata.deletionTimestamp !== undefined) return releaseAll(parts, key);
  const end = ["Complete", "Failed"].map((type) => findCondition(job.status?.conditions, type)).find(Boolean);
  if (end !== undefined) return removeInTime(parts, job, end);
  const now = new Date();
  const before = progressOf(job, await podsOf(parts, job));
  const ending = endingOf(job, before, now);
  const wait = await manage(parts, job, before, { ending, now });
  await count(parts, job, ending);
  const waits = [wait, deadlineLeft(job, now) ?? 0].filter((ms) => ms > 0);
  return waits.length === 0 ? undefined : { afterMs: Math.min(...waits) };
}

async function podsOf({ cluster, pods: store }: Parts, job: Job): Promise<Pod[]> {
  const { selector } = job.spec;
  return claimed({ cluster, owner: job, ownerKind: jobKind, selector, kind: podKind, store });
}

/** Starts or ends pods. Returns how long starting has to wait, in milliseconds. */
async function manage(
  parts: Parts,
  job: Job,
  progress: Progress,
  { ending, now }: { readonly ending: Ending | undefined; readonly now: Date },
): Promise<number> {
  const missing = missingPods(job, progress, ending);
  const wait = missing > 0 ? backOff(job, progress, now) : 0;
  if (missing === 0 || wait > 0) return wait;
  const owner = { kind: jobKind, object: job, template: job.spec.template, finalizers: [trackingFinalizer] };
  const failure =
    missing > 0
      ? await createPods(parts, owner, missing)
      : await deletePods(parts, job, progress.active.slice(missing));
  if (failure !== undefined) throw new Error(failure.message);
  return 0;
}

/** Counts each pod that has ended once and only once: noted by its uid, let go of, and then a number. */
async function count(parts: Parts, job: Job, ending: Ending | undefined): Promise<void> {
  const progress = progressOf(job, await podsOf(parts, job));
  const standing = { job, progress, ending, now: new Date() };
  const { succeeded, failed } = progress.uncounted;
  const released = progress.pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined).filter(isTracked);
  const ended = [...new Set([...succeeded, ...failed, ...released])];
  const noted = ended.length === 0 ? job : await parts.cluster.replaceStatus(jobKind, job, notedStatus(standing));
  for (const pod of ended) await release(parts, pod);
  const status = countedStatus(standing);
  await parts.cluster.replaceStatus(jobKind, noted, status);
  if (ending === undefined || status.conditions?.at(-1)?.type !== ending.type) return;
  const isComplete = ending.type === "Complete";
  parts.record(job, {
    type: isComplete ? "Normal" : "Warning",
    reason: isComplete ? "Completed" : ending.reason,
    message: isComplete ? "Job completed" : ending.message,
  });
}

async function release({ cluster }: Parts, pod: Pod): Promise<void> {
  const finalizers = (pod.metadata.finalizers ?? []).filter((name) => name !== trackingFinalizer);
  await cluster.patchMetadata(podKind, pod, { finalizers });
}

/** Nobody counts the pods of a Job that is gone or going. */
async function releaseAll(parts: Parts, key: string): Promise<undefined> {
  const pods = parts.pods.list(key.split("/")[0]).filter((pod) => jobKeyOf(pod).includes(key));
  for (const pod of pods.filter(isTracked)) await release(parts, pod);
}

/** Deletes a Job that is over, once the time it may stay has passed. */
async function removeInTime({ cluster }: Parts, job: Job, end: Condition): Promise<Again | undefined> {
  const seconds = job.spec.ttlSecondsAfterFinished;
  if (seconds === undefined) return undefined;
  const left = Date.parse(end.lastTransitionTime ?? "") + seconds * 1000 - Date.now();
  if (left > 0) return { afterMs: left };
  await cluster.delete(jobKind, job, "Foreground");
  return undefined;
}
