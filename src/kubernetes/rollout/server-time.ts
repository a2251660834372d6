import type { Clock } from "../../runner/clock.ts";
import type { KubernetesObject } from "../object.ts";

/**
 * The API server's time, as far as the times that it wrote into objects tell: never later than its own clock, and exact as soon as
 * something has changed. This machine's clock may be wrong, and is only trusted to run at the right speed.
 */
export class ServerTime {
  readonly #clock: Clock;
  #aheadMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  learn({ metadata }: KubernetesObject): void {
    const times = [metadata.creationTimestamp, ...(metadata.managedFields ?? []).map(({ time }) => time)];
    for (const time of times) {
      const aheadMs = Date.parse(time ?? "") - this.#clock.now();
      if (!Number.isNaN(aheadMs)) this.#aheadMs = Math.max(aheadMs, this.#aheadMs ?? aheadMs);
    }
  }

  /** The start of time where nothing is known: then nothing is overdue. */
  now(): Date {
    return new Date(this.#aheadMs === undefined ? 0 : this.#clock.now() + this.#aheadMs);
  }
}
