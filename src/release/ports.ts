import type { KubernetesApi } from "../kubernetes/api.ts";
import type { Discovery } from "../kubernetes/discovery.ts";
import type { Clock } from "../runner/clock.ts";
import type { Log } from "../runner/runner.ts";

/** What the engine acts on. `signal` ends waits and reads; a write that was begun is finished, for as long as the lock is held. */
export interface ReleasePorts {
  readonly api: KubernetesApi;
  readonly discovery: Discovery;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** How many requests are under way at once: more made no deploy faster on a real API server. */
export const parallelRequests = 16;
