import { schedulingCause } from "../../readiness/kubelet-words.ts";
import { conditionOf } from "../../readiness/objects.ts";
import type { Pod } from "../../readiness/objects.ts";
import { formatAmount, requestOf } from "../amounts.ts";
import { specsOf } from "../facts.ts";
import type { Cause, Facts } from "../facts.ts";
import type { FieldHint } from "../field.ts";
import { absent } from "./configuration.ts";

/** The resources that the scheduler finds too little of, by its message. */
export function lackingResources(message: string): readonly string[] {
  return [...message.matchAll(/Insufficient ([\w./-]*\w)/g)].map(([, resource = ""]) => resource);
}

/** Why no node takes the pod: what it asks for and what there is, or which rule keeps it away. */
export function noNode(facts: Facts): Cause | undefined {
  const { pod } = facts;
  if (pod === undefined) return undefined;
  const words = schedulingCause(conditionOf(pod, "PodScheduled")?.message ?? "");
  const lacking = lackingResources(words);
  if (lacking.length > 0) return tooLittle(facts, { pod, words, lacking });
  const missing = absent({ ...facts, events: [] });
  if (missing !== undefined) return missing;
  const cause = `no node takes pod ${pod.metadata.name}: ${words}`;
  if (/affinity|selector/.test(words)) {
    const field = Object.keys(pod.spec?.nodeSelector ?? {}).length > 0 ? ["nodeSelector"] : ["affinity"];
    return { cause, remedy: "Check nodeSelector and affinity against the labels of the nodes.", field };
  }
  if (words.includes("taint")) {
    return { cause, remedy: "Add a toleration for the taint, or use other nodes.", field: ["tolerations"] };
  }
  return { cause };
}

function tooLittle(
  { mostFree }: Facts,
  { pod, words, lacking }: { readonly pod: Pod; readonly words: string; readonly lacking: readonly string[] },
): Cause {
  const each = lacking.map((resource) => {
    const free = mostFree?.get(resource);
    const most =
      free === undefined ? "" : `, and the most that is free is ${formatAmount(resource, free.milli)} on ${free.node}`;
    return `it asks for ${resource}: ${formatAmount(resource, requestOf(pod, resource))}${most}`;
  });
  return {
    cause: `no node has enough ${lacking.join(" and ")} free for pod ${pod.metadata.name} (${each.join("; ")}): ${words}`,
    remedy: "Ask for less in resources.requests, or add nodes or larger ones to the cluster.",
    field: greediest(pod, lacking[0] ?? ""),
  };
}

/** The request of the container that asks for the most. */
function greediest(pod: Pod, resource: string): FieldHint {
  const asking = specsOf(pod)
    .map((spec) => ({ name: spec.name, milli: requestOf({ spec: { containers: [spec] } }, resource) }))
    .sort((a, b) => b.milli - a.milli)[0];
  const list =
    pod.spec?.initContainers?.some(({ name }) => name === asking?.name) === true ? "initContainers" : "containers";
  return [list, { name: asking?.name }, "resources", "requests", resource];
}
