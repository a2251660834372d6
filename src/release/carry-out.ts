import { SlipwayError } from "../error.ts";
import type { Outcome, Problem } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import { withDeadline } from "../kubernetes/api.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import { objectPath } from "../kubernetes/discovery.ts";
import { collectEvidence } from "../kubernetes/evidence.ts";
import type { Evidence } from "../kubernetes/evidence.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { Verdict } from "../kubernetes/readiness/verdict.ts";
import { inParallel } from "../parallel.ts";
import { formatDuration } from "../runner/duration.ts";
import { applyObject } from "./apply-object.ts";
import { newest } from "./history.ts";
import { ownedHash } from "./owned-fields.ts";
import { changesAnything } from "./plan.ts";
import type { Plan, PlannedObject } from "./plan.ts";
import { parallelRequests } from "./ports.ts";
import type { ReleasePorts } from "./ports.ts";
import type { RecordedObject, ReleaseSummary } from "./record.ts";
import { recordConfirmation, recordOutcome } from "./record-outcome.ts";
import type { Ending } from "./record-outcome.ts";
import { keyOf, nameOf } from "./release-object.ts";
import type { ReleaseObject } from "./release-object.ts";
import { rollOut } from "./roll-out.ts";
import { place, serverProblems } from "./server-problems.ts";
import type { ReleaseStore } from "./store.ts";
import { inWaves } from "./waves.ts";

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
  readonly timeoutMs: number;
}

/** An object that failed, with the proof. */
export interface Failure {
  readonly released: ReleaseObject;
  readonly verdict: Verdict;
  readonly evidence?: Evidence;
}

/** When an object that had to roll out was current, or what it came to. Milliseconds since the release began. */
export interface RolloutTime {
  readonly object: string;
  readonly untilMs: number;
  readonly verdict: Verdict;
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
  const nothingToDo = !changesAnything(request.plan) && last?.outcome === "succeeded";
  const run = new ReleaseRun(ports, request, nothingToDo ? last : begin(request, last));
  return nothingToDo ? run.confirm() : run.release();
}

function begin({ facts }: CarryOutRequest, last: ReleaseSummary | undefined): ReleaseSummary {
  return { ...facts, revision: (last?.revision ?? 0) + 1, outcome: "pending", startedAt: new Date().toISOString() };
}

/** One release being carried out: what has happened so far, which the record must tell even when the rest does not happen. */
class ReleaseRun {
  readonly #ports: ReleasePorts;
  readonly #request: CarryOutRequest;
  readonly #startedMs: number;
  readonly #deadlineMs: number;
  /** For writes: no retry of one begins after the deadline. */
  readonly #writes: KubernetesApi;
  #summary: ReleaseSummary;
  /** The objects that are in the cluster as this release has them: applied by it, or found like this by the plan. */
  readonly #live: Map<string, KubernetesObject>;
  readonly #failures: Failure[] = [];
  readonly #rollout: RolloutTime[] = [];
  #changed = false;

