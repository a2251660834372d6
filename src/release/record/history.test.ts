import { describe, expect, it } from "@jest/globals";
import { release } from "../../../test/build/objects.ts";
import type { ReleaseSummary } from "./record.ts";
import { expired, lastSucceeded, lastVerified } from "./history.ts";

describe("lastVerified() and lastSucceeded()", () => {
  const verified = { verified: "2026-01-01T00:00:00Z" };
  const good = [release(1, verified), release(2, verified)];
  const revision = (history: typeof good): (number | undefined)[] =>
    [lastVerified(history, 9), lastSucceeded(history, 9)].map((found) => found?.revision);

  it("pass over a record that is damaged, which nobody could go back to", () => {
    expect(revision([...good, release(3, { ...verified, damaged: "it lacks its part 2" })])).toEqual([2, 2]);
  });

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
  const numbers = (history: ReleaseSummary[]): number[] => expired(history).map(({ revision }) => revision);

  it("keeps ten releases, and the ones to go back to, however old they are", () => {
    const history = Array.from({ length: 13 }, (_, index) => release(index + 1));
    expect(numbers(history)).toEqual([1, 2, 3]);
    history[1] = release(2, { verified: "2026-01-01T00:00:00Z" });
    expect(numbers(history)).toEqual([1, 3]);
  });

  it("counts failed releases too, so that they do not pile up", () => {
    const bad = Array.from({ length: 50 }, (_, index) => release(index + 4, { outcome: "failed" }));
    const good = [release(1), release(2, { verified: "2026-01-01T00:00:00Z" }), release(3)];
    expect(numbers([...good, ...bad])).toEqual([1, ...Array.from({ length: 40 }, (_, index) => index + 4)]);
  });

  it("leaves damaged records to a person", () => {
    const history = [
      release(1, { damaged: "it has no summary" }),
      ...Array.from({ length: 11 }, (_, i) => release(i + 2)),
    ];
    expect(numbers(history)).toEqual([2]);
  });
});
