import { EventEmitter, getEventListeners } from "node:events";
import { expect, it } from "@jest/globals";
import { AbortGuard } from "./client-abort.ts";

class Outgoing extends EventEmitter {
  cutBy: Error | undefined;

  destroy(error: Error): void {
    this.cutBy = error;
    this.emit("close");
  }
}

function begin(guard: AbortGuard, signal: AbortSignal): Outgoing {
  const outgoing = new Outgoing();
  guard.guard(outgoing, signal);
  return outgoing;
}

it("cuts all requests under way that share a signal, and no other", () => {
  const [guard, reason] = [new AbortGuard(), new Error("cancelled")];
  const [stop, other] = [new AbortController(), new AbortController()];
  const [first, over, last] = [begin(guard, stop.signal), begin(guard, stop.signal), begin(guard, stop.signal)];
  const unconcerned = begin(guard, other.signal);
  over.emit("close");
  stop.abort(reason);
  expect([first, over, last, unconcerned].map(({ cutBy }) => cutBy)).toEqual([reason, undefined, reason, undefined]);
});

it("has one listener on a signal for all of its requests, and none once they are over", () => {
  const guard = new AbortGuard();
  const { signal } = new AbortController();
  const all = Array.from({ length: 20 }, () => begin(guard, signal));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  for (const outgoing of all) outgoing.emit("close");
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});
