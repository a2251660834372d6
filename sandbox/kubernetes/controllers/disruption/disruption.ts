import { controllerOf } from "../cluster.ts";
import { changesOf } from "../controller.ts";
import type { Controller } from "../controller.ts";
import { sum } from "../counts.ts";
import { deploymentKind, podKind, replicaSetKind } from "../kinds.ts";
import type { Kind, Pod } from "../kinds.ts";
import { selects } from "../../label-selector.ts";
import { keyOf } from "../store.ts";
import { budgetStatus } from "./budget.ts";
import type { DisruptionBudget } from "./budget.ts";

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
