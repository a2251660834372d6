import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { checkJson, loadSchema, normalise, Rejection, typeFromOpenApiV3, unknownFields } from "../fields/index.ts";
import type { Type } from "../fields/index.ts";
import type { Call } from "./request.ts";
import type { Resource } from "./resources.ts";
import { badRequest, unsupportedMediaType } from "./status.ts";
import type { Refusal } from "./status.ts";

/** How a write treats fields that the kind does not have. */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

const customTypes = new WeakMap<object, Type>();

/** The schema of a resource's objects. Fields of any other kind, such as a Scale, are found by `typeOfKind`. */
export function typeOf(resource: Resource): Type {
  const { schema, group, version, kind } = resource;
  if (schema === undefined) return typeOfKind(group, version, kind);
  const known = customTypes.get(schema) ?? typeFromOpenApiV3(schema as Json);
  customTypes.set(schema, known);
  return known;
}

export function typeOfKind(group: string, version: string, kind: string): Type {
  const type = loadSchema().type(group, version, kind);
  if (type === undefined) throw new Error(`The schema has no ${kind} of ${group}/${version}`);
  return type;
}

const writable = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

/** The body of a POST or PUT as a JSON value. */
export function parseObject(call: Call, kind: string): Record<string, Json> {
  const mediaType = call.contentType.split(";")[0]?.trim() ?? "";
  if (mediaType !== "" && !writable.slice(0, 2).includes(mediaType)) throw unsupportedMediaType(writable);
  const value = mediaType === "application/yaml" ? readYaml(call.body) : readJson(call.body, kind);
  if (!isJsonObject(value))
    throw unrecognised(kind, `json: cannot unmarshal ${goType(value)} into Go value of type struct`, call.body);
  return value;
}

/** Few clients send YAML, and its parser is large: it is loaded when the first one does. */
function parseYaml(text: string): unknown {
  const { parse } = createRequire(import.meta.url)("yaml") as Pick<typeof Yaml, "parse">;
  return parse(text, { version: "1.1", merge: true });
}

export function readYaml(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    try {
      return parseYaml(text);
    } catch (error) {
      throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function readJson(text: string, kind: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unrecognised(kind, goSyntaxError(text), text);
  }
}

function unrecognised(kind: string, why: string, text: string): Refusal {
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why} (${text.slice(0, 512)})`,
  );
}

/** How Go's encoding/json words what is wrong with this text. */
export function goSyntaxError(text: string): string {
  let end = 0;
  // Node tells the place of an error in words that change; a text that can be completed is one that ends too early.
  try {
    JSON.parse(text);
  } catch (error) {
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    end = place === undefined ? text.length : Number(place);
  }
  if (end >= text.length) return "unexpected end of JSON input";
  return `invalid character '${text.charAt(end)}' looking for beginning of value`;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : value === null ? "null" : typeof value;
}

export function isJsonObject(value: unknown): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export interface DecodeOptions {
  readonly value: Readonly<Record<string, Json>>;
  /** What the endpoint takes. */
  readonly expected: { readonly group: string; readonly version: string; readonly kind: string };
  readonly type: Type;
  /** Custom resources are kept as they are written. */
  readonly isCustom?: boolean;
  readonly fieldValidation: FieldValidation;
}

/**
 * Turns a JSON value into an object of the expected kind, as the server's own structs would hold it: values of wrong types are refused,
 * fields it does not know are dropped, refused or warned of.
 */
export function decode(o: DecodeOptions): { object: KubernetesObject; warnings: string[] } {
  const { value, expected } = o;
  const apiVersion = expected.group === "" ? expected.version : `${expected.group}/${expected.version}`;
  const given = { apiVersion: text(value.apiVersion) || apiVersion, kind: text(value.kind) || expected.kind };
  if (given.kind !== expected.kind || given.apiVersion !== apiVersion) {
    throw unexpectedKind(given, { apiVersion, kind: expected.kind });
  }
  const unknown = inspect(
    o,
    `${expected.kind} in version "${expected.version}" cannot be handled as a ${expected.kind}`,
  );
  // From here on the value has been checked against the schema of its kind.
  const object = { ...value, ...given, metadata: value.metadata ?? {} } as unknown as KubernetesObject;
  return { object: normalise(o.type, object), warnings: o.fieldValidation === "Warn" ? unknown : [] };
}

function inspect(o: DecodeOptions, prefix: string): string[] {
  try {
    if (o.isCustom !== true) checkJson(o.type, o.value);
  } catch (error) {
    throw error instanceof Rejection ? badRequest(`${prefix}: ${error.message}`) : error;
  }
  const unknown = o.fieldValidation === "Ignore" ? [] : unknownFields(o.type, o.value);
  if (o.fieldValidation === "Strict" && unknown.length > 0) {
    throw badRequest(`${prefix}: strict decoding error: ${unknown.join(", ")}`);
  }
  return unknown;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

function unexpectedKind(given: ObjectType, expected: ObjectType): Refusal {
  const { kind, apiVersion } = given;
  if (kind === expected.kind) {
    const difference = `the API version in the data (${apiVersion}) does not match the expected API version`;
    return badRequest(`${difference} (${expected.apiVersion})`);
  }
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const why =
    loadSchema().type(group, version, kind) === undefined
      ? `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:110"`
      : `converting (${version}.${kind}) to (${expected.apiVersion.includes("/") ? (expected.apiVersion.split(/[./]/)[0] ?? "") : "core"}.${expected.kind}): unknown conversion`;
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`);
}
