import { collectEvidence, conceal } from "../../kubernetes/evidence.ts";
import type { Evidence } from "../../kubernetes/evidence.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { Verdict } from "../../kubernetes/readiness/verdict.ts";
import type { RolloutOptions, RolloutResult } from "../../kubernetes/rollout.ts";
import { overtaken, overtakenFields } from "./overtaken.ts";
import type { ReleasePorts } from "../ports.ts";
import { tellProgress } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { rollOut } from "./roll-out.ts";
import type { ReleaseTarget } from "./roll-out.ts";

/** An object that failed, with the proof. */
export interface Failure {
  readonly released: ReleaseObject;
  readonly verdict: Verdict;
  readonly evidence?: Evidence;
}

/** From when an object was watched until it was current, or what it came to. Milliseconds since the release began. */
export interface RolloutTime {
  readonly object: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly verdict: Verdict;
}

/** Everything that a release watches, one rollout after the other, and what has become of it so far. */
export class ReleaseWatch {
  readonly failures: Failure[] = [];
  readonly rollout: RolloutTime[] = [];
  readonly #ports: ReleasePorts;
  readonly #release: string;
  readonly #startedMs: number;
  readonly #progress: Progress;

  /** `release`: what a person calls it, `r42`. `startedMs`: when it began, on the ports' clock. */
  constructor(ports: ReleasePorts, o: { readonly release: string; readonly startedMs: number }) {
    this.#ports = ports;
    this.#release = o.release;
    this.#startedMs = o.startedMs;
    this.#progress = tellProgress({ ...ports, startedMs: o.startedMs });
  }

  /**
   * Watches until all are current, one has failed, or the time is up; failures are kept with their proof.
   * @throws SlipwayError `unknown` where somebody else has changed what was applied: neither success nor failure is ours then.
   */
  async watch(
    targets: readonly ReleaseTarget[],
    limits: Pick<RolloutOptions<ReleaseTarget>, "deadlineMs" | "onPods">,
  ): Promise<readonly RolloutResult<ReleaseTarget>[]> {
    if (targets.length === 0) return [];
    const { log, clock } = this.#ports;
    const elapsedMs = (): number => clock.now() - this.#startedMs;
    const fromMs = elapsedMs();
    const tell = ({ object }: ReleaseTarget, verdict: Verdict): void =>
      void this.rollout.push({ object: nameOf(object), fromMs, untilMs: elapsedMs(), verdict });
    const results = await rollOut(this.#ports, {
      targets,
      startedMs: this.#startedMs,
      progress: this.#progress,
      ...limits,
      onBlind: (what, { message }) => log.warning(`The ${what} may not be watched, so failures show later: ${message}`),
      onVerdict: (target, verdict) => {
        if (verdict.status !== "in-progress") tell(target, verdict);
      },
    });
    for (const { target, object } of results) {
      const fields = overtakenFields(target.object, object);
      if (fields.length > 0) throw overtaken(this.#release, object, fields);
    }
    for (const { target, object, verdict, timedOut } of results) {
      if (timedOut && verdict.status === "in-progress") tell(target, verdict);
      if (verdict.status === "failed" || timedOut)
        this.failures.push(await this.#explain(target.released, object, verdict));
    }
    return results;
  }

  async #explain(released: ReleaseObject, object: KubernetesObject, verdict: Verdict): Promise<Failure> {
    const { api, log, redact } = this.#ports;
    try {
      return { released, verdict, evidence: conceal(await collectEvidence({ api, object, verdict }), redact) };
    } catch (error) {
      // The verdict stands without its proof: a server that answers no more must not turn "failed" into something vaguer.
      log.debug(`no evidence for ${nameOf(object)}: ${String(error)}`);
      return { released, verdict };
    }
  }
}
