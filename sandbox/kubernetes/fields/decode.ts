import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { goKind } from "./go-format.ts";
import { asJson, asObject, isMap, mapOf, own, type JsonMap } from "./json.ts";
import { Rejection } from "./rejection.ts";
import { goTypes, hasReader, normaliseScalar, scalarProblem, zeroOf } from "./scalars.ts";
import type { ScalarProblem, WrongType } from "./scalars.ts";
import { any, type Field, type Type } from "./type.ts";

/**
 * Throws a 400 Rejection whose message reads as a Go JSON decoder's:
 * "json: cannot unmarshal number into Go struct field ConfigMap.data of type string". The caller puts
 * `ConfigMap in version "v1" cannot be handled as a ConfigMap: ` before it.
 */
export function checkJson(type: Type, object: Json): void {
  const found = findProblem(type, object);
  if (found === undefined) return;
  const { problem, place } = found;
  throw new Rejection(400, "text" in problem ? problem.text : wrongType(problem.wrong, place), {
    reason: "BadRequest",
  });
}

/**
 * What is wrong with an object that fits its type as server-side apply sees it, and still cannot be converted to the server's
 * structs: a quantity, a time, a fraction for an integer.
 */
export function conversionProblem(type: Type, object: Json): string | undefined {
  const found = findProblem(type, object);
  if (found === undefined) return undefined;
  if ("text" in found.problem) return found.problem.text;
  const { wrong } = found.problem;
  return found.byReader ? wrongType(wrong, { struct: "", path: [] }) : `cannot convert float64 to ${wrong.type}`;
}

/** Where a decoder is: the struct it fills and the names of the fields above, without list indexes and map keys. */
interface Place {
  readonly struct: string;
  readonly path: readonly string[];
}

interface Found {
  readonly problem: ScalarProblem;
  readonly place: Place;
  readonly byReader: boolean;
}

/** The problem that a decoder reports: the first that a format's own reader finds, else the first of all. */
function findProblem(type: Type, object: Json): Found | undefined {
  const all: Found[] = [];
  collectProblems(type, object, { struct: "", path: [], all });
  return all.find(({ byReader }) => byReader) ?? all[0];
}

interface Visit extends Place {
  readonly all: Found[];
}

function collectProblems(type: Type, value: Json, visit: Visit): void {
  if (value === null || type === any) return;
  const { map, list, format } = type;
  if (format !== undefined) {
    const problem = scalarProblem(format, value);
    if (problem !== undefined) visit.all.push({ problem, place: visit, byReader: hasReader(format) });
  } else if (map !== undefined && list === undefined) {
    if (isMap(value)) collectFromMap(type, value, visit);
    else visit.all.push(misfit(type, value, visit));
  } else if (list !== undefined && map === undefined) {
    if (Array.isArray(value)) for (const item of value) collectProblems(list.items, item, visit);
    else visit.all.push(misfit(type, value, visit));
  }
}

function collectFromMap({ name, map }: Type, value: JsonMap, visit: Visit): void {
  const struct = name?.slice(name.lastIndexOf(".") + 1) ?? visit.struct;
  for (const [key, item] of Object.entries(value)) {
    const field = map?.fields.get(key);
    if (field !== undefined) collectProblems(field.type, item, { ...visit, struct, path: [...visit.path, key] });
    else if (map?.rest !== undefined) collectProblems(map.rest, item, visit);
  }
}

const misfit = (type: Type, value: Json, place: Place): Found => ({
  problem: { wrong: { kind: goKind(value), type: goTypeOf(type) } },
  place,
  byReader: false,
});

function wrongType(wrong: WrongType, { struct, path }: Place): string {
  const target = path.length === 0 ? "value" : `struct field ${[struct, ...path].join(".")}`;
  return `json: cannot unmarshal ${wrong.kind} into Go ${target} of type ${wrong.type}`;
}

