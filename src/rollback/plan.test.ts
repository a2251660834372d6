import { describe, expect, it } from "@jest/globals";
import { release } from "../../test/build/objects.ts";
import type { RollbackQuestion } from "./plan.ts";
import { decideRollback } from "./plan.ts";

const verified = { verified: "2026-01-02T03:04:06.000Z" };
const history = [
  release(1, verified),
  release(2, { outcome: "failed" }),
  release(3, verified),
  release(4),
  release(5, { outcome: "failed" }),
];

describe("decideRollback()", () => {
  it.each<[string, Partial<RollbackQuestion>, number]>([
    ["goes to the last verified release, past bad and unverified ones", {}, 3],
    ["goes to the previous release that succeeded", { to: "previous" }, 4],
    ["goes to a revision by number", { to: 1 }, 1],
    ["never goes to the newest release itself", { history: history.slice(0, 3) }, 1],
    ["acts when the newest release is the one expected", { ifRevision: 5 }, 3],
  ])("%s", (_name, question, target) => {
    const decision = decideRollback({ app: "shop", history, to: "last-verified", ifRevision: undefined, ...question });
    expect(decision).toMatchObject({ target: { revision: target } });
  });

  it.each<[string, Partial<RollbackQuestion>, string]>([
    ["there is no release at all", { history: [] }, "was never deployed"],
    [
      "no earlier release is verified",
      { history: [release(1), release(2)] },
      "no release before r2 is verified: got r1, r2",
    ],
    [
      "no earlier release succeeded",
      { history: [release(1, { outcome: "failed" }), release(2)], to: "previous" },
      "no release before r2 succeeded",
    ],
    ["the revision is not kept", { to: 9 }, "there is no release r9: got r1, r2, r3, r4, r5"],
    ["someone deployed since", { ifRevision: 4 }, "r4 is not its newest release: got r5, deployed since by ann"],
  ])("refuses when %s", (_name, question, message) => {
    expect(() =>
      decideRollback({ app: "shop", history, to: "last-verified", ifRevision: undefined, ...question }),
    ).toThrow(message);
  });

  it("has nothing to do when the deploy took its release back itself", () => {
    const taken = [...history, release(6, { restores: 3, replaces: 5 })];
    expect(decideRollback({ app: "shop", history: taken, to: "last-verified", ifRevision: 5 })).toMatchObject({
      alreadyRestored: 3,
    });
    expect(() => decideRollback({ app: "shop", history: taken, to: 1, ifRevision: 5 })).toThrow(
      "r5 is not its newest release: got r6",
    );
  });
});
