import type { Json } from "../../../src/kubernetes/object.ts";
import { FieldSetBuilder, type FieldSet } from "./field-set.ts";
import { sameJson } from "../json.ts";
import { isMap, own } from "./json.ts";
import { fieldElement, itemElement, type PathElement } from "./path-element.ts";
import { shapeOf, type ListType, type MapType, type Shape, type Type } from "./type.ts";

/** How two objects differ. No field is in more than one of the sets. */
export interface Comparison {
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  readonly added: FieldSet;
}

export function compare(type: Type, before: Json, after: Json): Comparison {
  const walk = new ComparisonWalk();
  walk.compare(type, before, after);
  return { removed: walk.removed.build(), modified: walk.modified.build(), added: walk.added.build() };
}

type Maybe = Json | undefined;

class ComparisonWalk {
  readonly removed = new FieldSetBuilder();
  readonly modified = new FieldSetBuilder();
  readonly added = new FieldSetBuilder();
  readonly #path: PathElement[] = [];

  compare(type: Type, before: Maybe, after: Maybe): void {
    if (before === after) return;
    const shapes = new Set<Shape>();
    if (before !== undefined) shapes.add(shapeOf(type, before));
    if (after !== undefined) shapes.add(shapeOf(type, after));
    let isLeaf = false;
    for (const shape of shapes) isLeaf = this.#shape(type, { shape, before, after });
    if (isLeaf) return;
    if (before === undefined) this.added.add(this.#path);
    else if (after === undefined) this.removed.add(this.#path);
  }

  /** True when the value was compared as one, and is not to be looked at from its parts. */
  #shape(type: Type, o: { readonly shape: Shape; readonly before: Maybe; readonly after: Maybe }): boolean {
    const { shape, before, after } = o;
    const { map, list } = type;
    const isEmpty = size(shape, before) + size(shape, after) === 0;
    if (shape === "map" && map !== undefined && !map.atomic && !isEmpty) {
      this.#maps(map, before, after);
    } else if (shape === "list" && list !== undefined && list.kind !== "atomic" && !isEmpty) {
      this.#lists(list, before, after);
    } else {
      this.#leaf(before, after);
      return true;
    }
    return false;
  }

  #leaf(before: Maybe, after: Maybe): void {
    if (before === undefined) this.added.add(this.#path);
    else if (after === undefined) this.removed.add(this.#path);
    else if (!sameJson(before, after)) this.modified.add(this.#path);
  }

  #maps(map: MapType, before: Maybe, after: Maybe): void {
    const ours = isMap(before) ? before : {};
    const theirs = isMap(after) ? after : {};
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const type = map.fields.get(key)?.type ?? map.rest;
      if (type !== undefined) this.#below(fieldElement(key), type, own(ours, key), own(theirs, key));
    }
  }

  #lists(list: ListType, before: Maybe, after: Maybe): void {
    const ours = itemsByElement(list, before);
    const theirs = itemsByElement(list, after);
    for (const element of new Set([...ours.keys(), ...theirs.keys()])) {
      const old = ours.get(element) ?? [];
      const now = theirs.get(element) ?? [];
      if (old.length <= 1 && now.length <= 1) this.#below(element, list.items, old[0], now[0]);
      else this.#repeated(element, list.items, old, now);
    }
  }

  /** An item that is there more than once, before or after, is compared with its likes as one value. */
  #repeated(element: PathElement, type: Type, old: readonly Json[], now: readonly Json[]): void {
    if (old.length > 1 && now.length > 1) {
      if (!sameJson([...old], [...now])) this.modified.add([...this.#path, element]);
    } else if (old.length > 1) {
      if (now.length > 0) this.#below(element, type, undefined, now[0]);
      this.removed.add([...this.#path, element]);
    } else {
      if (old.length > 0) this.#below(element, type, old[0], undefined);
      this.added.add([...this.#path, element]);
    }
  }

  #below(element: PathElement, type: Type, before: Maybe, after: Maybe): void {
    this.#path.push(element);
    this.compare(type, before, after);
    this.#path.pop();
  }
}

function size(shape: Shape, value: Maybe): number {
  if (shape === "map") return isMap(value) ? Object.keys(value).length : 0;
  return Array.isArray(value) ? value.length : 0;
}

function itemsByElement(list: ListType, value: Maybe): Map<PathElement, Json[]> {
  const items = new Map<PathElement, Json[]>();
  if (!Array.isArray(value)) return items;
  for (const item of value) {
    const found = itemElement(list, item);
    if ("problem" in found) continue;
    const known = items.get(found.element);
    if (known === undefined) items.set(found.element, [item]);
    else known.push(item);
  }
  return items;
}
