import type { Attempt } from "./attempt.ts";
import { runHandler } from "./handler.ts";
import type { HandlerTarget } from "./handler.ts";
import type { Kubelet } from "./kubelet.ts";
import type { Pod } from "./pod.ts";

/** However little time a pod gives its containers, they have this long after SIGTERM. */
const shortestGraceMs = 2_000;

/** How long a pod's containers may take to end: what its deletion says, else what the pod does. */
export function graceMs({ metadata, spec }: Pod): number {
  return (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30) * 1_000;
}

export interface StopOptions {
  readonly kubelet: Kubelet;
  readonly pod: Pod;
  readonly attempt: Attempt;
  readonly target: HandlerTarget;
  readonly graceMs: number;
  /** Why, for the event. */
  readonly message: string;
}

/** Ends a container: its preStop hook, the stop signal, and SIGKILL when the time of both together is up. */
export async function stopContainer(o: StopOptions): Promise<void> {
  const { attempt } = o;
  const { process } = attempt;
  if (process === undefined || attempt.run.end !== undefined) return;
  attempt.probes?.stop();
  o.kubelet.record(o.pod, { type: "Normal", reason: "Killing", message: o.message, container: attempt.container });
  const began = Date.now();
  await Promise.race([preStop(o), process.ended]);
  process.stop(Math.max(o.graceMs - (Date.now() - began), shortestGraceMs));
  await process.ended;
}

async function preStop(o: StopOptions): Promise<void> {
  const { container } = o.attempt;
  const handler = container.lifecycle?.preStop;
  if (!handler || o.graceMs === 0) return;
  const result = await runHandler({ handler, target: o.target, timeoutMs: o.graceMs });
  const happening = { type: "Warning", reason: "FailedPreStopHook", message: "PreStopHook failed" } as const;
  if (!result.ok) o.kubelet.record(o.pod, { ...happening, container });
}
