import type { V1Pod, V1PodDisruptionBudget, V1PodStatus } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Core } from "./core.ts";
import { parseObject } from "./decode.ts";
import { deleteObject } from "./delete.ts";
import type { Draft, Loose } from "./kinds/rules.ts";
import { selects } from "../label-selector.ts";
import { existing } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { conflict, Refusal, required, invalid } from "./status.ts";
import { writeOptions } from "./write-options.ts";

const done = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };

/** `pods/NAME/binding`: how a scheduler puts a pod on a node. */
export function bindPod(core: Core, call: Call, target: Target): Answer {
  const { dryRun } = writeOptions(call, "CreateOptions");
  const pod = existing(core, target) as Draft<V1Pod> & KubernetesObject;
  const { target: node } = parseObject(call, "Binding") as { target?: { name?: string } };
  const nodeName = node?.name ?? "";
  if (nodeName === "") throw invalid({ group: "", name: "Binding" }, target.name, [required("target.name")]);
  if (pod.spec?.nodeName) {
    throw conflict(
      { group: "", name: "pods/binding" },
      target.name,
      `pod ${target.name} is already assigned to node "${pod.spec.nodeName}"`,
    );
  }
  const scheduled = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: core.now() };
  const others = (pod.status?.conditions ?? []).filter((condition) => condition.type !== "PodScheduled");
  const bound = {
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: [...others, scheduled] },
  };
  if (!dryRun) core.store.put(target.resource.storage, bound);
  return { code: 201, json: done };
}

/** `pods/NAME/eviction`: a deletion that a PodDisruptionBudget may refuse. */
export function evictPod(core: Core, call: Call, target: Target): Answer {
  const { dryRun } = writeOptions(call, "CreateOptions");
  const pod = existing(core, target);
  const { deleteOptions } = parseObject(call, "Eviction") as { deleteOptions?: object };
  const isReady = (pod.status as Loose<V1PodStatus> | undefined)?.conditions?.some(
    (c) => c.type === "Ready" && c.status === "True",
  );
  if (isReady === true) spendBudget(core, pod.metadata, dryRun);
  deleteObject(core, { ...call, body: JSON.stringify(deleteOptions ?? {}) }, target);
  return { code: 201, json: done };
}

const budgets = "policy/poddisruptionbudgets";

function spendBudget(core: Core, pod: KubernetesObject["metadata"], dryRun: boolean): void {
  for (const found of core.store.list(budgets, pod.namespace)) {
    const budget = found as Draft<V1PodDisruptionBudget> & KubernetesObject;
    const selector = budget.spec?.selector;
    if (selector === undefined || !selects(selector, pod.labels)) continue;
    const { disruptionsAllowed = 0, desiredHealthy = 0, currentHealthy = 0 } = budget.status ?? {};
    if (disruptionsAllowed <= 0) throw overBudget(budget.metadata.name, desiredHealthy, currentHealthy);
    // Spent at once, so that two evictions in a row cannot both use it; the controller counts again.
    if (!dryRun)
      core.store.put(budgets, { ...budget, status: { ...budget.status, disruptionsAllowed: disruptionsAllowed - 1 } });
  }
}

function overBudget(name: string, desired: number, current: number): Refusal {
  const message = `The disruption budget ${name} needs ${desired} healthy pods and has ${current} currently`;
  return new Refusal({
    code: 429,
    reason: "TooManyRequests",
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: "DisruptionBudget", message }] },
  });
}
