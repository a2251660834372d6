import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { goPlain } from "./go-format.ts";
import { sameJson } from "../json.ts";
import { asJson, asObject, isMap, mapOf, own, type JsonMap } from "./json.ts";
import { Rejection } from "./rejection.ts";
import type { Field, Type } from "./type.ts";

/**
 * A strategic merge patch of a built-in kind: maps are merged, lists replaced or merged by key as the schema says, and the
 * directives `$patch`, `$retainKeys`, `$deleteFromPrimitiveList/…` and `$setElementOrder/…` obeyed. Throws a Rejection for a
 * patch that makes no sense: 400 for a bad directive, 500 for a list item without its key.
 */
export function strategicMergePatch(type: Type, target: KubernetesObject, patch: Json): KubernetesObject {
  if (!isMap(patch)) throw badPatch("invalid JSON document");
  return asObject(mergeMap(type, asJson(target), patch));
}

const directive = "$patch";
const retainKeys = "$retainKeys";
const deletions = "$deleteFromPrimitiveList/";
const elementOrder = "$setElementOrder/";

const badPatch = (message: string): Rejection => new Rejection(400, message, { reason: "BadRequest" });

function mergeMap(type: Type | undefined, target: JsonMap, patch: JsonMap): JsonMap {
  const command = own(patch, directive);
  if (command !== undefined) return obeyDirective(command, patch);
  const result = new Map(Object.entries(retain(target, patch)));
  for (const [key, value] of Object.entries(patch)) {
    if (key === retainKeys || key.startsWith(elementOrder)) continue;
    if (key.startsWith(deletions)) deleteItems(result, key.slice(deletions.length), value);
    else setKey(result, key, mergeField(fieldOf(type, key), result.get(key), value));
  }
  reorder(type, result, { target, patch });
  return mapOf(result);
}

