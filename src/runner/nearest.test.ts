import { describe, expect, it } from "@jest/globals";
import { nearest } from "./nearest.ts";

describe("nearest()", () => {
  const candidates = ["dockerfile", "name", "context", "build-args", "staging-fra1", "production-fra1"];

  it.each([
    ["dockerfil", "dockerfile"],
    ["Dockerfile", "dockerfile"],
    ["buildargs", "build-args"],
    ["nmae", "name"],
    ["prodution-fra1", "production-fra1"],
    ["staging-fra", "staging-fra1"],
  ])("takes %s for %s", (word, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });

  it.each(["", "x", "labels", "staging-nyc3-blue"])("takes %j for nothing", (word) => {
    expect(nearest(word, candidates)).toBeUndefined();
  });

  it("takes the first of equally near ones", () => {
    expect(nearest("cat", ["bat", "rat"])).toBe("bat");
  });
});
