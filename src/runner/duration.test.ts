import { describe, expect, it } from "@jest/globals";
import { formatDuration, parseDuration } from "./duration.ts";

describe("parseDuration()", () => {
  it.each([
    ["500ms", 500],
    ["90s", 90_000],
    ["10m", 600_000],
    ["1h30m", 5_400_000],
    ["1h2m3s4ms", 3_723_004],
    ["0s", 0],
  ])("reads %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "5", "s", "5 s", "1.5h", "-1s", "5S", "1m1h", "1m1m", "5d"])("does not read %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("formatDuration()", () => {
  it.each([
    [0, "0 ms"],
    [849.6, "850 ms"],
    [999.6, "1.0 s"],
    [3_249, "3.2 s"],
    [9_960, "10 s"],
    [59_499, "59 s"],
    [59_999, "1 min"],
    [72_000, "1 min 12 s"],
    [3_599_999, "1 h"],
    [7_500_000, "2 h 5 min"],
  ])("writes %d ms", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
