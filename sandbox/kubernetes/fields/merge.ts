import type { Json } from "../../../src/kubernetes/object.ts";
import { isMap, mapOf, own, type JsonMap } from "./json.ts";
import { itemElement, type PathElement } from "./path-element.ts";
import { shapeOf, type ListType, type MapType, type Type } from "./type.ts";

/**
 * The live object with what is applied laid over it. Nothing is removed, not even by a null over a map or a list; items
 * follow the applied order, with live items left where they stand between them.
 */
export function merge(type: Type, live: Json | undefined, applied: Json | undefined): Json | undefined {
  if (live === undefined) return applied;
  if (applied === undefined) return live;
  const { map, list } = type;
  const shape = shapeOf(type, applied);
  if (shape === "map" && map !== undefined && !map.atomic && !(isEmptyMap(live) && isEmptyMap(applied))) {
    return mergeMaps(map, isMap(live) ? live : {}, isMap(applied) ? applied : {});
  }
  if (
    shape === "list" &&
    list !== undefined &&
    list.kind !== "atomic" &&
    !(isEmptyList(live) && isEmptyList(applied))
  ) {
    return mergeLists(list, Array.isArray(live) ? live : [], Array.isArray(applied) ? applied : []);
  }
  return applied;
}

const isEmptyMap = (value: Json): boolean => !isMap(value) || Object.keys(value).length === 0;

const isEmptyList = (value: Json): boolean => !Array.isArray(value) || value.length === 0;

function mergeMaps(map: MapType, live: JsonMap, applied: JsonMap): Json {
  const mergeKey = (key: string): Json | undefined => {
    const type = map.fields.get(key)?.type ?? map.rest;
    return type === undefined ? own(live, key) : merge(type, own(live, key), own(applied, key));
  };
  const keys = new Set([...Object.keys(live), ...Object.keys(applied)]);
  return mapOf([...keys].map((key) => [key, mergeKey(key)]));
}

interface Item {
  readonly element: PathElement;
  readonly value: Json;
}

/**
 * The applied items in their order; before each one that both lists have, the live items that stand before it and are not
 * applied; the live items that follow all of them last.
 */
function mergeLists(list: ListType, live: readonly Json[], applied: readonly Json[]): Json {
  const ours = itemsOf(list, live);
  const theirs = itemsOf(list, applied);
  const liveValues = new Map<PathElement, Json | undefined>();
  // Of a live item that is there twice neither is merged with: the applied one replaces both.
  for (const { element, value } of ours) liveValues.set(element, liveValues.has(element) ? undefined : value);
  const merged: Json[] = [];
  for (const { item, isApplied } of inOrder(ours, theirs)) {
    const value = isApplied ? merge(list.items, liveValues.get(item.element), item.value) : item.value;
    if (value !== undefined) merged.push(value);
  }
  return merged;
}

function* inOrder(live: readonly Item[], applied: readonly Item[]): Generator<{ item: Item; isApplied: boolean }> {
  const liveElements = new Set(live.map((item) => item.element));
  const appliedElements = new Set(applied.map((item) => item.element));
  const shared = applied.filter((item) => liveElements.has(item.element)).map((item) => item.element);
  const done = new Set<PathElement>();
  let nextLive = 0;
  let nextApplied = 0;
  while (nextLive < live.length || nextApplied < applied.length) {
    const ours = live[nextLive];
    const theirs = applied[nextApplied];
    if (ours !== undefined && !appliedElements.has(ours.element)) {
      yield { item: ours, isApplied: false };
      nextLive++;
      continue;
    }
    if (ours !== undefined && theirs !== undefined && shared[0] !== undefined && ours.element !== shared[0]) {
      // Not its turn yet: it comes where the applied list has it.
      nextLive++;
      continue;
    }
    if (ours !== undefined && (ours.element === theirs?.element || done.has(ours.element))) nextLive++;
    if (theirs === undefined) continue;
    yield { item: theirs, isApplied: true };
    done.add(theirs.element);
    nextApplied++;
    if (theirs.element === shared[0]) shared.shift();
  }
}

function itemsOf(list: ListType, values: readonly Json[]): Item[] {
  const items: Item[] = [];
  for (const value of values) {
    const found = itemElement(list, value);
    if (!("problem" in found)) items.push({ element: found.element, value });
  }
  return items;
}
