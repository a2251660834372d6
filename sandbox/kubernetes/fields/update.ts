import type { KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";
import { union } from "./field-set.ts";
import { managerId, readManagers, withManagers, type Manager, type Managers } from "./managers.ts";
import { changesOf, content, giveUp, resetSet, withoutUnowned } from "./ownership.ts";
import type { Type } from "./type.ts";

export interface UpdateRequest {
  readonly type: Type;
  /** Undefined on create. */
  readonly live: KubernetesObject | undefined;
  /** What is about to be stored, decoded and defaulted; its own managedFields, where given, replace the live ones. */
  readonly object: KubernetesObject;
  readonly manager: string;
  readonly subresource?: string;
  /** See ApplyRequest. */
  readonly resetFields?: readonly string[];
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

/** The object with the managedFields that a create, an update or a patch by `manager` leaves behind. Never throws. */
export function update(request: UpdateRequest): KubernetesObject {
  const { live, object } = request;
  const managers = managersToUpdate(request);
  // An object that nobody ever was recorded for stays so; only a new one is followed from its first field on.
  if (managers.size === 0 && live !== undefined) return withManagers(object, managers);
  return withManagers(object, recordUpdate(request, managers));
}

/** The managers after `manager` has set what is different in `object`. */
export function recordUpdate(request: UpdateRequest, managers: Managers): Managers {
  const { type, live, object, subresource, now } = request;
  const reset = resetSet(request.resetFields);
  const change = changesOf({ type, before: content(type, live), after: content(type, object), reset });
  const result = giveUp(managers, change, "");
  const set = withoutUnowned(union(change.modified, change.added));
  if (set.size === 0) return result;
  const identity: Omit<Manager, "set"> = {
    name: request.manager || "unknown",
    operation: "Update",
    apiVersion: object.apiVersion,
    ...(subresource ? { subresource } : {}),
    time: now,
  };
  const id = managerId(identity);
  const previous = result.get(id);
  return result.set(id, { ...identity, set: previous === undefined ? set : union(set, previous.set) });
}

/**
 * A client may rewrite managedFields through the main resource: an empty list, or one with an empty entry, clears them.
 * One that does not send them, or sends nonsense, does not mean to.
 */
function managersToUpdate({ live, object, subresource }: UpdateRequest): Managers {
  if (subresource) return readManagers(live);
  const given = object.metadata.managedFields;
  if (given !== undefined && isReset(given)) return new Map();
  const managers = readManagers(object);
  return managers.size === 0 ? readManagers(live) : managers;
}

function isReset(entries: readonly ManagedFieldsEntry[]): boolean {
  const [only] = entries;
  return only === undefined || (entries.length === 1 && Object.keys(only).length === 0);
}
