import { SlipwayError } from "../error.ts";
import type { Outcome, Problem } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import { withDeadline } from "../kubernetes/api.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { RolloutResult } from "../kubernetes/rollout.ts";
import { inParallel } from "../parallel.ts";
import type { Budget } from "../runner/budget.ts";
import { formatDuration } from "../runner/duration.ts";
import { applyObject } from "./rollout/apply-object.ts";
import { newest, nextRevision } from "./record/history.ts";
import { HookOutput } from "./rollout/hook-output.ts";
import type { Direction } from "./rollout/hooks.ts";
import { ownTimeoutMs } from "./rollout/object-timeout.ts";
import { changesAnything } from "./plan/plan.ts";
import type { Plan, PlannedObject } from "./plan/plan.ts";
import type { PlannedHook } from "./plan/plan-hooks.ts";
import { withWarnings } from "./plan/plan-object.ts";
import { parallelRequests } from "./ports.ts";
import type { ReleasePorts } from "./ports.ts";
import { removeLeftover } from "./plan/prune.ts";
import { recordOf } from "./record/record-of.ts";
import type { ReleaseRecord, ReleaseSummary } from "./record/record.ts";
import { recordConfirmation, recordOutcome } from "./record/record-outcome.ts";
import type { Ending } from "./record/record-outcome.ts";
import { keyOf, nameOf } from "./release-object.ts";
import type { ReleaseTarget } from "./rollout/roll-out.ts";
import { holdBack, removeOldJobs, startHooks } from "./rollout/run-hooks.ts";
import { place, serverProblems } from "./server-problems.ts";
import type { ReleaseStore } from "./record/store.ts";
import { ReleaseWatch } from "./rollout/watch-release.ts";
import type { Failure, RolloutTime } from "./rollout/watch-release.ts";
import { inSteps } from "./rollout/waves.ts";
import type { Step } from "./rollout/waves.ts";

export type { Failure, RolloutTime } from "./rollout/watch-release.ts";

/** Kubernetes ends a hook that has a timeout of its own; how much later we stop to look. */
const hookGraceMs = 15_000;

/** What is known of a release before it is carried out. */
export type ReleaseFacts = Omit<ReleaseSummary, "revision" | "outcome" | "startedAt" | "finishedAt" | "verified">;

export interface CarryOutRequest {
  readonly facts: ReleaseFacts;
  readonly plan: Plan;
  readonly history: readonly ReleaseSummary[];
  readonly store: ReleaseStore;
  readonly force: boolean;
  /** `false`: applied is enough, nothing is watched and so nothing is known to be current. */
  readonly wait: boolean;
  readonly budget: Budget;
}

export interface ReleaseResult {
  readonly outcome: Outcome;
  /** As it is recorded. */
  readonly release: ReleaseSummary;
  readonly previousRevision?: number;
  /** `false`: applied is all that is known of it. */
  readonly watched: boolean;
  /** Whether anything was written to the release's objects. */
  readonly changed: boolean;
  readonly failures: readonly Failure[];
  /** What stopped it, where that was no object's failure. */
  readonly error?: Error;
  readonly rollout: readonly RolloutTime[];
  readonly durationMs: number;
}

/**
 * Does what the plan says: records the release as pending, applies it wave by wave, watches it until it is current or has failed,
 * prunes, and records the outcome, whatever it is. The caller holds the lock. A plan that changes nothing makes no new release.
 * Throws only what keeps it from beginning; all that happens later is in the result.
 */
export async function carryOut(ports: ReleasePorts, request: CarryOutRequest): Promise<ReleaseResult> {
  const last = newest(request.history);
  const isKept = last?.outcome === "succeeded" && last.damaged === undefined;
  const nothingToDo = !changesAnything(request.plan) && isKept;
  const run = new ReleaseRun(ports, request, nothingToDo ? last : begin(request));
  return nothingToDo ? run.confirm() : run.release();
}

function begin({ facts, history, wait }: CarryOutRequest): ReleaseSummary {
  const startedAt = new Date().toISOString();
  const watched = wait ? {} : { watched: false as const };
  return { ...facts, ...watched, revision: nextRevision(history), outcome: "pending", startedAt };
}

/** One release being carried out: what has happened so far, which the record must tell even when the rest does not happen. */
class ReleaseRun {
  readonly #ports: ReleasePorts;
  readonly #request: CarryOutRequest;
  readonly #startedMs: number;
  readonly #watch: ReleaseWatch;
  /** Moved by hooks that have a timeout of their own. */
  #deadlineMs: number;
  #summary: ReleaseSummary;
  /** The objects that are in the cluster as this release has them: applied by it, or found like this by the plan. */
  readonly #live: Map<string, KubernetesObject>;
  /** What earlier steps were waited for, and found to be. */
  readonly #seen = new Map<PlannedObject, "current" | "complete">();
  #changed = false;

