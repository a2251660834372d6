import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { podsInTheWay } from "../../kubernetes/readiness.ts";
import type { Pod, Verdict } from "../../kubernetes/readiness.ts";
import { failed } from "../../kubernetes/readiness/verdict.ts";
import { watchRollout } from "../../kubernetes/rollout.ts";
import type { RolloutOptions, RolloutResult } from "../../kubernetes/rollout.ts";
import { formatDuration } from "../../runner/duration.ts";
import { isHook } from "./hooks.ts";
import { ownTimeoutMs, timeoutAnnotation } from "./object-timeout.ts";
import type { ReleasePorts } from "../ports.ts";
import type { Progress } from "./progress.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";

/** An object that a release applied, and what the server made of it. */
export interface ReleaseTarget {
  readonly object: KubernetesObject;
  readonly released: ReleaseObject;
  /** As for a rollout: others wait for it, so that a Job has to complete. */
  readonly untilComplete?: boolean;
}

interface Options extends Omit<RolloutOptions<ReleaseTarget>, keyof ReleasePorts> {
  /** When the release began, on the clock: what the log counts from. */
  readonly startedMs: number;
  /** Told of every verdict, and ended. */
  readonly progress: Progress;
}

/**
 * Watches a release come up as `watchRollout` does, and helps where Kubernetes would wait for ever: broken pods of the release before
 * hold up a StatefulSet until they are deleted (kubernetes#67250).
 */
export async function rollOut(ports: ReleasePorts, options: Options): Promise<RolloutResult<ReleaseTarget>[]> {
  const { progress } = options;
  const onVerdict: typeof options.onVerdict = (target, verdict) => {
    progress.tell(nameOf(target.object), verdict);
    options.onVerdict?.(target, verdict);
  };
  try {
    return await watchAll(ports, { ...options, onVerdict });
  } finally {
    progress.end();
  }
}

async function watchAll(ports: ReleasePorts, options: Options): Promise<RolloutResult<ReleaseTarget>[]> {
  const { api, discovery, clock, signal } = ports;
  const targets = options.targets.map((target) => {
    // A hook that takes too long is ended by Kubernetes itself, and says so.
    const timeoutMs = isHook(target.released.object) ? undefined : ownTimeoutMs(target.released.object);
    const { kind } = target.released;
    return timeoutMs === undefined ? { ...target, kind } : { ...target, kind, timeoutMs };
  });
  for (;;) {
    const results = await watchRollout({ ...options, targets, api, discovery, clock, signal });
    const blocked = results.filter(({ verdict }) => verdict.reason === "BlockedByOldPod");
    const isCleared = clock.now() < options.deadlineMs && (await clearTheWay(ports, blocked));
    if (!isCleared) return results.map((result) => ({ ...result, verdict: judge(result, options) }));
  }
}

/** The verdict that the release draws. What somebody else has paused is as its manifest says, and yet nothing of it runs. */
function judge(result: RolloutResult<ReleaseTarget>, options: Options): Verdict {
  const { released } = result.target;
  const verdict = withLimit(result, options);
  const { spec, metadata } = released.object;
  const isMeant = (spec as { paused?: boolean } | undefined)?.paused === true;
  if (verdict.reason !== "Paused" || isMeant) return verdict;
  const remedy = `kubectl rollout resume deployment/${metadata.name} -n ${metadata.namespace ?? ""}`;
  return failed("Paused", `somebody has paused it, so nothing of this release runs: "${remedy}" resumes it`);
}

/** Says which limit ran out, where one did. */
function withLimit(result: RolloutResult<ReleaseTarget>, { startedMs, deadlineMs }: Options): Verdict {
  const { target, verdict, timedOut } = result;
  if (timedOut === undefined) return verdict;
  const limit =
    timedOut === "own"
      ? `within ${formatDuration(ownTimeoutMs(target.released.object) ?? 0)}, its own ${timeoutAnnotation}`
      : `when the timeout of the release was up, ${formatDuration(deadlineMs - startedMs)} after it began`;
  return { ...verdict, limit: `not ready ${limit}` };
}

/** Whether there were pods in the way, and all of them could be deleted. */
async function clearTheWay(ports: ReleasePorts, blocked: readonly RolloutResult<ReleaseTarget>[]): Promise<boolean> {
  const cleared = await Promise.all(blocked.map(({ object }) => deleteBroken(ports, object)));
  return cleared.length > 0 && cleared.every((each) => each);
}

/** A pod that is gone, or replaced by one of another uid, was deleted by a try whose answer was lost. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 409)) throw error;
}

async function deleteBroken({ api, log, signal }: ReleasePorts, set: KubernetesObject): Promise<boolean> {
  const path = `/api/v1/namespaces/${set.metadata.namespace ?? ""}/pods`;
  try {
    const { items } = await api.request<{ items: Pod[] }>({ method: "GET", path, signal });
    const broken = podsInTheWay(set, { pods: items, replicaSets: [], now: new Date() });
    for (const { metadata } of broken) {
      log.info(`${nameOf(set)} waits for its broken pod ${metadata.name}, which is deleted now`);
      const body = { preconditions: { uid: metadata.uid } };
      const gone = api.request({ method: "DELETE", path: `${path}/${metadata.name}`, body, repeatable: true });
      await gone.catch(unlessGone);
    }
    return broken.length > 0;
  } catch (error) {
    // Without the permission the verdict stands, and says what to do.
    if (!(error instanceof ApiError)) throw error;
    log.warning(`The broken pods of ${nameOf(set)} could not be deleted: ${error.message}`);
    return false;
  }
}