  constructor(ports: ReleasePorts, request: CarryOutRequest, summary: ReleaseSummary) {
    this.#ports = ports;
    this.#request = request;
    this.#summary = summary;
    this.#startedMs = ports.clock.now();
    this.#deadlineMs = this.#startedMs + request.timeoutMs;
    this.#writes = withDeadline(ports.api, this.#deadlineMs);
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
    const ended = await this.#attempt(() => this.#watch(plan.objects));
    if (ended.outcome === "succeeded")
      await recordConfirmation({ store, log: this.#ports.log }, { revision, runId: facts.runId });
    return this.#result(ended);
  }

  async release(): Promise<ReleaseResult> {
    const { store, plan } = this.#request;
    await store.create({ summary: this.#summary, objects: this.#recorded() });
    const ended = await this.#attempt(async () => {
      for (const wave of inWaves(plan.objects.map((planned) => ({ ...planned, object: planned.released.object })))) {
        await this.#apply(wave);
        await this.#watch(wave.filter(({ object }) => object.kind === "CustomResourceDefinition"));
        if (this.#failures.length > 0) return;
      }
      await this.#watch(plan.objects);
      if (this.#failures.length === 0) await this.#prune();
    });
    return this.#result(await this.#record(ended));
  }

  /** How the work ended. Errors are kept, not thrown: the record has to be written in any case. */
  async #attempt(work: () => Promise<void>): Promise<Ending> {
    const { signal } = this.#ports;
    try {
      await work();
      if (this.#failures.length === 0) return { outcome: "succeeded" };
      return {
        outcome: this.#failures.every(({ verdict }) => verdict.status === "in-progress") ? "timed-out" : "failed",
      };
    } catch (error) {
      const reason = toError(signal.aborted ? signal.reason : error);
      return { outcome: reason instanceof SlipwayError ? reason.outcome : "failed", error: reason };
    }
  }

  async #apply(wave: readonly PlannedObject[]): Promise<void> {
    const changed = wave.filter(({ action }) => action !== "unchanged");
    const problems: Problem[] = [];
    await inParallel(changed, parallelRequests, async ({ released, live, taken }) => {
      this.#throwIfOver();
      try {
        this.#changed = true;
        const force = this.#request.force || taken.length > 0;
        const applied = await applyObject({ api: this.#writes }, released, { live, force, dryRun: false });
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

  async #watch(planned: readonly PlannedObject[]): Promise<void> {
    if (!this.#request.wait || planned.length === 0) return;
    const { log } = this.#ports;
    const targets = planned.flatMap(({ released }) => {
      const object = this.#live.get(keyOf(released.object));
      return object === undefined ? [] : [{ object, released }];
    });
    const results = await rollOut(this.#ports, {
      targets,
      startedMs: this.#startedMs,
      deadlineMs: this.#deadlineMs,
      onBlind: (what, { message }) => log.warning(`The ${what} may not be watched, so failures show later: ${message}`),
      onVerdict: (target, verdict) => {
        const untilMs = this.#ports.clock.now() - this.#startedMs;
        if (verdict.status !== "in-progress") this.#rollout.push({ object: nameOf(target.object), untilMs, verdict });
      },
    });
    for (const { target, object, verdict, timedOut } of results) {
      if (verdict.status === "failed" || timedOut)
        this.#failures.push(await this.#explain(target.released, object, verdict));
    }
  }

  async #explain(released: ReleaseObject, object: KubernetesObject, verdict: Verdict): Promise<Failure> {
    const { api, log } = this.#ports;
    try {
      return { released, verdict, evidence: await collectEvidence({ api, object, verdict }) };
    } catch (error) {
      // The verdict stands without its proof: a server that answers no more must not turn "failed" into something vaguer.
      log.debug(`no evidence for ${nameOf(object)}: ${String(error)}`);
      return { released, verdict };
    }
  }

  async #prune(): Promise<void> {
    const gone = this.#request.plan.removals.filter(({ action }) => action === "delete");
    await inParallel(gone, parallelRequests, async ({ released: { object, kind } }) => {
      this.#throwIfOver();
      this.#changed = true;
      const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
      const query = { propagationPolicy: "Background" };
      await unlessGone(this.#writes.request({ method: "DELETE", path, query, repeatable: true }));
    });
  }

  /** Before each write: a slow server must not stretch the user's timeout. */
  #throwIfOver(): void {
    this.#ports.signal.throwIfAborted();
    if (this.#ports.clock.now() <= this.#deadlineMs) return;
    const within = formatDuration(this.#request.timeoutMs);
    throw new SlipwayError(`Cannot finish the release because the time is up: got no end within ${within}`, {
      code: "timeout",
      hint: "The API server is slow. Deploy again to go on from here, or raise the input timeout.",
    });
  }

  #recorded(): RecordedObject[] {
    return this.#request.plan.objects.map(({ released }) => {
      const live = this.#live.get(keyOf(released.object));
      const applied =
        live === undefined ? undefined : ownedHash(live, { withoutReplicas: released.autoscaledBy !== undefined });
      return {
        object: released.object,
        ...place(released),
        ...(released.autoscaledBy === undefined ? {} : { autoscaledBy: released.autoscaledBy }),
        ...(applied === undefined || this.#summary.outcome === "pending" ? {} : { applied }),
      };
    });
  }

  async #record(ended: Ending): Promise<Ending> {
    const { store, history } = this.#request;
    this.#summary = { ...this.#summary, outcome: ended.outcome, finishedAt: new Date().toISOString() };
    const record = { summary: this.#summary, objects: this.#recorded() };
    return recordOutcome({ store, log: this.#ports.log, history, record, ended });
  }

  #result({ outcome, error }: Ending): ReleaseResult {
    const previous = this.#request.history.findLast(({ revision }) => revision < this.#summary.revision);
    return {
      outcome,
      release: this.#summary,
      ...(previous === undefined ? {} : { previousRevision: previous.revision }),
      watched: this.#request.wait,
      changed: this.#changed,
      failures: this.#failures,
      ...(error === undefined ? {} : { error }),
      rollout: this.#rollout,
      durationMs: this.#ports.clock.now() - this.#startedMs,
    };
  }
}

async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
