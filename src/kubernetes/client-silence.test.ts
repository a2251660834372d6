import { EventEmitter } from "node:events";
import { expect, it } from "@jest/globals";
import { systemClock } from "../runner/clock.ts";
import { SilenceGuard } from "./client-silence.ts";

class Outgoing extends EventEmitter {
  destroy(): void {
    this.emit("close");
  }
}

it("listens once on a connection that many requests use in turn", () => {
  const guard = new SilenceGuard(systemClock);
  const socket = new EventEmitter();
  const use = (): Outgoing => {
    const outgoing = new Outgoing();
    guard.guard(outgoing, "requests");
    outgoing.emit("socket", socket);
    return outgoing;
  };
  const first = use();
  socket.emit("connect");
  const others = Array.from({ length: 20 }, use);
  expect(socket.listenerCount("connect")).toBe(0);
  for (const outgoing of [first, ...others]) outgoing.destroy();
});
