import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Type } from "./type.ts";

export interface UpdateRequest {
  readonly type: Type;
  /** Undefined on create. */
  readonly live: KubernetesObject | undefined;
  /** What is about to be stored, decoded and defaulted; its own managedFields, where given, replace the live ones. */
  readonly object: KubernetesObject;
  readonly manager: string;
  readonly subresource?: string;
  /** See ApplyRequest. */
  readonly resetFields?: readonly string[];
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

/** The object with the managedFields that a create, an update or a patch by `manager` leaves behind. Never throws. */
export function update(_request: UpdateRequest): KubernetesObject {
  throw new Error("not there yet");
}
