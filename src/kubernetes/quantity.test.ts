import { describe, expect, it } from "@jest/globals";
import { milliValue } from "./quantity.ts";

describe("milliValue()", () => {
  it.each<[string | number, number | undefined]>([
    ["1", 1000],
    [2, 2000],
    ["250m", 250],
    ["0.1", 100],
    [".5", 500],
    ["2.3", 2300],
    ["1n", 1],
    ["1e3", 1_000_000],
    ["2E2", 200_000],
    ["1E", 1e21],
    ["64Mi", 64 * 2 ** 20 * 1000],
    ["1k", 1_000_000],
    ["-1", -1000],
    ["", undefined],
    ["ten", undefined],
    ["5x", undefined],
    ["1 Gi", undefined],
  ])("reads %p as %p thousandths", (text, expected) => {
    expect(milliValue(text)).toBe(expected);
  });
});
