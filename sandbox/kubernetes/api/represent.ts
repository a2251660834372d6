import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Stored } from "./store.ts";

/** How a client wants objects shown, from its Accept header. */
export type Form = "object" | "table" | "metadata";

export function formOf(accept: string): Form {
  for (const range of accept.split(",")) {
    if (/;\s*as=Table/.test(range) && /v=v1(;|$|\s)/.test(range)) return "table";
    if (/;\s*as=PartialObjectMetadata(List)?/.test(range)) return "metadata";
    if (range.trim().startsWith("application/json")) return "object";
  }
  return "object";
}

export function partial(object: Stored): KubernetesObject {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata };
}
