import type { ScriptedFault } from "./faults.ts";
import type { Sandbox } from "./sandbox.ts";

/** What a process that started a sandbox as its child, with a channel, can ask of it. */
export type Order =
  | { readonly id: number; readonly order: "add fault"; readonly fault: ScriptedFault }
  | { readonly id: number; readonly order: "clear faults" }
  | { readonly id: number; readonly order: "compact" }
  | { readonly id: number; readonly order: "disconnect" }
  | { readonly id: number; readonly order: "registry counts" }
  | { readonly id: number; readonly order: "request counts" };

/** Answers the orders of the parent process, if there is a channel to it. Each answer carries the order's id. */
export function serveParent(sandbox: Sandbox): void {
  if (process.send === undefined) return;
  process.on("message", (order: Order) => {
    process.send?.({ id: order.id, result: carryOut(sandbox, order) });
  });
}

function carryOut(sandbox: Sandbox, order: Order): Readonly<Record<string, number>> {
  switch (order.order) {
    case "add fault":
      sandbox.faults.add(order.fault);
      return {};
    case "clear faults":
      sandbox.faults.clear();
      return {};
    case "compact":
      sandbox.parts.api.compact();
      return {};
    case "disconnect":
      sandbox.parts.api.disconnect();
      return {};
    case "registry counts":
      return sandbox.parts.registry.counts();
    case "request counts":
      return sandbox.faults.requestCounts();
  }
}
