import type { KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";

export interface ScaleRequest {
  /** The scaled object as it is; its spec.replicas is the old number. */
  readonly live: KubernetesObject;
  readonly replicas: number;
  readonly manager: string;
}

/** The managedFields of an object whose replicas are set through its scale subresource. */
export function updateThroughScale(_request: ScaleRequest): ManagedFieldsEntry[] {
  throw new Error("not there yet");
}
