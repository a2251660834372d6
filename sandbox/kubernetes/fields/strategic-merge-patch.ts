import type { KubernetesObject, Json } from "../../../src/kubernetes/object.ts";
import type { Type } from "./type.ts";

/** A strategic merge patch of a built-in kind. Throws a 400 or 422 Rejection for a patch that makes no sense. */
export function strategicMergePatch(_type: Type, _target: KubernetesObject, _patch: Json): KubernetesObject {
  throw new Error("not there yet");
}
