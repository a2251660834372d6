import { setImmediate } from "node:timers/promises";
import { systemClock } from "../../../src/runner/clock.ts";
import type { Clock } from "../../../src/runner/clock.ts";

/** What a reconcile may ask for: another look after a while, even if nothing changes until then. */
export interface Again {
  readonly afterMs: number;
}

export interface WorkQueueOptions {
  /** Brings one object (by its key) closer to what is wanted. Runs for one key at a time; a throw is retried, ever later. */
  readonly reconcile: (key: string) => Promise<Again | undefined>;
  readonly onError: (key: string, error: unknown) => void;
  /** How many keys are worked on at once. */
  readonly concurrency: number;
  /** What waits are measured on; the machine's own, if not given. */
  readonly clock?: Clock | undefined;
}

/** The waits between tries of a failing key, as in Kubernetes' controllers: 5 ms, doubled each time, at most 1,000 s. */
const firstRetryMs = 5;
const longestRetryMs = 1_000_000;

/**
 * Keys waiting to be reconciled, each at most once: a key that is added again while it waits is one piece of work, and one that is
 * added while it is being worked on is worked on once more afterwards.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, { readonly stop: AbortController; readonly due: number }>();
  readonly #failures = new Map<string, number>();
  #stopped = false;

  readonly #clock: Clock;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#waiting.add(key);
    this.#next();
  }

  /** Adds the key later; of several such wishes for one key the earliest counts. */
  addAfter(key: string, ms: number): void {
    const due = this.#clock.now() + ms;
    const pending = this.#timers.get(key);
    if (this.#stopped || (pending !== undefined && pending.due <= due)) return;
    pending?.stop.abort();
    const stop = new AbortController();
    const fire = (): void => {
      this.#timers.delete(key);
      this.add(key);
    };
    // It rejects only when it is stopped, and then there is nothing to do.
    this.#clock.sleep(ms, stop.signal).then(fire, () => undefined);
    this.#timers.set(key, { stop, due });
  }

  /** Forgets what waits, and resolves when what runs is done. Nothing is reconciled afterwards. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    for (const { stop } of this.#timers.values()) stop.abort();
    this.#timers.clear();
    await Promise.all(this.#running.values());
  }

  #next(): void {
    for (const key of this.#waiting) {
      if (this.#running.size >= this.#options.concurrency) return;
      if (this.#running.has(key)) continue;
      this.#waiting.delete(key);
      this.#running.set(key, this.#work(key));
    }
  }

  async #work(key: string): Promise<void> {
    // A turn of the event loop first: changes that come together are one piece of work, and however busy the controllers are, what
    // shares their process gets its turn too.
    await setImmediate();
    try {
      const again = await this.#options.reconcile(key);
      this.#failures.delete(key);
      if (again !== undefined) this.addAfter(key, again.afterMs);
    } catch (error) {
      this.#retry(key, error);
    } finally {
      this.#running.delete(key);
      if (!this.#stopped) this.#next();
    }
  }

  #retry(key: string, error: unknown): void {
    if (this.#stopped) return;
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#options.onError(key, error);
    this.addAfter(key, Math.min(firstRetryMs * 2 ** failures, longestRetryMs));
  }
}
