import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { compare, type Comparison } from "./compare.ts";
import { emptyObject } from "./decode.ts";
import { difference, intersection, recursiveDifference, setOfPaths, union, type FieldSet } from "./field-set.ts";
import { asJson, type JsonMap } from "./json.ts";
import type { Managers } from "./managers.ts";
import type { Type } from "./type.ts";

/** What the server itself writes into metadata, and who an object is: nobody owns these. */
const bookkeeping =
  "name namespace creationTimestamp selfLink uid clusterName generation managedFields resourceVersion";
const unowned = setOfPaths([
  ["apiVersion"],
  ["kind"],
  ["metadata"],
  ...bookkeeping.split(" ").map((name) => ["metadata", name]),
]);

export const withoutUnowned = (set: FieldSet): FieldSet => difference(set, unowned);

/** Paths that an endpoint resets, such as "status" or "metadata.labels", as a set. */
export const resetSet = (fields: readonly string[] | undefined): FieldSet =>
  setOfPaths((fields ?? []).map((field) => field.split(".")));

/** What is compared of an object: all of it but who owns what. A new object starts as the server's empty one. */
export function content(type: Type, object: KubernetesObject | undefined): JsonMap {
  if (object === undefined) return emptyObject(type);
  const { managedFields: _, ...metadata } = object.metadata;
  return asJson({ ...object, metadata });
}

export interface Change {
  readonly type: Type;
  readonly before: Json;
  readonly after: Json;
  /** What the endpoint resets, and so does not count as changed. */
  readonly reset: FieldSet;
}

export function changesOf({ type, before, after, reset }: Change): Comparison {
  const all = compare(type, before, after);
  return {
    removed: recursiveDifference(all.removed, reset),
    modified: recursiveDifference(all.modified, reset),
    added: recursiveDifference(all.added, reset),
  };
}

/** Which fields of each manager but `self` the change sets to another value. */
export function conflictsOf(managers: Managers, change: Comparison, self: string): Map<string, FieldSet> {
  const set = union(change.modified, change.added);
  const conflicts = new Map<string, FieldSet>();
  for (const [id, manager] of managers) {
    const conflict = id === self ? undefined : intersection(manager.set, set);
    if (conflict !== undefined && conflict.size > 0) conflicts.set(id, conflict);
  }
  return conflicts;
}

/** Every manager but `self` loses what the change sets or removes; one that has nothing left is gone. */
export function giveUp(managers: Managers, change: Comparison, self: string): Managers {
  const lost = union(union(change.modified, change.added), change.removed);
  const result: Managers = new Map();
  for (const [id, manager] of managers) {
    const set = id === self ? manager.set : difference(manager.set, lost);
    if (set.size > 0) result.set(id, { ...manager, set });
  }
  return result;
}
