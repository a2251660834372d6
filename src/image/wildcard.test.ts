import { describe, expect, it } from "@jest/globals";
import { hasWildcard, wildcard } from "./wildcard.ts";

describe("wildcard()", () => {
  it.each([
    ["*.js", "a.js", true],
    ["*.js", "a/b.js", false],
    ["a/*", "a/b", true],
    ["a?", "ab", true],
    ["a?", "a/", false],
    ["[a-c]", "b", true],
    ["[^a-c]", "b", false],
    ["[\\]a]", "]", true],
    ["a\\*", "a*", true],
    ["a.b", "axb", false],
    ["(x)+", "(x)+", true],
    ["ü?", "üï", true],
  ])("%s and %s: %s", (pattern, path, expected) => {
    expect(wildcard(pattern)?.test(path)).toBe(expected);
  });

  it.each(["[a", "[]", "a\\"])("%s matches nothing", (pattern) => {
    expect(wildcard(pattern)?.test(pattern) ?? false).toBe(false);
  });
});

describe("hasWildcard()", () => {
  it.each([
    ["a*", true],
    ["a?", true],
    ["[a]", true],
    ["a\\*", false],
    ["a]", false],
  ])("%s: %s", (name, expected) => {
    expect(hasWildcard(name)).toBe(expected);
  });
});
