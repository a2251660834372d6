import type { Json } from "../../../src/kubernetes/object.ts";
import { isMap, type JsonMap } from "./json.ts";

/** A value as Go's `%v` prints it: `map[a:1 b:[x y]]`. */
export function goPlain(value: Json): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goPlain).join(" ")}]`;
  if (!isMap(value)) return String(value);
  return `map[${sortedEntries(value)
    .map(([key, item]) => `${key}:${goPlain(item)}`)
    .join(" ")}]`;
}

/** A value as Go's `%#v` prints it: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: Json): string {
  if (value === null) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (!isMap(value)) return JSON.stringify(value);
  return `map[string]interface {}{${sortedEntries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${goSyntax(item)}`)
    .join(", ")}}`;
}

/** The name of the Go type that holds a decoded JSON value. */
export function goType(value: Json): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return "[]interface {}";
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) ? "int64" : "float64";
    default:
      return "map[string]interface {}";
  }
}

/** A value as Go writes it in JSON: keys in order, and the characters escaped that could end a script in HTML. */
export function goJson(value: Json): string {
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  return isMap(value) ? Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, sorted(item)])) : value;
}

/** What Go's JSON decoder calls a value that it cannot use. */
export function goKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

const sortedEntries = (map: JsonMap): [string, Json][] => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
