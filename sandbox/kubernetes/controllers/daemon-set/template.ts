import type { DaemonSet, Node, PodSpec, PodTemplate } from "../kinds.ts";

/** What every daemon bears with: it is there for the node, not the other way round. */
const tolerations: PodSpec["tolerations"] = [
  ["not-ready", "NoExecute"],
  ["unreachable", "NoExecute"],
  ["disk-pressure", "NoSchedule"],
  ["memory-pressure", "NoSchedule"],
  ["pid-pressure", "NoSchedule"],
  ["unschedulable", "NoSchedule"],
].map(([key = "", effect = ""]) => ({ key: `node.kubernetes.io/${key}`, operator: "Exists", effect }));

/** The template for the pod on one node: an affinity leaves the scheduler no other. */
export function templateFor(set: DaemonSet, hash: string, node: Node): PodTemplate {
  const { metadata = {}, spec } = set.spec.template;
  const labels = {
    ...metadata.labels,
    "controller-revision-hash": hash,
    "pod-template-generation": set.metadata.annotations?.["deprecated.daemonset.template.generation"] ?? "1",
  };
  const only = { key: "metadata.name", operator: "In", values: [node.metadata.name] };
  const { nodeAffinity = {}, ...affinity } = spec.affinity ?? {};
  const given = nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  // In place of the fields that the terms name: what is wanted of the node's labels still holds.
  const nodeSelectorTerms = given.map((term) => ({ ...term, matchFields: [only] }));
  const required = { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return {
    metadata: { ...metadata, labels },
    spec: {
      ...spec,
      affinity: { ...affinity, nodeAffinity: required },
      tolerations: [...(spec.tolerations ?? []), ...(tolerations ?? [])],
    },
  };
}
