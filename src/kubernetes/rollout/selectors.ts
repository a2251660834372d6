import type { KubernetesObject } from "../object.ts";
import { fieldsOf, specOf } from "../readiness/objects.ts";

/** Beyond this the URL gets long; then everything in the namespace is watched. */
const mostValues = 30;

/** What narrows a watch of objects that are known by name. */
export function selectByName(objects: readonly KubernetesObject[]): { readonly fieldSelector?: string } {
  const [only, ...others] = objects;
  return only === undefined || others.length > 0 ? {} : { fieldSelector: `metadata.name=${only.metadata.name}` };
}

/** What narrows a watch of the pods (and ReplicaSets) of some workloads: a label that all of them select by, where there is one. */
export function selectByLabels(workloads: readonly KubernetesObject[]): { readonly labelSelector?: string } {
  const all = workloads.map(labelsSelectedBy);
  const [first = {}] = all;
  for (const key of Object.keys(first)) {
    const values = new Set(all.map((labels) => labels[key]));
    if (values.size <= mostValues && [...values].every((value) => typeof value === "string")) {
      return { labelSelector: `${key} in (${[...values].join(",")})` };
    }
  }
  return {};
}

/** A ReplicationController's selector is the map itself. */
function labelsSelectedBy(workload: KubernetesObject): Readonly<Record<string, unknown>> {
  const selector = fieldsOf(specOf(workload).selector);
  return workload.kind === "ReplicationController" ? selector : fieldsOf(selector.matchLabels);
}
