import type { Json } from "../../../src/kubernetes/object.ts";
import { goJson } from "./go-format.ts";
import type { ListType } from "./type.ts";

/** One element of a path, spelled as FieldsV1 does: `f:name`, `k:{"name":"main"}`, `v:"x"`, `i:0`. */
export type PathElement = string;

export const fieldElement = (name: string): PathElement => `f:${name}`;

export const indexElement = (index: number): PathElement => `i:${index}`;

export const isElement = (text: string): boolean => /^[fkvi]:/.test(text);

/**
 * The element of an item of a set or a list map, or what is wrong with the item. A key that is left out has its default;
 * without one it is no part of the element.
 */
export function itemElement(list: ListType, item: Json): { element: PathElement } | { problem: string } {
  return list.kind === "map" ? keyElement(list, item) : valueElement(item);
}

function valueElement(item: Json): { element: PathElement } | { problem: string } {
  if (item === null) return { problem: "associative list without keys has an element that's an explicit null" };
  if (Array.isArray(item)) return { problem: "not supported: associative list with lists as elements" };
  if (typeof item === "object") return { problem: "associative list without keys has an element that's a map type" };
  return { element: `v:${goJson(item)}` };
}

function keyElement(list: ListType, item: Json): { element: PathElement } | { problem: string } {
  if (item === null) return { problem: "associative list with keys may not have a null element" };
  if (typeof item !== "object" || Array.isArray(item)) {
    return { problem: "associative list with keys may not have non-map elements" };
  }
  const parts: string[] = [];
  for (const key of list.keys) {
    const value = key in item ? item[key] : list.items.map?.fields.get(key)?.default;
    if (value !== undefined) parts.push(`${goJson(key)}:${goJson(value)}`);
  }
  if (parts.length > 0) return { element: `k:{${parts.join(",")}}` };
  const keys = list.keys.map((key) => JSON.stringify(key)).join(" ");
  const problem = `associative list with keys has an element that omits all key fields [${keys}]`;
  return { problem: `${problem} (and doesn't have default values for any key fields)` };
}

/** The server's order: fields, then keys, values and indexes; numbers by size, before strings. */
export function compareElements(a: PathElement, b: PathElement): number {
  const rank = "fkvi".indexOf(a.charAt(0)) - "fkvi".indexOf(b.charAt(0));
  if (rank !== 0) return rank;
  switch (a.charAt(0)) {
    case "f":
      return compareScalars(a, b);
    case "k":
      return compareKeys(readKey(a), readKey(b));
    default:
      return compareScalars(JSON.parse(a.slice(2)) as Json, JSON.parse(b.slice(2)) as Json);
  }
}

function compareKeys(a: readonly (readonly [string, Json])[], b: readonly (readonly [string, Json])[]): number {
  for (const [index, [name, value]] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareScalars(name, other[0]) || compareScalars(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareScalars(a: Json, b: Json): number {
  const order = ["number", "string", "boolean"];
  const rank = order.indexOf(typeof a) - order.indexOf(typeof b);
  if (rank !== 0 || a === b || a === null || b === null) return rank;
  return a < b ? -1 : 1;
}

const readKey = (element: PathElement): (readonly [string, Json])[] =>
  Object.entries(JSON.parse(element.slice(2)) as Record<string, Json>);

/** A path as the server prints it: `.spec.containers[name="main"].ports`. */
export function printPath(path: readonly PathElement[]): string {
  return path.map(printElement).join("");
}

export function printElement(element: PathElement): string {
  const text = element.slice(2);
  switch (element.charAt(0)) {
    case "f":
      return `.${text}`;
    case "k":
      return `[${readKey(element)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(",")}]`;
    case "v":
      return `[=${text}]`;
    default:
      return `[${text}]`;
  }
}