function setKey(map: Map<string, Json>, key: string, value: Json | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function obeyDirective(command: Json, patch: JsonMap): JsonMap {
  const { [directive]: _, ...rest } = patch;
  switch (command) {
    case "replace":
      return rest;
    case "delete":
      return {};
    default:
      throw new Rejection(500, `unknown patch type: ${goPlain(command)} in map: ${goPlain(patch)}`);
  }
}

/** The target with only the keys that `$retainKeys` names, where the patch has one. */
function retain(target: JsonMap, patch: JsonMap): JsonMap {
  const kept = own(patch, retainKeys);
  if (kept === undefined) return target;
  const isKept = (key: string): boolean => Array.isArray(kept) && kept.includes(key);
  const set = Object.keys(patch).filter((key) => !key.startsWith("$") && patch[key] !== null);
  if (!Array.isArray(kept) || !set.every(isKept)) throw badPatch("invalid patch format of retainKeys");
  return mapOf(Object.entries(target).filter(([key]) => isKept(key)));
}

function deleteItems(map: Map<string, Json>, key: string, items: Json): void {
  const list = map.get(key);
  if (list === undefined) return;
  if (!Array.isArray(items) || !Array.isArray(list)) throw badPatch("invalid patch format of primitive list");
  map.set(
    key,
    list.filter((item) => !items.some((deleted) => sameJson(deleted, item))),
  );
}

/** A field of a struct, or of anything that a map holds. */
function fieldOf(type: Type | undefined, key: string): Field | undefined {
  const field = type?.map?.fields.get(key);
  const rest = type?.map?.rest;
  return field ?? (rest === undefined ? undefined : { type: rest, presence: "kept" });
}

function mergeField(field: Field | undefined, target: Json | undefined, patch: Json): Json | undefined {
  if (patch === null) return undefined;
  if (isMap(target) && isMap(patch)) {
    return field?.patch?.replace === true ? patch : mergeMap(field?.type, target, patch);
  }
  if (Array.isArray(target) && Array.isArray(patch)) {
    return field?.patch?.merge === true ? mergeList(field, target, patch) : patch;
  }
  return newValue(patch);
}

/** What a patch says where there was nothing, or something of another kind: itself, without nulls and directives. */
function newValue(patch: Json): Json | undefined {
  if (Array.isArray(patch)) return patch.map(newValue).filter((item) => item !== undefined);
  if (!isMap(patch)) return patch;
  if (own(patch, directive) !== undefined) return undefined;
  const entries = Object.entries(patch).filter(([, value]) => value !== null);
  return mapOf(entries.map(([key, value]): [string, Json | undefined] => [key, newValue(value)]));
}

function mergeList(field: Field, target: readonly Json[], patch: readonly Json[]): Json[] {
  const key = field.patch?.mergeKey;
  const isOfMaps = isMap(target[0] ?? patch[0]);
  if (!isOfMaps) return inOrder([...union(target, patch)], { first: patch, live: target, key: undefined });
  if (key === undefined) throw new Rejection(500, `cannot merge lists without merge key for ${field.type.name ?? ""}`);
  const items = patch.filter((item) => !isMap(item) || own(item, directive) === undefined);
  const commands = patch.filter((item) => !items.includes(item)).filter(isMap);
  const isReplaced = commands.some((item) => item[directive] === "replace");
  const left = target.filter((item) => !commands.some((command) => isDeletedBy(command, item, key)));
  if (isReplaced) return items;
  const merged = [...left];
  for (const item of items) {
    const value = keyOf(item, key);
    const at = merged.findIndex((other) => isMap(other) && sameJson(own(other, key) ?? null, value));
    const other = merged[at];
    if (isMap(other) && isMap(item)) merged[at] = mergeMap(field.type.list?.items, other, item);
    else merged.push(item);
  }
  return inOrder(merged, { first: items, live: left, key });
}

function isDeletedBy(command: JsonMap, item: Json, key: string): boolean {
  switch (command[directive]) {
    case "delete":
      return isMap(item) && sameJson(own(item, key) ?? null, keyOf(command, key));
    case "replace":
      return false;
    case "merge":
      throw new Rejection(500, "merging lists cannot yet be specified in the patch");
    default:
      throw new Rejection(
        500,
        `unknown patch type: ${goPlain(command[directive] ?? null)} in map: ${goPlain(command)}`,
      );
  }
}

function keyOf(item: Json, key: string): Json {
  const value = isMap(item) ? own(item, key) : undefined;
  if (value !== undefined) return value;
  throw new Rejection(500, `map: ${goPlain(item)} does not contain declared merge key: ${key}`);
}

function* union(target: readonly Json[], patch: readonly Json[]): Generator<Json> {
  yield* target;
  for (const item of patch) if (!target.some((other) => sameJson(item, other))) yield item;
}

interface Order {
  /** Items that the patch names, in its order. */
  readonly first: readonly Json[];
  /** Items as they stood before. */
  readonly live: readonly Json[];
  /** What makes two items the same; undefined for scalars. */
  readonly key: string | undefined;
}

/**
 * The items the patch names in its order, and each other item before the first of these that it stood before. So an item that
 * is new comes before all that are not named.
 */
function inOrder(items: readonly Json[], { first, live, key }: Order): Json[] {
  const place = (list: readonly Json[], item: Json): number =>
    list.findIndex((other) =>
      key === undefined || !isMap(item) || !isMap(other)
        ? sameJson(item, other)
        : sameJson(own(item, key) ?? null, own(other, key) ?? null),
    );
  const named = items.filter((item) => place(first, item) >= 0).sort((a, b) => place(first, a) - place(first, b));
  const others = items.filter((item) => place(first, item) < 0);
  const result: Json[] = [];
  for (const item of named) {
    const before = place(live, item);
    while (others[0] !== undefined && place(live, others[0]) < before) result.push(...others.splice(0, 1));
    result.push(item);
  }
  return [...result, ...others];
}

function reorder(type: Type | undefined, result: Map<string, Json>, o: { target: JsonMap; patch: JsonMap }): void {
  for (const [order, first] of Object.entries(o.patch)) {
    if (!order.startsWith(elementOrder)) continue;
    const key = order.slice(elementOrder.length);
    const items = result.get(key);
    const live = own(o.target, key) ?? [];
    if (!Array.isArray(first) || !Array.isArray(live)) throw badPatch("invalid patch format of setElementOrder list");
    const mergeKey = fieldOf(type, key)?.patch?.mergeKey;
    if (Array.isArray(items)) result.set(key, inOrder(items, { first, live, key: mergeKey }));
  }
}
