import { describe, expect, it } from "@jest/globals";
import { Ignore, type Verdict } from "./ignore.ts";

/** Judges a path as a walk does, directory by directory. */
function isIgnored(text: string, path: string): boolean {
  const ignore = new Ignore(text, ".dockerignore");
  const parts = path.split("/");
  const verdicts = parts.reduce<Verdict | undefined>(
    (above, _part, index) => ignore.judge(parts.slice(0, index + 1).join("/"), above),
    undefined,
  );
  return verdicts?.isIgnored === true;
}

describe("Ignore", () => {
  it.each([
    ["a", "a", true],
    ["a", "a/b/c", true],
    ["a", "b/a", false],
    ["a", "A", false],
    ["/a/", "a/b", true],
    ["./a/../b", "b", true],
    ["*", "a/b", true],
    ["*.md", "a.md", true],
    ["*.md", "a/b.md", false],
    ["*/*.md", "a/b.md", true],
    ["**/*.md", "b.md", true],
    ["**/*.md", "a/b/c.md", true],
    ["**/x", "a/x/b", true],
    ["**.md", "a/b.md", true],
    ["a/**", "a/b/c", true],
    ["a/**", "a", false],
    ["a/**/z", "a/z", true],
    ["a/**/z", "a/b/c/z", true],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["[a-c]x", "bx", true],
    ["[^a-c]x", "bx", false],
    ["(app)/x+1.js", "(app)/x+1.js", true],
    ["a.c", "abc", false],
    ["a\\*", "a*", true],
    ["a\\*", "ab", false],
    ["# comment\n \n b ", "b", true],
    ["#a", "#a", false],
    ["\ufeffa", "a", true],
    ["a\r\nb\r\n", "b", true],
    ["*\n!a", "a", false],
    ["*\n!a", "b", true],
    ["a\n!a/b", "a/b", false],
    ["a\n!a/b", "a/c", true],
    ["a\n!a/b\na/b/c", "a/b/c", true],
    ["!a\na", "a", true],
    ["*\n! b", "b", false],
  ])("%j and %s: %s", (text, path, expected) => {
    expect(isIgnored(text, path)).toBe(expected);
  });

  it("tells the line that decided", () => {
    const ignore = new Ignore("x\n*.md\n!README.md\n", ".dockerignore");
    expect(ignore.judge("a.md", undefined)).toMatchObject({ isIgnored: true, line: 2 });
    expect(ignore.judge("README.md", undefined)).toMatchObject({ isIgnored: false, line: 3 });
  });

  it.each([
    ["node_modules\n!node_modules/x/keep", "node_modules", true],
    ["node_modules\n!node_modules/x/keep", "node_modules/y", false],
    ["node_modules\n!*.md", "node_modules", true],
    ["node_modules", "node_modules", false],
  ])("%j may reach into %s: %s", (text, directory, expected) => {
    expect(new Ignore(text, "").mayReach(directory)).toBe(expected);
  });

  it.each(["[a", "!"])("refuses %s, which is no pattern, at its line", (pattern) => {
    expect(() => new Ignore(`ok\n${pattern}`, "app/.dockerignore")).toThrow(
      "Cannot read app/.dockerignore because of line 2",
    );
  });
});
