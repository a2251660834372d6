import type { Json } from "../../../src/kubernetes/object.ts";

/**
 * RFC 6902. Throws a Rejection: 400 for what is not a JSON patch, 422 for an operation that cannot be done (a failing test,
 * a path that is not there).
 */
export function jsonPatch(_target: Json, _patch: unknown): Json {
  throw new Error("not there yet");
}
