import type { Json } from "../../../src/kubernetes/object.ts";
import { isMap, type JsonMap } from "./json.ts";
import { loadSchema } from "./schema.ts";
import { any, type Field, type ListType, type MapType, type Type } from "./type.ts";

/**
 * The type of a custom resource, from the `openAPIV3Schema` of its CRD's version; `undefined` (no schema) takes anything.
 * apiVersion, kind and metadata are added.
 */
export function typeFromOpenApiV3(schema: Json | undefined): Type {
  if (!isMap(schema)) return any;
  return { map: mapType({ ...schema, "x-kubernetes-embedded-resource": true }, false) };
}

/** `keepsUnknown`: whether a schema above keeps unknown fields, which goes for everything below it. */
function typeOf(schema: JsonMap, keepsUnknown: boolean): Type {
  const keeps = keepsUnknown || schema["x-kubernetes-preserve-unknown-fields"] === true;
  switch (schema.type) {
    case "object":
      return { map: mapType(schema, keeps) };
    case "array":
      return { list: listType(schema, keeps) };
    case "integer":
    case "number":
      return { scalar: "numeric" };
    case "boolean":
      return { scalar: "boolean" };
    case "string":
      // A format may allow more than the text: a date, an int-or-string.
      return { scalar: schema.format === undefined || schema.format === "byte" ? "string" : "untyped" };
    default:
      return { scalar: "untyped", list: listType(schema, keeps), map: mapType(schema, keeps) };
  }
}

function mapType(schema: JsonMap, keepsUnknown: boolean): MapType {
  const properties = isMap(schema.properties) ? schema.properties : {};
  const fields = new Map<string, Field>();
  for (const [name, property] of Object.entries(properties)) {
    if (!isMap(property)) continue;
    const fallback = property.default;
    const type = typeOf(property, keepsUnknown);
    fields.set(name, { type, presence: "kept", ...(fallback === undefined ? {} : { default: fallback }) });
  }
  if (schema["x-kubernetes-embedded-resource"] === true) {
    for (const [name, field] of objectFields()) fields.set(name, field);
  }
  const atomic = schema["x-kubernetes-map-type"] === "atomic";
  return { atomic, fields, rest: restType(schema, keepsUnknown || Object.keys(properties).length === 0, keepsUnknown) };
}

function restType(schema: JsonMap, isFree: boolean, keepsUnknown: boolean): Type | undefined {
  const additional = schema.additionalProperties;
  if (isMap(additional)) return typeOf(additional, keepsUnknown);
  if (additional === undefined) return isFree ? any : undefined;
  return additional === true ? any : undefined;
}

function listType(schema: JsonMap, keepsUnknown: boolean): ListType {
  const items = isMap(schema.items) ? typeOf(schema.items, keepsUnknown) : any;
  const keys = schema["x-kubernetes-list-map-keys"];
  switch (schema["x-kubernetes-list-type"]) {
    case "map":
      return { kind: "map", keys: Array.isArray(keys) ? keys.map(String).sort() : [], items };
    case "set":
      return { kind: "set", keys: [], items };
    default:
      return { kind: "atomic", keys: [], items };
  }
}

/** apiVersion, kind and metadata, which every object has. */
function objectFields(): [string, Field][] {
  const configMap = loadSchema().type("", "v1", "ConfigMap")?.map?.fields;
  return ["apiVersion", "kind", "metadata"].flatMap((name) => {
    const field = configMap?.get(name);
    return field === undefined ? [] : [[name, field] satisfies [string, Field]];
  });
}
