import type { Json } from "../../../src/kubernetes/object.ts";

/** What a scalar may hold; `untyped` takes any scalar (quantities, times, int-or-string). */
export type Scalar = "numeric" | "string" | "boolean" | "untyped";

/**
 * The shape of a value, as server-side apply sees it. A value that may be of several shapes (free-form JSON) has several
 * of the three. Types may refer to themselves.
 */
export interface Type {
  /** The name of the Go type that the server decodes this into, such as `v1.PodSpec`; undefined for inlined types. */
  readonly name?: string;
  readonly scalar?: Scalar;
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
  /** The value of a list's key where it is left out, such as a port's protocol. */
  readonly default?: Json;
  /** The server always writes this field, as its zero value where nothing was given. */
  readonly required: boolean;
  /** How a strategic merge patch treats it. */
  readonly patch?: PatchStrategy;
}

export interface PatchStrategy {
  readonly merge: boolean;
  readonly retainKeys: boolean;
  readonly mergeKey?: string;
}
