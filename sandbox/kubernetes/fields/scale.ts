import type { KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";
import { difference, has, setOfPaths } from "./field-set.ts";
import { readManagers, writeManagers, type Manager, type Managers } from "./managers.ts";

export interface ScaleRequest {
  /** The scaled object as it is; its spec.replicas is the old number. */
  readonly live: KubernetesObject;
  readonly replicas: number;
  readonly manager: string;
}

const replicas = setOfPaths([["spec", "replicas"]]);
const replicasPath = ["f:spec", "f:replicas"];

/**
 * The managedFields of an object whose replicas are set through its scale subresource. As the server does it: a number that
 * nobody owned stays without an owner, so does a zero, which a Scale leaves out; and the number moves out of an updater's
 * entry into one of its own, which has no time.
 */
export function updateThroughScale({ live, replicas: number, manager }: ScaleRequest): ManagedFieldsEntry[] {
  const isChanged = replicasOf(live) !== number;
  const result: Managers = new Map();
  let isOwned = false;
  for (const [id, entry] of readManagers(live)) {
    const owns = has(entry.set, replicasPath);
    const keeps = !owns || (entry.operation === "Apply" && !isChanged);
    const set = keeps ? entry.set : difference(entry.set, replicas);
    if (set.size > 0) result.set(id, { ...entry, set });
    if (!keeps && !isChanged) result.set(`scale of ${id}`, { ...withoutTime(entry), set: replicas });
    isOwned ||= owns;
  }
  if (isChanged && isOwned && number !== 0) result.set("scale", { ...scaler(live, manager), set: replicas });
  return writeManagers(result);
}

function withoutTime({ time: _, ...manager }: Manager): Manager {
  return manager;
}

function scaler(live: KubernetesObject, name: string): Omit<Manager, "set"> {
  return { name: name || "unknown", operation: "Update", apiVersion: live.apiVersion, subresource: "scale" };
}

function replicasOf({ spec }: KubernetesObject): unknown {
  return typeof spec === "object" && spec !== null && "replicas" in spec ? spec.replicas : undefined;
}
