import { updatedCondition } from "../conditions.ts";
import type { Condition, Namespace } from "../kinds.ts";
import { timestamp } from "../../timestamp.ts";

/** What is left of a namespace's content after a deletion was asked for. */
export interface Remains {
  /** `deployments.apps`; `pods.` of the core group. */
  readonly resource: string;
  readonly count: number;
  readonly finalizers: readonly string[];
}

/** The conditions of a namespace that is going, worded as Kubernetes words them. */
export function deletionConditions(namespace: Namespace, remains: readonly Remains[], now: Date): Condition[] {
  const time = timestamp(now);
  return conditionsOf(remains)
    .map((condition): Condition => ({ ...condition, lastTransitionTime: time }))
    .reduce<Condition[]>(updatedCondition, namespace.status?.conditions ?? []);
}

function conditionsOf(remains: readonly Remains[]): Condition[] {
  const left = remains.filter(({ count }) => count > 0);
  const resources = left.map(({ resource, count }) => `${resource} has ${count} resource instances`);
  const finalizers = new Map<string, number>();
  for (const name of left.flatMap((each) => each.finalizers)) finalizers.set(name, (finalizers.get(name) ?? 0) + 1);
  const held = Array.from(finalizers, ([name, count]) => `${name} in ${count} resource instances`).sort();
  return [
    fine("NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered"),
    fine(
      "NamespaceDeletionGroupVersionParsingFailure",
      "ParsedGroupVersions",
      "All legacy kube types successfully parsed",
    ),
    fine(
      "NamespaceDeletionContentFailure",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ),
    resources.length === 0
      ? fine("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed")
      : {
          type: "NamespaceContentRemaining",
          status: "True",
          reason: "SomeResourcesRemain",
          message: `Some resources are remaining: ${resources.sort().join(", ")}`,
        },
    held.length === 0
      ? fine("NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished")
      : {
          type: "NamespaceFinalizersRemaining",
          status: "True",
          reason: "SomeFinalizersRemain",
          message: `Some content in the namespace has finalizers remaining: ${held.join(", ")}`,
        },
  ];
}

function fine(type: string, reason: string, message: string): Condition {
  return { type, status: "False", reason, message };
}
