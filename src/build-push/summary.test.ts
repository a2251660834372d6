import { describe, expect, it } from "@jest/globals";
import { formatSize, layersText, shortDigest } from "./summary.ts";

describe("formatSize()", () => {
  it.each([
    [0, "0 B"],
    [512, "512 B"],
    [1000, "1.0 kB"],
    [24_600, "25 kB"],
    [999_600, "1.0 MB"],
    [130_000_000, "130 MB"],
    [9_940_000_000, "9.9 GB"],
  ])("%i is %s", (bytes, expected) => {
    expect(formatSize(bytes)).toBe(expected);
  });
});

describe("layersText()", () => {
  it.each([
    [{ layers: 3, traffic: { uploaded: 2, reused: 1, uploadedBytes: 2048 } }, "2 uploaded (2.0 kB), 1 reused"],
    [{ layers: 3, traffic: { uploaded: 3, reused: 0, uploadedBytes: 10 } }, "3 uploaded (10 B)"],
    [{ layers: 3, traffic: { uploaded: 0, reused: 3, uploadedBytes: 0 } }, "3 reused"],
    [{ layers: 3 }, "3"],
    [{}, ""],
  ])("%j reads %s", (image, expected) => {
    expect(layersText(image)).toBe(expected);
  });
});

describe("shortDigest()", () => {
  it("shows enough to tell it from others", () => {
    expect(shortDigest(`sha256:${"ab".repeat(32)}`)).toBe("abababababab");
  });
});
