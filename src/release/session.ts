import { SlipwayError } from "../error.ts";
import type { ApiRequest, KubernetesApi } from "../kubernetes/api.ts";
import type { RunContext } from "../runner/runner.ts";
import { formatDuration } from "../runner/duration.ts";
import { newest } from "./history.ts";
import { acquireLock } from "./lock.ts";
import type { ReleasePorts } from "./ports.ts";
import type { ReleaseSummary } from "./record.ts";
import { releaseStore } from "./store.ts";
import type { ReleaseStore } from "./store.ts";

export interface SessionOptions {
  readonly app: string;
  readonly namespace: string;
  readonly context: RunContext;
  readonly timeoutMs: number;
}

/** What one run may do while it holds the app's lock. The ports' signal also ends when the lock is lost. */
export interface ReleaseSession {
  readonly ports: ReleasePorts;
  readonly store: ReleaseStore;
  /** Read after the lock was taken: nobody else changes it meanwhile. */
  readonly history: readonly ReleaseSummary[];
}

/** Holds the app's lock while `work` runs, and gives it back however it ends. */
export async function withRelease<T>(
  ports: ReleasePorts,
  options: SessionOptions,
  work: (session: ReleaseSession) => Promise<T>,
): Promise<T> {
  const { app, namespace, context, timeoutMs } = options;
  const lock = await acquireLock({
    ...ports,
    app,
    namespace,
    holder: describeRun(context),
    waitMs: timeoutMs,
    onWait: (holder) =>
      ports.log.info(`Waiting up to ${formatDuration(timeoutMs)} for ${holder}, which is deploying ${app}`),
  });
  try {
    const store = releaseStore(ports.api, { app, namespace });
    const signal = AbortSignal.any([ports.signal, lock.lost]);
    const history = await settleAbandoned(ports, store);
    return await work({ ports: { ...ports, signal, api: whileHeld(ports.api, lock.lost) }, store, history });
  } finally {
    await lock.release();
  }
}

/** Without the lock another run may be writing, and no request of ours that is still under way or tried again may undo that. */
function whileHeld(api: KubernetesApi, lost: AbortSignal): KubernetesApi {
  const bound = (request: ApiRequest): ApiRequest => {
    return { ...request, signal: request.signal === undefined ? lost : AbortSignal.any([request.signal, lost]) };
  };
  return { request: (request) => api.request(bound(request)), stream: (request) => api.stream(bound(request)) };
}

/**
 * The history, once what killed runs left pending is told of and recorded as unknown: whoever holds the lock is the only one who deploys.
 * What they left half done needs nothing else, since every plan compares with the cluster itself.
 */
async function settleAbandoned({ log }: ReleasePorts, store: ReleaseStore): Promise<ReleaseSummary[]> {
  const history = await store.history();
  const settled = history.map(async (release) => {
    if (release.outcome !== "pending") return release;
    const run = release.run === "" ? "its run" : `its run (${release.run})`;
    log.notice(
      `r${release.revision} was never finished: ${run} was killed or cut off. The plan compares with what is really there.`,
    );
    const known = { ...release, outcome: "unknown" as const };
    await store.annotate(known);
    return known;
  });
  return Promise.all(settled);
}

/**
 * An older workflow run never overtakes a newer one: it may have waited for a reviewer or a lock while the newer one deployed. Running
 * the older run again is a decision, and allowed.
 * @throws SlipwayError `refused`.
 */
export function refuseToOvertake(history: readonly ReleaseSummary[], context: RunContext): void {
  const last = newest(history);
  if (last?.repository !== context.repository || context.runAttempt !== "1") return;
  const newestRun = last.confirmedBy ?? last.runId;
  if (newestRun === "" || context.runId === "" || BigInt(newestRun) <= BigInt(context.runId)) return;
  throw new SlipwayError(
    `Cannot deploy ${last.app} because a newer workflow run has deployed r${last.revision} since: got run ${context.runId}, and that was ${newestRun}`,
    { code: "refused", hint: "Nothing was changed. If this older state is what you want, re-run this job." },
  );
}

function describeRun({ repository, runId, runAttempt, actor }: RunContext): string {
  if (runId === "") return "a run outside of GitHub Actions";
  const attempt = runAttempt === "1" || runAttempt === "" ? "" : `, attempt ${runAttempt}`;
  return `${repository} run ${runId}${attempt}${actor === "" ? "" : ` of ${actor}`}`;
}
