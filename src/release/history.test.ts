import { describe, expect, it } from "@jest/globals";
import { release } from "../../test/build/objects.ts";
import { expired, lastSucceeded, lastVerified, mayBeLive } from "./history.ts";

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

describe("lastVerified() and lastSucceeded()", () => {
  const verified = { verified: "2026-01-01T00:00:00Z" };
  const good = [release(1, verified), release(2, verified)];
  const revision = (history: typeof good): (number | undefined)[] =>
    [lastVerified(history, 9), lastSucceeded(history, 9)].map((found) => found?.revision);

  it("are the newest of their kind, other than one release", () => {
    expect(revision([...good, release(3), release(4, { outcome: "failed" })])).toEqual([2, 3]);
    expect(lastVerified(good, 2)?.revision).toBe(1);
  });

  it("pass over a release that was taken back, however good it had looked", () => {
    expect(revision([...good, release(3, { restores: 1, replaces: 2 })])).toEqual([1, 3]);
    expect(revision([...good, release(3, { restores: 1, replaces: 2, outcome: "failed" })])).toEqual([1, 1]);
  });

  it("trust a release again that was brought back later", () => {
    const back = [release(3, { restores: 1, replaces: 2 }), release(4, { restores: 2, replaces: 3 })];
    expect(revision([...good, ...back])).toEqual([2, 4]);
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
