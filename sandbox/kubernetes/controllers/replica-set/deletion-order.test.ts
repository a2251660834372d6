import { describe, expect, it } from "@jest/globals";
import { pod } from "../testing/builders.ts";
import { deletionOrder } from "./deletion-order.ts";

const ready = "2026-01-01T00:00:00Z";
const later = "2026-01-01T01:00:00Z";

describe("deletionOrder()", () => {
  it.each([
    ["on no node before on a node", pod({ node: "n", phase: "Pending" }), pod({ phase: "Pending" })],
    ["pending before running", pod({ node: "n" }), pod({ node: "n", phase: "Pending" })],
    ["not ready before ready", pod({ node: "n", readySince: ready }), pod({ node: "n" })],
    ["cheap before dear", pod({ node: "n", cost: "5" }), pod({ node: "n", cost: "-1" })],
    ["crowded before alone", pod({ node: "quiet", readySince: ready }), pod({ node: "n", readySince: ready })],
    ["ready for less time first", pod({ node: "n", readySince: ready }), pod({ node: "n", readySince: later })],
    ["restarted more often first", pod({ node: "n", restarts: 1 }), pod({ node: "n", restarts: 3 })],
    ["younger first", pod({ node: "n", created: ready }), pod({ node: "n", created: later })],
  ])("puts %s", (_, stays, goes) => {
    const neighbours = [stays, goes, pod({ node: "n" }), pod({ node: "n" })];
    expect(deletionOrder([stays, goes], neighbours)).toEqual([goes, stays]);
    expect(deletionOrder([goes, stays], neighbours)).toEqual([goes, stays]);
  });
});
