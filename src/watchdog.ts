import type { Clock } from "./runner/clock.ts";

export interface Watchdog {
  /** A sign of life. */
  beat(): void;
  stop(): void;
}

/** Calls `onSilence` once when `beat` has not been called for `limitMs`, counted from now. */
export function startWatchdog(o: {
  readonly clock: Clock;
  readonly limitMs: number;
  readonly onSilence: () => void;
}): Watchdog {
  const stopped = new AbortController();
  let lastBeat = o.clock.now();
  const watch = async () => {
    while (!stopped.signal.aborted) {
      const restMs = lastBeat + o.limitMs - o.clock.now();
      if (restMs <= 0) {
        stopped.abort();
        o.onSilence();
      } else {
        // The only way this rejects is `stop`, and that ends the loop.
        await o.clock.sleep(restMs, stopped.signal).catch(() => undefined);
      }
    }
  };
  void watch();
  return { beat: () => (lastBeat = o.clock.now()), stop: () => stopped.abort() };
}
