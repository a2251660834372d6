import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../src/runner/clock.ts";

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** So many turns of the event loop without news mean that nobody has anything to do but wait. */
const quietTurns = 8;
/**
 * What goes by the machine's own clock or in a thread that nobody sees (a controller that tries again, a module that is compiled) gets
 * this much real time for each second that is jumped over.
 */
const paceMs = 1;
const longestJumpMs = 1_000;

/**
 * A clock on which waiting takes no time: whenever everything under test does nothing but wait, it jumps to the moment at which the first
 * wait ends. So a run that waits out a lock of 30 s or a server that is silent for 75 s ends in milliseconds, by the same code.
 */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", stop);
      };
      const stop = (): void => {
        end();
        reject(signal?.reason instanceof Error ? signal.reason : new Error(String(signal?.reason)));
      };
      const wake = (): void => {
        end();
        resolve();
      };
      const sleeper = { due: this.#now + Math.max(0, ms), wake };
      if (signal?.aborted === true) {
        stop();
        return;
      }
      signal?.addEventListener("abort", stop, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Goes to the end of the first wait, or at most this far towards it. */
  jump(limitMs: number): void {
    const [first] = [...this.#sleepers].sort((a, b) => a.due - b.due);
    if (first === undefined) return;
    const limit = this.#now + limitMs;
    this.#now = Math.max(this.#now, Math.min(first.due, limit));
    if (first.due <= limit) first.wake();
  }
}

/** The time of one process: once it is dead, nobody who sleeps in it wakes any more. */
export class MortalClock implements Clock {
  readonly #clock: Clock;
  #isDead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    try {
      await this.#clock.sleep(ms, signal);
    } finally {
      if (this.#isDead) await new Promise(() => undefined);
    }
  }

  die(): void {
    this.#isDead = true;
  }
}

/** What tells whether anything but time is waited for. */
export interface Activity {
  /** Something is under way that will go on by itself. */
  isBusy(): boolean;
  /** Grows with everything that happens. */
  count(): number;
}

/** Lets time pass on the clock, whenever nothing else is left to do, until `work` has ended. */
export async function passTime<T>(clock: VirtualClock, activity: Activity, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const end = (): void => done.abort();
  work.then(end, end);
  while (!done.signal.aborted) {
    await quiet(activity, done.signal);
    const seen = activity.count();
    await sleep(paceMs);
    if (activity.count() === seen && !usesFiles()) clock.jump(longestJumpMs);
  }
  return work;
}

/** Resolves when nothing has happened for some turns of the event loop and nothing is under way, or when `signal` is aborted. */
export async function quiet(activity: Activity, signal?: AbortSignal): Promise<void> {
  let seen = -1;
  let turns = 0;
  while (turns < quietTurns && signal?.aborted !== true) {
    await setImmediate();
    turns = activity.count() === seen && !activity.isBusy() ? turns + 1 : 0;
    seen = activity.count();
    if (turns === quietTurns && usesFiles()) turns = 0;
  }
}

/** Reading a file is no waiting: what a thread or the kernel does for this process is called a request by Node. */
function usesFiles(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.includes("Req"));
}
