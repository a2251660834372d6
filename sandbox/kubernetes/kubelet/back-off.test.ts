import { describe, expect, it } from "@jest/globals";
import { BackOff, goDuration } from "./back-off.ts";

const minute = 60_000;

describe("BackOff", () => {
  it("doubles from 10 s to 5 min, as the kubelet does", () => {
    const backOff = new BackOff(10_000);
    const delays = [0, 1, 2, 3, 4, 5, 6].map((attempt) => {
      const at = attempt * 6 * minute;
      backOff.next("pod", { failedAt: at, now: at });
      return backOff.delayMs("pod") / 1_000;
    });
    expect(delays).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it("holds for the delay since the last failure, and never before the first", () => {
    const backOff = new BackOff(10_000);
    expect(backOff.holds("pod", { failedAt: 0, now: 1 })).toBe(false);
    backOff.next("pod", { failedAt: 0, now: 0 });
    expect(backOff.holds("pod", { failedAt: 500, now: 10_499 })).toBe(true);
    expect(backOff.holds("pod", { failedAt: 500, now: 10_500 })).toBe(false);
    expect(backOff.holds("other", { failedAt: 500, now: 501 })).toBe(false);
  });

  it("starts over after ten quiet minutes", () => {
    const backOff = new BackOff(10_000);
    for (const at of [0, 1, 2]) backOff.next("pod", { failedAt: at, now: at });
    const later = 10 * minute + 3;
    expect(backOff.holds("pod", { failedAt: later, now: later })).toBe(false);
    backOff.next("pod", { failedAt: later, now: later });
    expect(backOff.delayMs("pod")).toBe(10_000);
  });
});

it.each([
  [10_000, "10s"],
  [80_000, "1m20s"],
  [300_000, "5m0s"],
  [1_500, "1.5s"],
  [250, "250ms"],
  [3_723_000, "1h2m3s"],
  [0, "0s"],
])("goDuration() writes %d ms as Go does: %s", (ms, text) => expect(goDuration(ms)).toBe(text));
