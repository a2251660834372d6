import { SlipwayError } from "../error.ts";
import type { ApiRequest, KubernetesApi } from "../kubernetes/api.ts";
import type { RunContext } from "../runner/runner.ts";
import { msLeft } from "../runner/budget.ts";
import type { Budget } from "../runner/budget.ts";
import { formatDuration } from "../runner/duration.ts";
import { newest } from "./record/history.ts";
import type { Lock } from "./lock/held-lock.ts";
import { acquireLock } from "./lock/lock.ts";
import type { LockOptions, Waiting } from "./lock/lock.ts";
import type { ReleasePorts } from "./ports.ts";
import type { ReleaseSummary } from "./record/record.ts";
import { factsOf } from "./facts.ts";
import { settle } from "./record/settle.ts";
import type { Settled } from "./record/settle.ts";
import { releaseStore } from "./record/store.ts";
import type { ReleaseStore } from "./record/store.ts";

export interface SessionOptions {
  readonly app: string;
  readonly namespace: string;
  readonly context: RunContext;
  readonly budget: Budget;
}

/**
 * What one run may do while it holds the app's lock. The ports' signal also ends when the lock is lost. The history was read after the
 * lock was taken: nobody else changes it meanwhile.
 */
export interface ReleaseSession extends Settled {
  readonly ports: ReleasePorts;
  readonly store: ReleaseStore;
  /** The newest release before we began to wait; only known of a run that was started again. */
  readonly revisionAtStart: number;
}

/** Holds the app's lock while `work` runs, and gives it back however it ends. */
export async function withRelease<T>(
  ports: ReleasePorts,
  options: SessionOptions,
  work: (session: ReleaseSession) => Promise<T>,
): Promise<T> {
  const outside = releaseStore(ports.api, options);
  const revisionAtStart = isFirstAttempt(options.context) ? 0 : (newest(await outside.history())?.revision ?? 0);
  const lock = await acquireLock({
    ...ports,
    ...options,
    ...lockWords(ports, options),
    waitMs: waitMs(ports, options),
  });
  try {
    const signal = AbortSignal.any([ports.signal, lock.lost]);
    const held: ReleasePorts = { ...ports, signal, api: whileHeld(ports.api, lock, signal) };
    const store = releaseStore(held.api, options);
    const settled = await settle(ports.log, store, options);
    return await work({ ports: held, store, ...settled, revisionAtStart });
  } finally {
    await lock.release();
  }
}

/** At most half of the time goes by waiting for another run: a release that is begun has to have the time to come up. */
function waitMs({ clock }: ReleasePorts, { budget }: SessionOptions): number {
  return Math.min(msLeft(clock, budget), budget.ms / 2);
}

function lockWords(
  { log }: ReleasePorts,
  { app, context }: SessionOptions,
): Pick<LockOptions, "holder" | "onWait" | "onTakeOver"> {
  return {
    holder: describeRun(context),
    onWait: (waiting) => log.info(describeWait(app, waiting)),
    onTakeOver: (holder) =>
      log.notice(`Took the lock over from ${holder}, which has shown no sign of life: it was killed or cut off`),
  };
}

function describeWait(app: string, { holder, since, leftMs }: Waiting): string {
  const time = since === undefined ? "" : ` since ${since.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return `Waiting up to ${formatDuration(leftMs)} for ${holder}, which has been deploying ${app}${time}`;
}

/**
 * Without the lock another run may be writing, and no request of ours that is still under way or tried again may undo that. `whole` is a
 * signal that ends with the lock already.
 */
function whileHeld(api: KubernetesApi, lock: Lock, whole: AbortSignal): KubernetesApi {
  const bound = ({ signal, ...request }: ApiRequest): ApiRequest => {
    lock.check();
    // Most bring none, or the session's own, which ends with the lock as it is: a new one for each would cost more than to send it.
    if (signal === undefined || signal === whole) return { ...request, signal: signal ?? lock.lost };
    return { ...request, signal: AbortSignal.any([signal, lock.lost]) };
  };
  return {
    request: async (request) => api.request(bound(request)),
    stream: (request) => api.stream(bound(request)),
  };
}

/**
 * An older workflow run never overtakes a newer one: it may have waited for a reviewer or a lock while the newer one deployed. Running
 * the older run again is a decision, and allowed; but a decision is about what there was, never about what came while it waited.
 * @throws SlipwayError `refused`.
 */
export function refuseToOvertake(
  { history, revisionAtStart }: Pick<ReleaseSession, "history" | "revisionAtStart">,
  context: RunContext,
): void {
  const decidedOn = isFirstAttempt(context) ? 0 : revisionAtStart;
  const newer = history.findLast((release) => release.revision > decidedOn && isOfNewerRun(release, context));
  if (newer === undefined) return;
  const { confirmedBy, runId, runAttempt } = newer;
  const theirs = confirmedBy ?? describeNumber(runId, runAttempt);
  const ours = describeNumber(context.runId, Number(context.runAttempt));
  throw new SlipwayError(
    `Cannot deploy ${newer.app} because a newer workflow run has deployed r${newer.revision} since: got run ${ours}, and that was ${theirs}`,
    { code: "refused", hint: "Nothing was changed. If this older state is what you want, re-run this job." },
  );
}

/** GitHub counts runs up. In another repository, or outside of a run, numbers say nothing. */
function isOfNewerRun(
  { repository, runId, confirmedBy, runAttempt = 1 }: ReleaseSummary,
  context: RunContext,
): boolean {
  const theirs = confirmedBy ?? runId;
  if (repository !== context.repository || theirs === "" || context.runId === "") return false;
  if (theirs !== context.runId) return BigInt(theirs) > BigInt(context.runId);
  return confirmedBy === undefined && runAttempt > Number(context.runAttempt);
}

function isFirstAttempt({ runAttempt }: RunContext): boolean {
  return runAttempt === "1" || runAttempt === "";
}

function describeNumber(runId: string, attempt: number | undefined): string {
  return attempt === undefined || attempt <= 1 ? runId : `${runId}, attempt ${attempt}`;
}

function describeRun(context: RunContext): string {
  const { runId, runAttempt, actor } = context;
  if (runId === "") return "a run outside of GitHub Actions";
  const { run } = factsOf("", context);
  const number = `run ${describeNumber(runId, Number(runAttempt))}`;
  return `${number}${actor === "" ? "" : ` of ${actor}`}${run === "" ? "" : ` (${run})`}`;
}
