import type { Json } from "../../../src/kubernetes/object.ts";
import { difference, intersection, union, withNamedParents, type FieldSet } from "./field-set.ts";
import type { Managers } from "./managers.ts";
import { removeFields } from "./remove.ts";
import { toFieldSet } from "./to-set.ts";
import type { Type } from "./type.ts";

export interface PruneRequest {
  readonly type: Type;
  readonly merged: Json;
  /** All managers, the applying one with its new set. */
  readonly managers: Managers;
  /** What the applying manager owned before. */
  readonly last: FieldSet;
  /** What it applies now. */
  readonly current: FieldSet;
}

/** Removes what the manager applied last time and does not now, unless another manager owns it or something below it. */
export function prune({ type, merged, managers, last, current }: PruneRequest): Json {
  if (difference(last, current).size === 0) return merged;
  const named = (set: FieldSet): FieldSet => withNamedParents(set, type);
  const mergedSet = named(toFieldSet(type, merged));
  const keptWithout = (removed: FieldSet): FieldSet => named(toFieldSet(type, removeFields(type, merged, removed)));

  const withoutLast = keptWithout(named(last));
  let owned: FieldSet = current;
  for (const manager of managers.values()) owned = union(owned, manager.set);
  // Removing a parent took the fields of others along: they come back.
  const withOwned = keptWithout(difference(mergedSet, union(withoutLast, named(owned))));
  // And so did fields that nobody owns: only what the manager owned itself goes.
  return removeFields(type, merged, intersection(difference(mergedSet, withOwned), named(last)));
}
