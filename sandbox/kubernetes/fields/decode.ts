import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Type } from "./type.ts";

/**
 * Throws a 400 Rejection whose message reads as a Go JSON decoder's, for the first value of a wrong type:
 * "json: cannot unmarshal number into Go struct field ConfigMap.data of type string". The caller puts
 * `ConfigMap in version "v1" cannot be handled as a ConfigMap: ` before it.
 */
export function checkJson(_type: Type, _object: Json): void {
  throw new Error("not there yet");
}

/** One `unknown field "spec.containers[0].foo"` for each field that is not in the schema, in the object's order. */
export function unknownFields(_type: Type, _object: Json): string[] {
  throw new Error("not there yet");
}

/**
 * What is left of an object after the server has decoded it into its structs and encoded it again: unknown fields and
 * nulls gone, empty optional fields left out, required ones written as zero values. Custom resources are not decoded so.
 */
export function normalise(_type: Type, _object: KubernetesObject): KubernetesObject {
  throw new Error("not there yet");
}

/** What the server writes for a new, empty object of this type: `{metadata: {}, spec: {...}, status: {}}` for most. */
export function emptyObject(_type: Type): Json {
  throw new Error("not there yet");
}
