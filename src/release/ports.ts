import type { KubernetesApi } from "../kubernetes/api.ts";
import type { Discovery } from "../kubernetes/discovery.ts";
import type { Clock } from "../runner/clock.ts";
import type { Log, Runner } from "../runner/runner.ts";

/** What the engine acts on. `signal` ends waits and reads; a write that was begun is finished, for as long as the lock is held. */
export interface ReleasePorts {
  readonly api: KubernetesApi;
  readonly discovery: Discovery;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Told of every secret that was not an input, before anything can show it. */
  readonly hide: (secret: string) => void;
  /** Text without any secret: for what is shortened before it is told, since half of a secret is none that anybody recognises. */
  readonly redact: (text: string) => string;
}

/** What the engine acts on in an action: its runner, and the cluster that it has reached. */
export function releasePorts(
  runner: Runner,
  { api, discovery }: Pick<ReleasePorts, "api" | "discovery">,
): ReleasePorts {
  const { clock, log, signal } = runner;
  return {
    api,
    discovery,
    clock,
    log,
    signal,
    hide: (secret) => runner.hide(secret),
    redact: (text) => runner.redact(text),
  };
}

/** How many requests are under way at once: more made no deploy faster on a real API server. */
export const parallelRequests = 16;
