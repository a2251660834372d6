import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Type } from "./type.ts";

export interface ApplyRequest {
  readonly type: Type;
  /** Undefined when the object does not exist yet. */
  readonly live: KubernetesObject | undefined;
  /** The body of the request, as it came. */
  readonly applied: KubernetesObject;
  readonly manager: string;
  readonly force?: boolean;
  /** "status" or "scale", when the request went there. */
  readonly subresource?: string;
  /** Top-level fields that this endpoint ignores: `["status"]` for most main resources, `["spec"]` for their status. */
  readonly resetFields?: readonly string[];
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

export interface ApplyResult {
  /** The merged object with its new managedFields; not yet decoded, defaulted or validated. */
  readonly object: KubernetesObject;
  /** False when live and merged objects are equal: the manager's entry then keeps its time. */
  readonly changed: boolean;
}

/**
 * Server-side apply. Throws a Rejection: 409 with causes on conflicts, 500 "failed to create typed patch object" for an
 * object that does not fit its type, 400 when managedFields are given.
 */
export function apply(_request: ApplyRequest): ApplyResult {
  throw new Error("not there yet");
}
