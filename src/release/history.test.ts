import { describe, expect, it } from "@jest/globals";
import { release } from "../../test/build/objects.ts";
import { expired, mayBeLive } from "./history.ts";

const revisions = (history: ReturnType<typeof mayBeLive>): number[] => history.map(({ revision }) => revision);

describe("mayBeLive()", () => {
  it("is the last release that succeeded and all since, newest first", () => {
    const history = [release(1), release(2), release(3, { outcome: "failed" }), release(4, { outcome: "pending" })];
    expect(revisions(mayBeLive(history))).toEqual([4, 3, 2]);
  });

  it("goes on to the last that also pruned, since the others left everything", () => {
    const history = [release(1), release(2), release(3, { pruned: false }), release(4, { pruned: false })];
    expect(revisions(mayBeLive(history))).toEqual([4, 3, 2]);
  });

  it("is every release where none succeeded yet", () => {
    expect(revisions(mayBeLive([release(1, { outcome: "failed" }), release(2, { outcome: "cancelled" })]))).toEqual([
      2, 1,
    ]);
    expect(mayBeLive([])).toEqual([]);
  });
});

describe("expired()", () => {
  it("keeps ten releases and the last verified one, however old", () => {
    const history = Array.from({ length: 13 }, (_, index) => release(index + 1));
    expect(revisions(expired(history))).toEqual([1, 2, 3]);
    history[1] = release(2, { verified: "2026-01-01T00:00:00Z" });
    expect(revisions(expired(history))).toEqual([1, 3]);
  });
});
