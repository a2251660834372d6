import type { Node, Pod } from "../kinds.ts";
import { hasLabels, selects } from "../../label-selector.ts";
import { add, allocatable, nothing, podRequests } from "../../pod-requests.ts";

/** Why a node will not do. `hopeless` is what no eviction of other pods could change. */
interface Refusal {
  readonly reasons: readonly string[];
  readonly hopeless: boolean;
}

/** Why the one node will not have a pod beside those that it has, worded as Kubernetes' scheduler words it; undefined if it will. */
export function unschedulable(pod: Pod, node: Node | undefined, running: readonly Pod[]): string | undefined {
  if (node === undefined) return "no nodes available to schedule pods";
  const refusal = suits(pod, node) ? insufficient(pod, node, running) : unselected;
  if (refusal === undefined) return undefined;
  const none = "0/1 nodes are available:";
  const reasons = refusal.reasons.map((reason) => `1 ${reason}`).sort();
  const preemption = refusal.hopeless
    ? "Preemption is not helpful for scheduling"
    : "No preemption victims found for incoming pod";
  return `${none} ${reasons.join(", ")}. no new claims to deallocate, preemption: ${none} 1 ${preemption}.`;
}

const unselected: Refusal = { reasons: ["node(s) didn't match Pod's node affinity/selector"], hopeless: true };

/** Whether the pod may be on the node, if there is room. */
export function suits(pod: Pod, node: Node): boolean {
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const isLiked =
    required?.nodeSelectorTerms.some(
      ({ matchExpressions = [], matchFields = [] }) =>
        matchExpressions.length + matchFields.length > 0 &&
        selects({ matchExpressions }, node.metadata.labels) &&
        selects({ matchExpressions: matchFields }, { "metadata.name": node.metadata.name }),
    ) ?? true;
  return isLiked && hasLabels(node.metadata.labels, pod.spec.nodeSelector ?? {});
}

function insufficient(pod: Pod, node: Node, running: readonly Pod[]): Refusal | undefined {
  const wanted = podRequests(pod);
  const total = allocatable(node);
  const taken = running.map(podRequests).reduce(add, nothing);
  const short = (["pods", "cpu", "memory"] as const).filter(
    (resource) => wanted[resource] > 0 && wanted[resource] > total[resource] - taken[resource],
  );
  if (short.length === 0) return undefined;
  return {
    reasons: short.map((resource) => (resource === "pods" ? "Too many pods" : `Insufficient ${resource}`)),
    hopeless: short.some((resource) => resource !== "pods" && wanted[resource] > total[resource]),
  };
}