  constructor(ports: ReleasePorts, request: CarryOutRequest, summary: ReleaseSummary) {
    this.#ports = ports;
    this.#request = request;
    this.#summary = summary;
    this.#startedMs = ports.clock.now();
    this.#deadlineMs = request.budget.untilMs;
    this.#watch = new ReleaseWatch(ports, { release: `r${summary.revision}`, startedMs: this.#startedMs });
    this.#live = new Map(
      request.plan.objects.flatMap(({ released, live, action }) =>
        live === undefined || action !== "unchanged" ? [] : [[keyOf(released.object), live] as const],
      ),
    );
  }

  /** Nothing to write: is what is there still well? */
  async confirm(): Promise<ReleaseResult> {
    const { plan, store, facts } = this.#request;
    const { revision } = this.#summary;
    const ended = await this.#attempt(() => this.#untilCurrent(plan.objects));
    const confirmed = { revision, runId: facts.runId, watched: this.#request.wait };
    if (ended.outcome === "succeeded") await recordConfirmation({ store, log: this.#ports.log }, confirmed);
    return this.#result(ended);
  }

  async release(): Promise<ReleaseResult> {
    await this.#request.store.create(this.#recorded());
    return this.#result(await this.#record(await this.#attempt(() => this.#takeSteps())));
  }

  async #takeSteps(): Promise<void> {
    const { plan } = this.#request;
    const direction: Direction = this.#summary.restores === undefined ? "deploy" : "rollback";
    const hooks = plan.hooks.filter(({ moment }) => moment !== undefined);
    for (const step of inSteps<PlannedObject | PlannedHook>([...plan.objects, ...hooks], direction)) {
      await this.#untilReadyFor(step);
      if (this.#hasFailed()) return;
      await this.#apply(step.members.filter(isObject));
      await this.#runHooks(step.members.filter(isHook));
      if (this.#hasFailed()) return;
    }
    await this.#untilCurrent(plan.objects);
    if (this.#hasFailed()) return;
    await this.#prune();
    if (plan.hookNamespaces.length > 0) await this.#removeOldJobs(plan.hookNamespaces);
  }

  #hasFailed(): boolean {
    return this.#watch.failures.length > 0;
  }

  /** How the work ended. Errors are kept, not thrown: the record has to be written in any case. */
  async #attempt(work: () => Promise<void>): Promise<Ending> {
    const { signal } = this.#ports;
    try {
      await work();
      const { failures } = this.#watch;
      if (failures.length === 0) return { outcome: "succeeded" };
      return { outcome: failures.every(({ verdict }) => verdict.status === "in-progress") ? "timed-out" : "failed" };
    } catch (error) {
      const reason = toError(signal.aborted ? signal.reason : error);
      return { outcome: reason instanceof SlipwayError ? reason.outcome : "failed", error: reason };
    }
  }

  async #apply(wave: readonly PlannedObject[]): Promise<void> {
    const changed = wave.filter(({ action }) => action !== "unchanged");
    const problems: Problem[] = [];
    await inParallel(changed, parallelRequests, async ({ released, live, taken, takeover, ...planned }) => {
      this.#throwIfOver();
      try {
        this.#changed = true;
        const force = this.#request.force || taken.length > 0 || planned.adoptedFrom !== undefined;
        const api = withWarnings(this.#writes(), (text) => {
          // The plan has told of the others.
          if (!planned.warnings.includes(text))
            this.#ports.log.warning(`${nameOf(released.object)}: ${text}`, place(released));
        });
        const applied = await applyObject({ api }, released, {
          live,
          force,
          takeover,
          dryRun: false,
        });
        this.#live.set(keyOf(released.object), applied);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code === "unreachable") throw error;
        problems.push(...serverProblems(error, released));
      }
    });
    if (problems.length === 0) return;
    throw new SlipwayError("Cannot finish the release because the cluster refused a part of it", {
      code: "release",
      problems,
    });
  }

  /** The end of a release: everything is current, unless nobody wants to know. */
  async #untilCurrent(planned: readonly PlannedObject[]): Promise<void> {
    if (this.#request.wait) await this.#watch.watch(this.#targets(planned), { deadlineMs: this.#deadlineMs });
  }

  /** What a later step needs is waited for in any case; hooks have ended when their own step has. */
  async #untilReadyFor({ after, complete }: Step<PlannedObject | PlannedHook>): Promise<void> {
    const targets = after.filter(isObject).flatMap((planned) => {
      const untilComplete = complete.has(planned);
      const seen = this.#seen.get(planned);
      if (seen === "complete" || (seen === "current" && !untilComplete)) return [];
      this.#seen.set(planned, untilComplete ? "complete" : "current");
      return this.#targets([planned]).map((target) => ({ ...target, untilComplete }));
    });
    await this.#watch.watch(targets, { deadlineMs: this.#deadlineMs });
  }

  #targets(planned: readonly PlannedObject[]): ReleaseTarget[] {
    return planned.flatMap(({ released }) => {
      const object = this.#live.get(keyOf(released.object));
      return object === undefined ? [] : [{ object, released }];
    });
  }

  /** Runs hooks of one step and shows what they say meanwhile. Their own timeouts are not taken from the release's. */
  async #runHooks(hooks: readonly PlannedHook[]): Promise<void> {
    if (hooks.length === 0) return;
    this.#throwIfOver();
    this.#changed = true;
    const { app, revision } = this.#summary;
    const { clock } = this.#ports;
    const begunMs = clock.now();
    const owns = hooks.flatMap(({ released }) => ownTimeoutMs(released.object) ?? []);
    const deadlineMs = Math.max(this.#deadlineMs, ...owns.map((ms) => begunMs + ms + hookGraceMs));
    const release = { app, revision, startedMs: this.#startedMs, deadlineMs };
    const targets = await startHooks(this.#ports, hooks, release);
    const results = await this.#watchHooks(targets, deadlineMs);
    if (owns.length > 0) this.#deadlineMs += clock.now() - begunMs;
    // Nobody looks again at a Job that has not ended.
    for (const { target, object, verdict } of results)
      if (verdict.status !== "current") await holdBack(this.#ports, { ...target, object });
  }

  async #watchHooks(
    targets: readonly ReleaseTarget[],
    deadlineMs: number,
  ): Promise<readonly RolloutResult<ReleaseTarget>[]> {
    const output = new HookOutput(
      this.#ports,
      targets.map(({ object }) => object),
    );
    try {
      const results = await this.#watch.watch(targets, { deadlineMs, onPods: (pods) => output.see(pods) });
      const ended = results.filter(({ verdict }) => verdict.status !== "in-progress");
      await output.end(ended.map(({ object }) => object));
      return results;
    } finally {
      await output.stop();
    }
  }

  async #removeOldJobs(namespaces: readonly string[]): Promise<void> {
    const kind = this.#ports.discovery.find("batch/v1", "Job");
    if (kind !== undefined) await removeOldJobs(this.#ports, { app: this.#summary.app, kind, namespaces });
  }

  async #prune(): Promise<void> {
    const gone = this.#request.plan.removals.filter(({ action }) => action === "delete");
    await inParallel(gone, parallelRequests, async (removal) => {
      this.#throwIfOver();
      this.#changed = true;
      const reason = await removeLeftover(this.#writes(), this.#summary.app, removal);
      if (reason !== undefined) this.#ports.log.notice(`${nameOf(removal.live)} stays after all: ${reason}`);
    });
  }

  /** No retry of a write begins after the deadline. */
  #writes(): KubernetesApi {
    return withDeadline(this.#ports.api, this.#deadlineMs);
  }

  /** Before each write: a slow server must not stretch the user's timeout. */
  #throwIfOver(): void {
    this.#ports.signal.throwIfAborted();
    if (this.#ports.clock.now() <= this.#deadlineMs) return;
    const within = formatDuration(this.#request.budget.ms);
    throw new SlipwayError(`Cannot finish the release because the time is up: got no end within ${within}`, {
      code: "timeout",
      hint: "The API server is slow. Deploy again to go on from here, or raise the input timeout.",
    });
  }

  /** The record as of now. */
  #recorded(): ReleaseRecord {
    return recordOf(this.#request.plan, this.#summary, this.#live);
  }

  async #record(ended: Ending): Promise<Ending> {
    const { store, history } = this.#request;
    this.#summary = { ...this.#summary, outcome: ended.outcome, finishedAt: new Date().toISOString() };
    return recordOutcome({ store, log: this.#ports.log, history, record: this.#recorded(), ended });
  }

  #result({ outcome, error }: Ending): ReleaseResult {
    const previous = this.#request.history.findLast(({ revision }) => revision < this.#summary.revision);
    return {
      outcome,
      release: this.#summary,
      ...(previous === undefined ? {} : { previousRevision: previous.revision }),
      watched: this.#request.wait,
      changed: this.#changed,
      failures: this.#watch.failures,
      ...(error === undefined ? {} : { error }),
      rollout: this.#watch.rollout,
      durationMs: this.#ports.clock.now() - this.#startedMs,
    };
  }
}

function isObject(planned: PlannedObject | PlannedHook): planned is PlannedObject {
  return "action" in planned;
}

function isHook(planned: PlannedObject | PlannedHook): planned is PlannedHook {
  return !isObject(planned);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
