import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Resource } from "./resources.ts";
import type { Cause } from "./status.ts";

export function validateCustom(_resource: Resource, _draft: KubernetesObject): Cause[] {
  return [];
}
