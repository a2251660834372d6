import type { KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";
import { difference, has, setOfPaths } from "./field-set.ts";
import { managerId, readManagers, writeManagers, type Manager, type Managers } from "./managers.ts";

export interface ScaleRequest {
  /** The scaled object as it is; its spec.replicas is the old number. */
  readonly live: KubernetesObject;
  readonly replicas: number;
  readonly manager: string;
}

const replicas = setOfPaths([["spec", "replicas"]]);
const replicasPath = ["f:spec", "f:replicas"];

/**
 * The managedFields of an object whose replicas are set through its scale subresource. There the number has an owner only
 * while it is not zero, which a Scale leaves out. The server carries owners between the two objects in a way that takes the
 * number from an updater's entry and gives it one of its own, without a time.
 */
export function updateThroughScale({ live, replicas: number, manager }: ScaleRequest): ManagedFieldsEntry[] {
  const isChanged = replicasOf(live) !== number;
  const result: Managers = new Map();
  for (const [id, entry] of readManagers(live)) {
    const keeps = !has(entry.set, replicasPath) || (entry.operation === "Apply" && !isChanged);
    const set = keeps ? entry.set : difference(entry.set, replicas);
    if (set.size > 0) result.set(id, { ...entry, set });
  }
  if (isChanged && number !== 0) {
    const owner = scaler(live, manager);
    result.set(`scale:${managerId(owner)}`, { ...owner, set: replicas });
  }
  return writeManagers(result);
}

function scaler(live: KubernetesObject, name: string): Omit<Manager, "set"> {
  return { name: name || "unknown", operation: "Update", apiVersion: live.apiVersion, subresource: "scale" };
}

function replicasOf({ spec }: KubernetesObject): unknown {
  return typeof spec === "object" && spec !== null && "replicas" in spec ? spec.replicas : undefined;
}