function goTypeOf({ name, list, map, format }: Type): string {
  if (name !== undefined) return name;
  if (format !== undefined) return goTypes[format];
  if (list !== undefined && map === undefined) return `[]${goTypeOf(list.items)}`;
  if (map?.rest?.format === "quantity") return "v1.ResourceList";
  return map?.rest === undefined || list !== undefined ? "interface {}" : `map[string]${goTypeOf(map.rest)}`;
}

/** One `unknown field "spec.containers[0].foo"` for each field that is not in the schema, in the object's order. */
export function unknownFields(type: Type, object: Json): string[] {
  return [...unknownPaths(type, object, "")].map((path) => `unknown field "${path}"`);
}

function* unknownPaths(type: Type, value: Json, path: string): Generator<string> {
  if (type === any) return;
  if (Array.isArray(value) && type.list !== undefined) {
    for (const [index, item] of value.entries()) yield* unknownPaths(type.list.items, item, `${path}[${index}]`);
  } else if (isMap(value) && type.map !== undefined) {
    for (const [key, item] of Object.entries(value)) {
      const below = path === "" ? key : `${path}.${key}`;
      const child = type.map.fields.get(key)?.type ?? type.map.rest;
      if (child === undefined) yield below;
      else yield* unknownPaths(child, item, below);
    }
  }
}

/**
 * What is left of an object after the server has decoded it into its structs and encoded it again: unknown fields and
 * nulls gone, empty optional fields left out, required ones written as zero values, quantities and times in their canonical
 * form. Custom resources are not decoded so. The object must have passed `checkJson`.
 */
export function normalise(type: Type, object: KubernetesObject): KubernetesObject {
  return asObject(normaliseValue(type, asJson(object)));
}

/** What the server writes for a new, empty object of this type: `{metadata: {}, spec: {...}, status: {}}` for most. */
export function emptyObject(type: Type): JsonMap {
  return type.name === undefined ? {} : normaliseStruct(type, {});
}

function normaliseValue(type: Type, value: Json): Json {
  if (type.name !== undefined) return normaliseStruct(type, isMap(value) ? value : {});
  if (type.format !== undefined) return value === null ? zeroOf(type.format) : normaliseScalar(type.format, value);
  const { map, list } = type;
  if (Array.isArray(value) && list !== undefined && map === undefined) {
    return value.map((item) => normaliseValue(list.items, item));
  }
  const rest = map?.rest;
  if (!isMap(value) || rest === undefined || rest === any || list !== undefined) return value;
  return mapOf(Object.entries(value).map(([key, item]): [string, Json] => [key, normaliseValue(rest, item)]));
}

function normaliseStruct(type: Type, value: JsonMap): JsonMap {
  const fields = type.map?.fields ?? new Map<string, Field>();
  const given = Object.keys(value).filter((key) => fields.has(key));
  const written = [...fields].filter(([key, field]) => isAlwaysWritten(field) && !Object.hasOwn(value, key));
  return mapOf(
    [...given, ...written.map(([key]) => key)].map((key): [string, Json | undefined] => {
      const field = fields.get(key);
      return [key, field === undefined ? undefined : normaliseField(field, own(value, key) ?? null)];
    }),
  );
}

const isAlwaysWritten = ({ presence }: Field): boolean => presence === "written" || presence === "nullable";

/** Undefined for a field that is left out. */
function normaliseField({ type, presence }: Field, value: Json): Json | undefined {
  if (presence === "written") return normaliseValue(type, value);
  if (value === null) return presence === "nullable" ? null : undefined;
  const result = normaliseValue(type, value);
  return presence === "elided" && isZero(type, result) ? undefined : result;
}

/** Whether an optional field with this value is left out: zero scalars, empty lists and maps, but no structs. */
function isZero(type: Type, value: Json): boolean {
  if (type.name !== undefined) return false;
  if (type.format === "int-or-string") return false;
  if (type.format !== undefined) return value === "" || value === 0 || value === false;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && type.list === undefined && type.map?.rest !== any && Object.keys(value).length === 0;
}
