import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Json } from "../../../src/kubernetes/object.ts";
import { any, raw, type Field, type Format, type PatchStrategy, type Scalar, type Type } from "./type.ts";

/** The types of the built-in kinds. */
export interface Schema {
  /** `group` is "" for the core group. Undefined for a kind that is not built in. */
  type(group: string, version: string, kind: string): Type | undefined;
}

/** The data file, made by scripts/sandbox-data.ts. `kinds` maps `group/version/kind` to a place in `types`. */
export interface SchemaFile {
  readonly kinds: Readonly<Record<string, number>>;
  readonly types: readonly NamedCode[];
}

/** A struct: name, fields, and whether it is owned as a whole. */
export interface NamedCode {
  readonly n: string;
  readonly f: Readonly<Record<string, FieldCode>>;
  readonly a?: 1;
}

/** A number is a place in `types`; `l` a list (atomic without `keys`, a set with none of them); `m` a map. */
export type TypeCode =
  | number
  | Format
  | "any"
  | "raw"
  | "object"
  | { readonly granular: number }
  | { readonly l: TypeCode; readonly keys?: readonly string[] }
  | { readonly m: TypeCode; readonly a?: 1 };

/** `w`: written, `k`: kept, both: nullable (see `Field.presence`); `p`, `key`: patch strategy and merge key; `d`: default as a list's key. */
export type FieldCode =
  | TypeCode
  | {
      readonly t: TypeCode;
      readonly w?: 1;
      readonly k?: 1;
      readonly p?: string;
      readonly key?: string;
      readonly d?: Json;
    };

let loaded: Schema | undefined;

/** Reads the schema from the data folder, once for the process; each kind's types are built when they are first asked for. */
export function loadSchema(): Schema {
  return (loaded ??= readSchema(new URL("../data/schema.json.gz", import.meta.url)));
}

function readSchema(file: URL): Schema {
  const { kinds, types } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as SchemaFile;
  const reader = new TypeReader(types);
  return {
    type(group, version, kind) {
      const number = kinds[`${group}/${version}/${kind}`];
      return number === undefined ? undefined : reader.named(number);
    },
  };
}

class TypeReader {
  readonly #codes: readonly NamedCode[];
  readonly #types = new Map<number, Type>();

  constructor(codes: readonly NamedCode[]) {
    this.#codes = codes;
  }

  named(number: number): Type {
    const known = this.#types.get(number);
    if (known !== undefined) return known;
    const code = this.#codes[number];
    if (code === undefined) throw new Error(`The schema has no type ${number}`);
    const fields = new Map<string, Field>();
    const type: Type = { name: code.n, map: { atomic: code.a === 1, fields, rest: undefined } };
    // Known before its fields are read: a type may contain itself.
    this.#types.set(number, type);
    for (const [name, field] of Object.entries(code.f)) fields.set(name, this.#field(field));
    return type;
  }

  #field(code: FieldCode): Field {
    if (typeof code !== "object" || !("t" in code)) return { type: this.#type(code), presence: "elided" };
    const type = this.#type(code.t);
    const keyDefault = code.d ?? (code.w === 1 ? zeroScalar(type) : undefined);
    return {
      type,
      presence: presenceOf(code),
      ...(keyDefault === undefined ? {} : { default: keyDefault }),
      ...(code.p === undefined ? {} : { patch: patchStrategy(code.p, code.key) }),
    };
  }

  #type(code: TypeCode): Type {
    if (typeof code === "number") return this.named(code);
    if (typeof code === "string") return simpleType(code);
    if ("l" in code) {
      const kind = code.keys === undefined ? "atomic" : code.keys.length === 0 ? "set" : "map";
      return { list: { kind, keys: [...(code.keys ?? [])].sort(), items: this.#type(code.l) } };
    }
    if ("m" in code) return { map: { atomic: code.a === 1, fields: new Map(), rest: this.#type(code.m) } };
    const named = this.named(code.granular);
    return named.map === undefined ? named : { ...named, map: { ...named.map, atomic: false } };
  }
}

function presenceOf({ w, k }: { readonly w?: 1; readonly k?: 1 }): Field["presence"] {
  if (w === 1) return k === 1 ? "nullable" : "written";
  return k === 1 ? "kept" : "elided";
}

function patchStrategy(text: string, mergeKey: string | undefined): PatchStrategy {
  const words = text.split(",");
  return {
    merge: words.includes("merge"),
    replace: words.includes("replace"),
    retainKeys: words.includes("retainKeys"),
    ...(mergeKey === undefined ? {} : { mergeKey }),
  };
}

const scalars: Readonly<Record<Format, Scalar>> = {
  string: "string",
  bytes: "string",
  boolean: "boolean",
  int32: "numeric",
  int64: "numeric",
  double: "numeric",
  time: "untyped",
  "micro-time": "untyped",
  quantity: "untyped",
  "int-or-string": "untyped",
};

function simpleType(code: Format | "any" | "raw" | "object"): Type {
  switch (code) {
    case "any":
      return any;
    case "raw":
      return raw;
    case "object":
      return { map: { atomic: false, fields: new Map(), rest: any } };
    default:
      return { scalar: scalars[code], format: code };
  }
}

function zeroScalar(type: Type): Json | undefined {
  switch (type.scalar) {
    case "string":
      return "";
    case "numeric":
      return 0;
    case "boolean":
      return false;
    default:
      return undefined;
  }
}
