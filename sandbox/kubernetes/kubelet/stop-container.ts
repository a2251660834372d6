import type { Attempt } from "./attempt.ts";
import { runHandler } from "./handler.ts";
import type { HandlerTarget } from "./handler.ts";
import type { Kubelet } from "./kubelet.ts";
import type { Handler, Pod } from "./pod.ts";

/** However little time a pod gives its containers, they have this long after SIGTERM. */
const shortestGraceMs = 2_000;

/** Where the handlers of a running container go. */
export function handlerTarget(attempt: Attempt, address: string): HandlerTarget {
  const nothing = Promise.resolve({ exitCode: 126, output: "container not running" });
  return {
    address,
    container: attempt.container,
    exec: async (command, timeoutMs) => attempt.process?.exec(command, timeoutMs) ?? nothing,
  };
}

/** Ends a container: its preStop hook, the stop signal, and SIGKILL when the time of both together is up. */
export async function stopContainer(o: {
  readonly kubelet: Kubelet;
  readonly pod: Pod;
  readonly attempt: Attempt;
  readonly address: string;
  readonly graceMs: number;
  /** Why, for the event. */
  readonly message?: string;
}): Promise<void> {
  const { kubelet, pod, attempt, graceMs } = o;
  const { container, process } = attempt;
  if (process === undefined || attempt.run.end !== undefined) return;
  attempt.probes?.stop();
  const message = o.message ?? `Stopping container ${container.name}`;
  kubelet.record(pod, { type: "Normal", reason: "Killing", message, container });
  const began = Date.now();
  const preStop = container.lifecycle?.preStop;
  if (preStop && graceMs > 0) await Promise.race([runPreStop({ ...o, preStop }), process.ended]);
  process.stop(Math.max(graceMs - (Date.now() - began), shortestGraceMs));
  await process.ended;
}

async function runPreStop(o: {
  readonly kubelet: Kubelet;
  readonly pod: Pod;
  readonly attempt: Attempt;
  readonly address: string;
  readonly graceMs: number;
  readonly preStop: Handler;
}): Promise<void> {
  const target = handlerTarget(o.attempt, o.address);
  const result = await runHandler({ handler: o.preStop, target, timeoutMs: o.graceMs });
  if (result.ok) return;
  const { container } = o.attempt;
  o.kubelet.record(o.pod, { type: "Warning", reason: "FailedPreStopHook", message: "PreStopHook failed", container });
}
