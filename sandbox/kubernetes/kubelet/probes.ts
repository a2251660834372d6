import { setTimeout as sleep } from "node:timers/promises";
import { runHandler } from "./handler.ts";
import type { HandlerResult, HandlerTarget } from "./handler.ts";
import type { Container, Probe } from "./pod.ts";

export type ProbeKind = "startup" | "readiness" | "liveness";

const kinds: readonly ProbeKind[] = ["startup", "readiness", "liveness"];

/** Counts results in a row; a verdict changes only when a threshold is reached. */
export class ProbeVerdict {
  readonly #probe: Probe;
  #last: boolean | undefined;
  #run = 0;
  /** `undefined` until there is one. */
  current: boolean | undefined;

  constructor(probe: Probe) {
    this.#probe = probe;
  }

  /** Whether this result changed the verdict. */
  observe(ok: boolean): boolean {
    this.#run = this.#last === ok ? this.#run + 1 : 1;
    this.#last = ok;
    const { successThreshold = 1, failureThreshold = 3 } = this.#probe;
    if (this.#run < (ok ? successThreshold : failureThreshold)) return false;
    const changed = this.current !== ok;
    this.current = ok;
    return changed;
  }
}

export interface ProbesOptions {
  readonly container: Container;
  readonly target: HandlerTarget;
  readonly startedAt: number;
  /** A verdict changed. */
  readonly onChange: () => void;
  readonly onFailure: (kind: ProbeKind, output: string) => void;
}

/** The probes of one attempt of a container: the startup probe first, the others once it has passed. */
export class ContainerProbes {
  readonly #options: ProbesOptions;
  readonly #verdicts = new Map<ProbeKind, ProbeVerdict>();
  readonly #stop = new AbortController();

  constructor(options: ProbesOptions) {
    this.#options = options;
    for (const kind of kinds) {
      const probe = probeOf(options.container, kind);
      if (probe) this.#verdicts.set(kind, new ProbeVerdict(probe));
    }
    this.#begin(this.#verdicts.has("startup") ? ["startup"] : ["readiness", "liveness"]);
  }

  get isStarted(): boolean {
    return this.#verdicts.get("startup")?.current ?? !this.#verdicts.has("startup");
  }

  get isReady(): boolean {
    return this.isStarted && (this.#verdicts.get("readiness")?.current ?? !this.#verdicts.has("readiness"));
  }

  /** The probe that condemned the container: it is to be restarted. */
  get failed(): "startup" | "liveness" | undefined {
    return (["startup", "liveness"] as const).find((kind) => this.#verdicts.get(kind)?.current === false);
  }

  /** What was found so far stays. */
  stop(): void {
    this.#stop.abort();
  }

  #begin(started: readonly ProbeKind[]): void {
    for (const kind of started) {
      const verdict = this.#verdicts.get(kind);
      const probe = probeOf(this.#options.container, kind);
      if (probe && verdict) void this.#repeat(kind, { probe, verdict });
    }
  }

  async #repeat(kind: ProbeKind, o: { readonly probe: Probe; readonly verdict: ProbeVerdict }): Promise<void> {
    const periodMs = (o.probe.periodSeconds ?? 10) * 1_000;
    const age = Date.now() - this.#options.startedAt;
    let pauseMs = Math.max((o.probe.initialDelaySeconds ?? 0) * 1_000 - age, 0);
    while (await pause(pauseMs, this.#stop.signal)) {
      const began = Date.now();
      const result = await this.#run(o.probe);
      if (this.#stop.signal.aborted) return;
      if (!result.ok) this.#options.onFailure(kind, result.output);
      if (o.verdict.observe(result.ok)) this.#decided(kind, result.ok);
      if (kind === "startup" && result.ok && o.verdict.current === true) return;
      pauseMs = Math.max(periodMs - (Date.now() - began), 0);
    }
  }

  async #run(probe: Probe): Promise<HandlerResult> {
    const timeoutMs = (probe.timeoutSeconds ?? 1) * 1_000;
    return runHandler({ handler: probe, target: this.#options.target, timeoutMs });
  }

  #decided(kind: ProbeKind, ok: boolean): void {
    // A condemned container is not probed any further: the next attempt gets probes of its own.
    if (!ok && kind !== "readiness") this.stop();
    if (ok && kind === "startup") this.#begin(["readiness", "liveness"]);
    this.#options.onChange();
  }
}

function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  return container[`${kind}Probe`];
}

/** `false` when it was stopped. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return !signal.aborted;
  } catch {
    return false; // sleep() rejects for one reason only: the signal.
  }
}
