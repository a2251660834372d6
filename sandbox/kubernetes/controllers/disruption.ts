import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { controllerOf } from "./cluster.ts";
import { updatedCondition } from "./conditions.ts";
import { changesOf } from "./controller.ts";
import type { Controller } from "./controller.ts";
import { sum } from "./counts.ts";
import { deploymentKind, podKind, replicaSetKind } from "./kinds.ts";
import type { Condition, Kind, LabelSelector, Pod } from "./kinds.ts";
import { selects } from "../label-selector.ts";
import { isActive, isReady } from "./pods.ts";
import { keyOf } from "./store.ts";
import { timestamp } from "../timestamp.ts";

export interface DisruptionBudget extends KubernetesObject {
  spec: { selector?: LabelSelector; minAvailable?: number | string; maxUnavailable?: number | string };
  status?: BudgetStatus;
}

interface BudgetStatus {
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

const budgetKind: Kind<DisruptionBudget> = {
  group: "policy",
  version: "v1",
  kind: "PodDisruptionBudget",
  plural: "poddisruptionbudgets",
  namespaced: true,
};

/** Counts how many pods may be evicted under each PodDisruptionBudget. */
export const disruptionController: Controller = {
  name: "controllermanager",
  async prepare({ cluster }) {
    const [budgets, pods, replicaSets, deployments] = await Promise.all([
      cluster.store(budgetKind),
      cluster.store(podKind),
      cluster.store(replicaSetKind),
      cluster.store(deploymentKind),
    ]);

    /** How many pods the owners want in all; a pod without a known owner wants itself. */
    function wantedBy(owned: readonly Pod[]): number {
      const wishes = new Map<string, number>();
      for (const pod of owned) {
        const { namespace = "", name } = pod.metadata;
        const owner = controllerOf(pod);
        const replicaSet = replicaSets.get(`${namespace}/${owner?.name ?? ""}`);
        const above = replicaSet && deployments.get(`${namespace}/${controllerOf(replicaSet)?.name ?? ""}`);
        const wisher = above ?? replicaSet;
        wishes.set(wisher?.metadata.uid ?? name, wisher === undefined ? 1 : (wisher.spec.replicas ?? 1));
      }
      return sum([...wishes.values()], (wish) => wish);
    }

    async function reconcile(key: string): Promise<undefined> {
      const budget = budgets.get(key);
      if (budget === undefined || budget.metadata.deletionTimestamp !== undefined) return;
      const { selector } = budget.spec;
      const picked = pods
        .list(budget.metadata.namespace)
        .filter(({ metadata }) => selector && selects(selector, metadata.labels));
      const status = budgetStatus({ budget, pods: picked, wanted: wantedBy(picked), now: new Date() });
      await cluster.replaceStatus(budgetKind, budget, status);
    }

    return {
      sources: [
        changesOf(budgets, (budget) => [keyOf(budget)]),
        changesOf(pods, ({ metadata }) => budgets.list(metadata.namespace).map(keyOf)),
        changesOf(deployments, ({ metadata }) => budgets.list(metadata.namespace).map(keyOf)),
      ],
      reconcile,
    };
  },
};
