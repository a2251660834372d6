import type { Json } from "../../../src/kubernetes/object.ts";
import { isJsonObject } from "./decode.ts";
import { copyJson } from "../json.ts";
import { invalidValue, required, unsupported } from "./status.ts";
import type { Cause } from "./status.ts";

/** The part of JSON Schema that a CRD may use and this server checks. Rules in CEL and combinations (`oneOf`) are not checked. */
export interface CustomSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, CustomSchema>>;
  readonly additionalProperties?: boolean | CustomSchema;
  readonly items?: CustomSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly Json[];
  readonly default?: Json;
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
}

/** Fields that every object has, wherever the schema says an object is one of Kubernetes. */
const objectFields = ["apiVersion", "kind", "metadata"];

/** A value with the defaults of its schema, and without the fields its schema does not have. */
export function prunedAndDefaulted(schema: CustomSchema, value: Json, isObject = false): Json {
  if (Array.isArray(value)) return schema.items === undefined ? value : value.map((item) => inner(schema.items, item));
  if (!isJsonObject(value)) return value;
  const { properties = {}, additionalProperties: more } = schema;
  const keepsAll = schema["x-kubernetes-preserve-unknown-fields"] === true || more === true;
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const below = properties[key] ?? (typeof more === "object" ? more : undefined);
    if (isObject && objectFields.includes(key)) return [[key, item]];
    if (below === undefined) return keepsAll ? [[key, item]] : [];
    // A null that may not be one is as if it were not there; server-side apply leaves one where it took the last item of a list.
    if (item === null && below.nullable !== true) return [];
    return [[key, inner(below, item)]];
  });
  const result = Object.fromEntries(entries);
  for (const [key, below] of Object.entries(properties)) {
    if (below.default !== undefined && result[key] === undefined) result[key] = inner(below, copyJson(below.default));
  }
  return result;
}

function inner(schema: CustomSchema | undefined, value: Json): Json {
  return schema === undefined
    ? value
    : prunedAndDefaulted(schema, value, schema["x-kubernetes-embedded-resource"] === true);
}

/** What is wrong with a value, worded as k8s.io/kube-openapi does. `path` is "" for the whole object. */
export function schemaCauses(schema: CustomSchema, value: Json, path: string): Cause[] {
  if (value === null && schema.nullable === true) return [];
  if (!hasType(schema, value)) {
    const found = typeOfValue(value);
    return [
      invalidValue(path, found, `${path} in body must be of type ${schema.type ?? ""}: ${JSON.stringify(found)}`),
    ];
  }
  return [...enumCauses(schema, value, path), ...rangeCauses(schema, value, path), ...innerCauses(schema, value, path)];
}

function hasType(schema: CustomSchema, value: Json): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return typeof value === "string" || Number.isInteger(value);
  switch (schema.type) {
    case undefined:
      return true;
    case "integer":
      return Number.isInteger(value);
    default:
      return typeOfValue(value) === schema.type;
  }
}

function typeOfValue(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function enumCauses(schema: CustomSchema, value: Json, path: string): Cause[] {
  const words = schema.enum;
  return words === undefined || words.includes(value) ? [] : [unsupported(path, value, words.map(String))];
}

function rangeCauses(schema: CustomSchema, value: Json, path: string): Cause[] {
  const {
    minimum = -Infinity,
    maximum = Infinity,
    minLength = 0,
    maxLength = Infinity,
    minItems = 0,
    maxItems = Infinity,
  } = schema;
  const wrong = (shown: unknown, why: string): Cause[] => [invalidValue(path, shown, `${path} in body should ${why}`)];
  if (typeof value === "number") {
    if (value < minimum) return wrong(value, `be greater than or equal to ${minimum}`);
    return value > maximum ? wrong(value, `be less than or equal to ${maximum}`) : [];
  }
  if (typeof value === "string") {
    if (value.length < minLength) return wrong(value, `be at least ${minLength} chars long`);
    if (value.length > maxLength)
      return [
        { reason: "FieldValueTooLong", message: `Too long: may not be more than ${maxLength} bytes`, field: path },
      ];
    return schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)
      ? wrong(value, `match '${schema.pattern}'`)
      : [];
  }
  if (!Array.isArray(value)) return [];
  if (value.length < minItems) return wrong(value.length, `have at least ${minItems} items`);
  if (value.length <= maxItems) return [];
  return [
    {
      reason: "FieldValueTooMany",
      message: `Too many: ${value.length}: must have at most ${maxItems} items`,
      field: path,
    },
  ];
}

function innerCauses(schema: CustomSchema, value: Json, path: string): Cause[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => schemaCauses(items, item, `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  const { properties = {}, additionalProperties: more } = schema;
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const missing = (schema.required ?? []).filter((key) => value[key] === undefined);
  return [
    ...missing.map((key) => required(at(key))),
    ...Object.entries(value).flatMap(([key, item]) => {
      const below = properties[key] ?? (typeof more === "object" ? more : undefined);
      return below === undefined || (path === "" && objectFields.includes(key))
        ? []
        : schemaCauses(below, item, at(key));
    }),
  ];
}
