import type { Json } from "../../../src/kubernetes/object.ts";

/** What a scalar may hold; `untyped` takes any scalar (quantities, times, int-or-string). */
export type Scalar = "numeric" | "string" | "boolean" | "untyped";

/** What the server reads a scalar into, where that is more than the scalar itself. */
export type Format =
  "string" | "bytes" | "boolean" | "int32" | "int64" | "double" | "time" | "micro-time" | "quantity" | "int-or-string";

/**
 * The shape of a value, as server-side apply sees it. A value that may be of several shapes (free-form JSON) has several
 * of the three. Types may refer to themselves.
 */
export interface Type {
  /** The name of the struct that the server decodes this into, such as `v1.PodSpec`; undefined for inlined types. */
  readonly name?: string;
  readonly scalar?: Scalar;
  /** Undefined for scalars of custom resources, which are not decoded. */
  readonly format?: Format;
  readonly list?: ListType;
  readonly map?: MapType;
}

export interface ListType {
  /** An `atomic` list is owned as a whole, a `set` by value, a `map` by the values of its `keys`. */
  readonly kind: "atomic" | "set" | "map";
  readonly keys: readonly string[];
  readonly items: Type;
}

export interface MapType {
  /** Owned as a whole. */
  readonly atomic: boolean;
  readonly fields: ReadonlyMap<string, Field>;
  /** The type of every key that is not in `fields`; undefined when there may be none. */
  readonly rest: Type | undefined;
}

export interface Field {
  readonly type: Type;
  /** The value that a list's key has where it is left out, such as a port's protocol. */
  readonly default?: Json;
  /**
   * When the server writes it: `written` always, as a zero value where nothing was given; `nullable` always, then as null;
   * `kept` when it was given; `elided` when it is not zero.
   */
  readonly presence: "written" | "nullable" | "kept" | "elided";
  /** How a strategic merge patch treats it; absent: replaces a list, merges a map. */
  readonly patch?: PatchStrategy;
}

export interface PatchStrategy {
  readonly merge: boolean;
  readonly replace: boolean;
  readonly retainKeys: boolean;
  readonly mergeKey?: string;
}

/** Any value, owned as a whole. */
export const raw: Type = untyped(true);
/** Any value: maps by key, lists as a whole. What a schema has nothing to say about is of this type. */
export const any: Type = untyped(false);

function untyped(atomic: boolean): Type {
  const type: { scalar: Scalar; list?: ListType; map?: MapType } = { scalar: "untyped" };
  type.list = { kind: "atomic", keys: [], items: atomic ? type : raw };
  type.map = { atomic, fields: new Map(), rest: type };
  return type;
}

export type Shape = "map" | "scalar" | "list";

/**
 * Which of the type's shapes a value is read in. A null, and a value that fits none of them, takes the type's first: it is a
 * null map, or for validation to refuse.
 */
export function shapeOf(type: Type, value: Json): Shape {
  if (Array.isArray(value)) {
    if (type.list !== undefined) return "list";
  } else if (typeof value === "object") {
    if (value !== null && type.map !== undefined) return "map";
  } else if (type.scalar !== undefined) return "scalar";
  return type.map !== undefined ? "map" : type.scalar !== undefined ? "scalar" : "list";
}
