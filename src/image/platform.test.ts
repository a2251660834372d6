import { describe, expect, it } from "@jest/globals";
import { bestFor, formatPlatform, parsePlatform } from "./platform.ts";

describe("parsePlatform()", () => {
  it.each([
    ["linux/amd64", "linux/amd64"],
    ["linux/x86_64", "linux/amd64"],
    ["linux/aarch64", "linux/arm64"],
    ["linux/arm64/v8", "linux/arm64"],
    ["linux/arm", "linux/arm/v7"],
    ["linux/arm/6", "linux/arm/v6"],
    ["Linux/AMD64/v2", "linux/amd64/v2"],
  ])("reads %s as %s", (text, expected) => {
    expect(formatPlatform(parsePlatform(text))).toBe(expected);
  });

  it.each(["amd64", "linux/", "linux/amd64/v1/x", "linux amd64"])("refuses %s", (text) => {
    expect(() => parsePlatform(text)).toThrow("is not a platform");
  });
});

describe("bestFor()", () => {
  const offered = ["linux/amd64", "linux/arm/v6", "linux/arm/v5", "linux/arm64", "windows/amd64"].map((name) => ({
    platform: parsePlatform(name),
  }));

  it.each([
    ["linux/amd64", "linux/amd64"],
    ["linux/amd64/v3", "linux/amd64"],
    ["linux/arm/v7", "linux/arm/v6"],
    ["linux/arm64", "linux/arm64"],
    ["linux/s390x", undefined],
  ])("for %s is %s", (wanted, expected) => {
    const best = bestFor(parsePlatform(wanted), offered);
    expect(best && formatPlatform(best.platform)).toBe(expected);
  });
});
