import { SlipwayError } from "../error.ts";
import type { Clock } from "./clock.ts";
import { formatDuration } from "./duration.ts";

export interface WithinOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly ms: number;
  /** Reads on after "Cannot": `reach the cluster`. */
  readonly doing: string;
}

/**
 * Does `work`, for no longer than `ms`: however slowly the other side answers, the user's timeout holds. The signal that `work` is given
 * ends with the time, too.
 * @throws SlipwayError `timeout`, or the reason of `signal`.
 */
export async function within<T>(options: WithinOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, signal, ms, doing } = options;
  const isUp = new AbortController();
  const isDone = new AbortController();
  const timer = clock.sleep(ms, AbortSignal.any([signal, isDone.signal])).then(
    () => isUp.abort(timeUp(doing, ms)),
    () => undefined,
  );
  const both = AbortSignal.any([signal, isUp.signal]);
  const ended = new Promise<never>((_resolve, reject) => {
    // Taken back with the end: a signal that somebody listens to is kept, with all that it leads to.
    both.addEventListener("abort", () => reject(both.reason as Error), { once: true, signal: isDone.signal });
  });
  try {
    both.throwIfAborted();
    return await Promise.race([work(both), ended]);
  } finally {
    ended.catch(() => undefined);
    isDone.abort();
    await timer;
  }
}

function timeUp(doing: string, ms: number): SlipwayError {
  return new SlipwayError(`Cannot ${doing} because the time is up: got no end within ${formatDuration(ms)}`, {
    code: "timeout",
    hint: "Nothing was changed. Look at why the other side is slow, or raise the input timeout.",
  });
}
