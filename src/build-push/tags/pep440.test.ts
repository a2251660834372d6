import { describe, expect, it } from "@jest/globals";
import { parsePep440 } from "./pep440.ts";

describe("parsePep440()", () => {
  it.each([
    ["1.2.3", "1.2.3", true],
    ["v1.02", "1.2", true],
    ["1!2.0", "1!2.0", true],
    ["1.2.3rc2", "1.2.3rc2", false],
    ["1.2.3-beta.2", "1.2.3b2", false],
    ["1.2.3alpha", "1.2.3a0", false],
    ["1.2.3c1", "1.2.3rc1", false],
    ["1.2.3post1", "1.2.3.post1", false],
    ["1.2.3-1", "1.2.3.post1", false],
    ["1.0dev4", "1.0.dev4", false],
    ["1.0+Ubuntu-1", "1.0+ubuntu.1", true],
  ])("%s is %s", (text, version, isFinal) => {
    expect(parsePep440(text)).toMatchObject({ version, isFinal });
  });

  it.each(["", "main", "1.2.x", "1.2.3-foo"])("%j is no version", (text) => {
    expect(parsePep440(text)).toBeUndefined();
  });
});
