import { updatedCondition } from "../conditions.ts";
import type { Condition, LabelSelector, Pod } from "../kinds.ts";
import { isActive, isReady } from "../pods.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { timestamp } from "../../timestamp.ts";

export interface DisruptionBudget extends KubernetesObject {
  spec: { selector?: LabelSelector; minAvailable?: number | string; maxUnavailable?: number | string };
  status?: BudgetStatus;
}

export interface BudgetStatus {
  currentHealthy: number;
  desiredHealthy: number;
  disruptionsAllowed: number;
  expectedPods: number;
  observedGeneration?: number;
  conditions?: Condition[];
}

/** What a budget still allows. `wanted` is how many pods the owners of its pods want in all. */
export function budgetStatus(o: {
  readonly budget: DisruptionBudget;
  readonly pods: readonly Pod[];
  readonly wanted: number;
  readonly now: Date;
}): BudgetStatus {
  const { budget, wanted } = o;
  const { minAvailable, maxUnavailable } = budget.spec;
  const pods = o.pods.filter(isActive);
  const currentHealthy = pods.filter(isReady).length;
  const expectedPods = typeof minAvailable === "number" ? pods.length : wanted;
  const desiredHealthy =
    maxUnavailable === undefined
      ? scaled(minAvailable ?? 1, wanted)
      : Math.max(0, wanted - scaled(maxUnavailable, wanted));
  const disruptionsAllowed = expectedPods === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  const isAllowed = disruptionsAllowed > 0;
  const condition: Condition = {
    type: "DisruptionAllowed",
    status: isAllowed ? "True" : "False",
    observedGeneration: budget.metadata.generation ?? 0,
    lastTransitionTime: timestamp(o.now),
    reason: isAllowed ? "SufficientPods" : "InsufficientPods",
    message: "",
  };
  return {
    conditions: updatedCondition(budget.status?.conditions ?? [], condition),
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed,
    expectedPods,
    observedGeneration: budget.metadata.generation ?? 0,
  };
}

/** Percentages are rounded up, for both kinds of bound. */
function scaled(value: number | string, total: number): number {
  return typeof value === "number" ? value : Math.ceil((Number(value.replace("%", "")) * total) / 100);
}
