import { findCondition } from "../conditions.ts";
import type { Node, Pod } from "../kinds.ts";
import { hasLabels, selects } from "../../label-selector.ts";
import { add, allocatable, nothing, podRequests } from "../../pod-requests.ts";
import type { Amounts } from "../../pod-requests.ts";

/** A node and what the pods on it have asked for together. */
export interface Candidate {
  readonly node: Node;
  readonly taken: Amounts;
}

export type Decision =
  | { readonly fits: true; readonly nodeName: string }
  /** `message` is worded as Kubernetes' scheduler words it. */
  | { readonly fits: false; readonly message: string };

/** Why a node will not do. `hopeless` is what no eviction of other pods could change. */
interface Refusal {
  readonly reasons: readonly string[];
  readonly hopeless: boolean;
}

/** The sums of what the pods of each node ask for. */
export function candidates(nodes: readonly Node[], pods: readonly Pod[]): Candidate[] {
  return nodes.map((node) => ({
    node,
    taken: pods
      .filter((pod) => pod.spec.nodeName === node.metadata.name)
      .map(podRequests)
      .reduce(add, nothing),
  }));
}

/** Chooses the node that stays the emptiest of those the pod fits on, or says why there is none. */
export function schedule(pod: Pod, nodes: readonly Candidate[]): Decision {
  const results = nodes.map((candidate) => ({ candidate, refusal: refusalOf(pod, candidate) }));
  const fitting = results.filter(({ refusal }) => refusal === undefined).map(({ candidate }) => candidate);
  const [best] = fitting.sort((a, b) => fullness(a) - fullness(b));
  if (best !== undefined) return { fits: true, nodeName: best.node.metadata.name };
  if (nodes.length === 0) return { fits: false, message: "no nodes available to schedule pods" };
  const refusals = results.flatMap(({ refusal }) => refusal ?? []);
  const reasons = histogram(refusals.flatMap((refusal) => refusal.reasons));
  const preemption = histogram(refusals.map(({ hopeless }) => (hopeless ? notHelpful : noVictims)));
  const none = `0/${nodes.length} nodes are available:`;
  return {
    fits: false,
    message: `${none} ${reasons}. no new claims to deallocate, preemption: ${none} ${preemption}.`,
  };
}

const notHelpful = "Preemption is not helpful for scheduling";
const noVictims = "No preemption victims found for incoming pod";

function histogram(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Array.from(counts, ([word, count]) => `${count} ${word}`)
    .sort()
    .join(", ");
}

function fullness({ node, taken }: Candidate): number {
  const { cpu, memory } = allocatable(node);
  return taken.cpu / (cpu || 1) + taken.memory / (memory || 1);
}

/** The first filter that refuses speaks, in the order Kubernetes asks them. */
function refusalOf(pod: Pod, candidate: Candidate): Refusal | undefined {
  return untolerated(pod, candidate.node) ?? unselected(pod, candidate.node) ?? insufficient(pod, candidate);
}

function untolerated(pod: Pod, node: Node): Refusal | undefined {
  const marks = [
    ...(node.spec.unschedulable === true ? [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] : []),
    ...(findCondition(node.status?.conditions, "Ready")?.status === "True"
      ? []
      : [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }]),
    ...(node.spec.taints ?? []).filter(({ effect }) => effect === "NoSchedule" || effect === "NoExecute"),
  ];
  const mark = marks.find((taint) => !tolerates(pod, taint));
  if (mark === undefined) return undefined;
  const reason =
    mark.key === "node.kubernetes.io/unschedulable"
      ? "node(s) were unschedulable"
      : `node(s) had untolerated taint {${mark.key}: ${("value" in mark && mark.value) || ""}}`;
  return { reasons: [reason], hopeless: true };
}

function tolerates(pod: Pod, taint: { key: string; value?: string; effect: string }): boolean {
  return (pod.spec.tolerations ?? []).some(
    ({ key, operator = "Equal", value = "", effect }) =>
      (effect === undefined || effect === taint.effect) &&
      (key === undefined ? operator === "Exists" : key === taint.key) &&
      (operator === "Exists" || value === (taint.value ?? "")),
  );
}

/** Whether the pod may be on the node, if there is room. */
export function suits(pod: Pod, node: Node): boolean {
  return untolerated(pod, node) === undefined && unselected(pod, node) === undefined;
}

function unselected(pod: Pod, node: Node): Refusal | undefined {
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const isLiked =
    required?.nodeSelectorTerms.some(
      ({ matchExpressions = [], matchFields = [] }) =>
        matchExpressions.length + matchFields.length > 0 &&
        selects({ matchExpressions }, node.metadata.labels) &&
        selects({ matchExpressions: matchFields }, { "metadata.name": node.metadata.name }),
    ) ?? true;
  if (isLiked && hasLabels(node.metadata.labels, pod.spec.nodeSelector ?? {})) return undefined;
  return { reasons: ["node(s) didn't match Pod's node affinity/selector"], hopeless: true };
}

function insufficient(pod: Pod, { node, taken }: Candidate): Refusal | undefined {
  const wanted = podRequests(pod);
  const total = allocatable(node);
  const short = (["pods", "cpu", "memory"] as const).filter(
    (resource) => wanted[resource] > 0 && wanted[resource] > total[resource] - taken[resource],
  );
  if (short.length === 0) return undefined;
  return {
    reasons: short.map((resource) => (resource === "pods" ? "Too many pods" : `Insufficient ${resource}`)),
    hopeless: short.some((resource) => resource !== "pods" && wanted[resource] > total[resource]),
  };
}
