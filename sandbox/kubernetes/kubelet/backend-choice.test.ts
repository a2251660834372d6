import { describe, expect, it } from "@jest/globals";
import { BackendChoice } from "./backend-choice.ts";

const [one, two] = [
  { address: "127.16.1.1", port: 8080 },
  { address: "127.16.1.2", port: 8080 },
];

describe("BackendChoice", () => {
  it("takes the backends in turn", () => {
    const choice = new BackendChoice({ backends: [one, two], affinityMs: 0 });
    expect([1, 2, 3].map(() => choice.next("a"))).toEqual([one, two, one]);
  });

  it("leads a client to the backend that it had, with session affinity, for as long as that is there", () => {
    const choice = new BackendChoice({ backends: [one, two], affinityMs: 60_000 });
    expect(["a", "b", "a", "b"].map((client) => choice.next(client))).toEqual([one, two, one, two]);
    choice.update({ backends: [two], affinityMs: 60_000 });
    expect(choice.next("a")).toEqual(two);
    choice.update({ backends: [one, two], affinityMs: 60_000 });
    expect(choice.next("a")).toEqual(two);
  });

  it("forgets a client that was not there for as long as the service says", () => {
    const choice = new BackendChoice({ backends: [one, two], affinityMs: -1 });
    expect([1, 2].map(() => choice.next("a"))).toEqual([one, two]);
  });

  it("has none where there is none", () => {
    expect(new BackendChoice({ backends: [], affinityMs: 0 }).next("a")).toBeUndefined();
  });
});
