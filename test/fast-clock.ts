import type { Clock } from "../src/runner/clock.ts";
import { systemClock } from "../src/runner/clock.ts";

/** A clock on which time runs `speed` times as fast, so that a test waits out 30 s in a fraction of one. */
export function fastClock(speed = 100): Clock {
  return {
    now: () => systemClock.now() * speed,
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  };
}
