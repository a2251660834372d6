import type { Pod } from "../kinds.ts";
import { isReady, readySince } from "../pods.ts";

const deletionCost = "controller.kubernetes.io/pod-deletion-cost";
const phaseRank: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * The pods to delete first, in Kubernetes' order: not on a node, not running, not ready, cheap by annotation, on a node with many
 * of their kind, ready for less time, often restarted, young. (Kubernetes compares the two ages by orders of magnitude, and
 * leaves the rest to chance.)
 * `neighbours` are all active pods of the same Deployment, whichever revision.
 */
export function deletionOrder(pods: readonly Pod[], neighbours: readonly Pod[]): Pod[] {
  const perNode = new Map<string, number>();
  for (const { spec } of neighbours) perNode.set(spec.nodeName ?? "", (perNode.get(spec.nodeName ?? "") ?? 0) + 1);
  const ranked = pods.map((pod) => ({ pod, rank: rankOf(pod, perNode.get(pod.spec.nodeName ?? "") ?? 0) }));
  return ranked.sort((a, b) => compareRanks(a.rank, b.rank)).map(({ pod }) => pod);
}

/** Numbers to be compared one after the other; the smaller goes first. */
function rankOf(pod: Pod, onSameNode: number): number[] {
  const restarts = (pod.status?.containerStatuses ?? []).map((container) => container.restartCount);
  return [
    pod.spec.nodeName === undefined ? 0 : 1,
    phaseRank[pod.status?.phase ?? "Pending"] ?? 0,
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.[deletionCost] ?? 0) || 0,
    -onSameNode,
    -readySince(pod),
    -Math.max(0, ...restarts),
    -Date.parse(pod.metadata.creationTimestamp ?? "") || 0,
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
