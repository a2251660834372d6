import type { Json } from "../../../src/kubernetes/object.ts";
import type { FieldSet } from "./field-set.ts";
import { isMap, mapOf, type JsonMap } from "./json.ts";
import { fieldElement, itemElement } from "./path-element.ts";
import { shapeOf, type ListType, type MapType, type Type } from "./type.ts";

/** The object without the fields of the set. A map or list that has nothing left is null. */
export function removeFields(type: Type, value: Json, fields: FieldSet): Json {
  const { map, list } = type;
  switch (shapeOf(type, value)) {
    case "map":
      return map === undefined || map.atomic || !isMap(value) ? null : removeFromMap(map, value, fields);
    case "list":
      return list === undefined || list.kind === "atomic" || !Array.isArray(value)
        ? null
        : removeFromList(list, value, fields);
    case "scalar":
      return value;
  }
}

function removeFromMap(map: MapType, value: JsonMap, fields: FieldSet): Json {
  const left = mapOf(
    Object.entries(value).map(([key, item]): [string, Json | undefined] => {
      const node = fields.get(fieldElement(key));
      if (node === undefined) return [key, item];
      const type = map.fields.get(key)?.type ?? map.rest;
      if (node.member || type === undefined) return [key, undefined];
      return [key, removeFields(type, item, node.children)];
    }),
  );
  return Object.keys(left).length === 0 ? null : left;
}

function removeFromList(list: ListType, value: readonly Json[], fields: FieldSet): Json {
  const left: Json[] = [];
  for (const item of value) {
    const found = itemElement(list, item);
    const node = "problem" in found ? undefined : fields.get(found.element);
    if (node === undefined) left.push(item);
    else if (!node.member) left.push(removeFields(list.items, item, node.children));
  }
  return left.length === 0 ? null : left;
}
