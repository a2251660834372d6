import type { Clock } from "./clock.ts";

/** How `retry` goes about it. Without `deadline` and `attempts` it goes on until `shouldRetry` says no. */
export interface RetryOptions extends Pick<Clock, "sleep"> {
  readonly signal: AbortSignal;
  /** Whether this failure is worth another try; `afterMs` is what the other side asked for (Retry-After). */
  readonly shouldRetry: (error: unknown) => false | { readonly afterMs?: number };
  /** At most this many tries in all. */
  readonly attempts?: number;
  /** No wait goes beyond this time of `now`, in its milliseconds. */
  readonly deadline?: number;
  readonly now?: Clock["now"];
  /** The wait before the second try, doubled for each further one; 500 ms if not given. */
  readonly firstDelayMs?: number;
  /** No wait of our own choice is longer; 30 s if not given. */
  readonly longestDelayMs?: number;
  readonly random?: () => number;
}

/**
 * Does `work` until it succeeds, with growing waits and jitter between tries.
 * Throws the last error once it is not worth another try, tries are used up or the next wait would miss the deadline, and the signal's
 * reason when it aborts.
 */
export async function retry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    options.signal.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      const waitMs = nextWait(error, attempt, options);
      if (waitMs === undefined) throw error;
      await options.sleep(waitMs, options.signal);
    }
  }
}

function nextWait(error: unknown, attempt: number, options: RetryOptions): number | undefined {
  const { signal, shouldRetry, attempts = Infinity, deadline = Infinity, now = () => performance.now() } = options;
  const verdict = shouldRetry(error);
  if (verdict === false || signal.aborted || attempt >= attempts) return undefined;
  const waitMs = verdict.afterMs ?? backOff(attempt, options);
  return now() + waitMs > deadline ? undefined : waitMs;
}

/** Half fixed, half random: many clients that failed together do not come back together. */
function backOff(attempt: number, options: RetryOptions): number {
  const { firstDelayMs = 500, longestDelayMs = 30_000, random = Math.random } = options;
  const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return full / 2 + (full / 2) * random();
}
