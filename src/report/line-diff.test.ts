import { describe, expect, it } from "@jest/globals";
import { seededRandom } from "../../test/seeded-random.ts";
import { diffLines, withContext } from "./line-diff.ts";

const shown = (before: string, after: string): string =>
  diffLines(before.split(""), after.split(""))
    .map(({ sign, text }) => `${sign}${text}`.trim())
    .join(" ");

describe("diffLines()", () => {
  it.each([
    ["", "", ""],
    ["abc", "abc", "a b c"],
    ["abc", "axc", "a -b +x c"],
    ["abc", "ac", "a -b c"],
    ["ac", "abc", "a +b c"],
    ["abcd", "bcda", "-a b c d +a"],
    ["aaa", "aa", "a a -a"],
  ])("%s and %s", (before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });

  it("gives both texts back, whatever they are", () => {
    const random = seededRandom(7);
    const text = (): string[] => Array.from({ length: Math.floor(random() * 12) }, () => "abc".charAt(random() * 3));
    for (let round = 0; round < 300; round++) {
      const [before, after] = [text(), text()];
      const lines = diffLines(before, after);
      const side = (sign: string): string[] => lines.filter((line) => line.sign !== sign).map((line) => line.text);
      expect([side("+"), side("-")]).toEqual([before, after]);
    }
  });

  it("does not compare what nobody reads line by line", () => {
    const lines = (mark: string): string[] => Array.from({ length: 50_000 }, (_, index) => `${mark}${index}`);
    expect(diffLines(lines("a"), lines("b"))).toHaveLength(100_000);
  });
});

describe("withContext()", () => {
  it("keeps the first line and what is near to a change", () => {
    const before = Array.from({ length: 12 }, (_, index) => `  ${index}`);
    const after = before.map((line) => (line === "  6" ? "  x" : line));
    const shortened = withContext(diffLines(before, after)).map(({ sign, text }) => `${sign}${text}`);
    expect(shortened).toEqual(["   0", "   …", "   4", "   5", "-  6", "+  x", "   7", "   8", "   …"]);
  });
});
