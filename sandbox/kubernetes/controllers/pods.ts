import { findCondition } from "./conditions.ts";
import type { Pod } from "./kinds.ts";

/** A pod that counts as a replica: it has neither ended nor is it being deleted. */
export function isActive(pod: Pod): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Whether the pod's containers have all ended for good. */
export function hasEnded(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

export function isReady(pod: Pod): boolean {
  return findCondition(pod.status?.conditions, "Ready")?.status === "True";
}

/** When the pod last became ready, in epoch milliseconds; 0 when it is not ready or does not say. */
export function readySince(pod: Pod): number {
  const ready = findCondition(pod.status?.conditions, "Ready");
  return ready?.status === "True" ? Date.parse(ready.lastTransitionTime ?? "") || 0 : 0;
}

/** How long until the pod counts as available, in milliseconds: 0 when it does, `undefined` when it is not even ready. */
export function untilAvailable(pod: Pod, minReadySeconds: number, now: Date): number | undefined {
  if (!isReady(pod)) return undefined;
  return minReadySeconds === 0 ? 0 : Math.max(0, readySince(pod) + minReadySeconds * 1000 - now.getTime());
}
