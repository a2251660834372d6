import type { Json } from "../../../src/kubernetes/object.ts";
import { emptySet, type FieldNode, type FieldSet } from "./field-set.ts";
import { isMap } from "./json.ts";
import { fieldElement, itemElement, type PathElement } from "./path-element.ts";
import { shapeOf, type ListType, type MapType, type Type } from "./type.ts";

const leaf: FieldNode = { member: true, children: emptySet };
const nothing: FieldNode = { member: false, children: emptySet };

/** Every field that an object mentions: what a manager owns that applies it. */
export function toFieldSet(type: Type, value: Json): FieldSet {
  return nodeOf(type, value).children;
}

function nodeOf(type: Type, value: Json): FieldNode {
  const { map, list } = type;
  switch (shapeOf(type, value)) {
    case "map":
      return map === undefined || map.atomic ? leaf : mapNode(map, value);
    case "list":
      return list === undefined || list.kind === "atomic" ? leaf : listNode(list, value);
    case "scalar":
      return leaf;
  }
}

function mapNode(map: MapType, value: Json): FieldNode {
  if (!isMap(value)) return nothing;
  const children = new Map<PathElement, FieldNode>();
  for (const [key, item] of Object.entries(value)) {
    const field = map.fields.get(key);
    const type = field?.type ?? map.rest;
    if (type === undefined) continue;
    const node = nodeOf(type, item);
    // A struct's field is there by its contents, a map's key by itself; and what is empty has no contents to speak for it.
    const member =
      node.member || field === undefined || item === null || (isMap(item) && Object.keys(item).length === 0);
    if (member || node.children.size > 0) children.set(fieldElement(key), { member, children: node.children });
  }
  return { member: false, children };
}

function listNode(list: ListType, value: Json): FieldNode {
  if (!Array.isArray(value)) return nothing;
  const children = new Map<PathElement, FieldNode>();
  for (const item of value) {
    const found = itemElement(list, item);
    if ("problem" in found) continue;
    // Of an item that is there twice nobody can say whose fields are whose: it is owned as a whole.
    const twice = children.has(found.element);
    children.set(found.element, { member: true, children: twice ? emptySet : nodeOf(list.items, item).children });
  }
  return { member: false, children };
}
