import type { Clock } from "./clock.ts";

/** The time that a person gives for something, counted from the moment it began. */
export interface Budget {
  /** How much it was. */
  readonly ms: number;
  /** When it is used up, on the clock that it was begun with. */
  readonly untilMs: number;
}

export function beginBudget(clock: Pick<Clock, "now">, ms: number): Budget {
  return { ms, untilMs: clock.now() + ms };
}

/** What is left of it, in ms; nothing, once it is used up. */
export function msLeft(clock: Pick<Clock, "now">, { untilMs }: Budget): number {
  return Math.max(0, untilMs - clock.now());
}
