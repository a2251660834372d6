import { isExactInteger } from "../../kubernetes/exact-json.ts";
import type { Json, KubernetesObject } from "../../kubernetes/object.ts";

/** The part of a CustomResourceDefinition's schema that is looked at. Rules in CEL and combinations (`oneOf`) are the server's alone. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
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

/** What is wrong with a field, worded to follow its path. */
export interface SchemaMistake {
  readonly field: string;
  readonly text: string;
}

interface Version {
  readonly name: string;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
}

/** Every object has these, whatever its schema says. */
const objectFields: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);

/** Whether a CustomResourceDefinition is that of an object's kind. */
export function defines({ kind, spec }: KubernetesObject, object: KubernetesObject): boolean {
  if (kind !== "CustomResourceDefinition") return false;
  const { group, names } = (spec ?? {}) as { group?: string; names?: { kind?: string } };
  return names?.kind === object.kind && object.apiVersion.startsWith(`${group ?? ""}/`);
}

/**
 * What is wrong with a custom resource by the schema of its definition, for where the server does not know that yet: fields that there
 * are not, missing ones, types, enumerations and bounds. `undefined` where the definition says nothing of its version.
 */
export function schemaMistakes(definition: KubernetesObject, object: KubernetesObject): SchemaMistake[] | undefined {
  const { versions = [] } = (definition.spec ?? {}) as { versions?: readonly Version[] };
  const schema = versions.find(({ name }) => object.apiVersion.endsWith(`/${name}`))?.schema?.openAPIV3Schema;
  return schema === undefined ? undefined : mistakesOf(schema, object as Json, "", true);
}

function mistakesOf(schema: Schema, value: Json, field: string, isObject = false): SchemaMistake[] {
  // Its last digits decide nothing here.
  if (isExactInteger(value)) return mistakesOf(schema, Number(value.rawJSON), field);
  if (value === null) return schema.nullable === true ? [] : [{ field, text: "must not be null" }];
  if (!hasType(schema, value)) return [{ field, text: `must be of type ${schema.type ?? "integer or string"}` }];
  const rule = brokenRule(schema, value);
  const own = rule === undefined ? [] : [{ field, text: rule }];
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return own;
    return [...own, ...value.flatMap((item, index) => mistakesOf(items, item, `${field}[${index}]`))];
  }
  return typeof value === "object" ? [...own, ...fieldMistakes(schema, value, field, isObject)] : own;
}

function fieldMistakes(schema: Schema, value: Record<string, Json>, field: string, isObject: boolean): SchemaMistake[] {
  const { properties = {}, additionalProperties: more, required = [] } = schema;
  const keepsAll = schema["x-kubernetes-preserve-unknown-fields"] === true || more === true;
  const isEmbedded = isObject || schema["x-kubernetes-embedded-resource"] === true;
  const at = (key: string): string => (field === "" ? key : `${field}.${key}`);
  const missing = required.filter((key) => value[key] === undefined && properties[key]?.default === undefined);
  const known = Object.entries(value).filter(([key]) => !(isEmbedded && objectFields.has(key)));
  return [
    ...missing.map((key) => ({ field: at(key), text: "is required" })),
    ...known.flatMap(([key, inner]) => {
      const below = properties[key] ?? (typeof more === "object" ? more : undefined);
      if (below !== undefined) return mistakesOf(below, inner, at(key));
      return keepsAll ? [] : [{ field: at(key), text: "is a field that there is not" }];
    }),
  ];
}

function hasType(schema: Schema, value: Json): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return typeof value === "string" || Number.isInteger(value);
  switch (schema.type) {
    case undefined:
      return true;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    default:
      return typeof value === schema.type && !Array.isArray(value);
  }
}

function brokenRule(schema: Schema, value: Json): string | undefined {
  const { minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity } = schema;
  const { minItems = 0, maxItems = Infinity } = schema;
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return `must be one of ${schema.enum.map((word) => JSON.stringify(word)).join(", ")}`;
  if (typeof value === "number" && value < minimum) return `must be at least ${minimum}`;
  if (typeof value === "number" && value > maximum) return `must be at most ${maximum}`;
  if (Array.isArray(value) && value.length < minItems) return `must have at least ${minItems} items`;
  if (Array.isArray(value) && value.length > maxItems) return `must have at most ${maxItems} items`;
  if (typeof value !== "string") return undefined;
  if (value.length < minLength) return `must have at least ${minLength} characters`;
  if (value.length > maxLength) return `must have at most ${maxLength} characters`;
  return breaksPattern(schema.pattern, value) ? `must match ${schema.pattern ?? ""}` : undefined;
}

/** Patterns are Go's: one that JavaScript does not read is the server's to check. */
function breaksPattern(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return false;
  try {
    return !new RegExp(pattern, "u").test(value);
  } catch {
    return false;
  }
}
