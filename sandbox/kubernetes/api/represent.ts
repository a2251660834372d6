import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Resource } from "./resources.ts";
import { apiVersionOf } from "./resources.ts";
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

/** A stored object as one version of its kind. */
export function served(resource: Resource, object: Stored): KubernetesObject {
  return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind };
}

/** The form in which an object is kept. */
export function stored(_resource: Resource, object: KubernetesObject): KubernetesObject {
  return object;
}

export function partial(object: Stored): KubernetesObject {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata };
}

/** One object in the form asked for. */
export function shown(resource: Resource, object: Stored, form: Form): unknown {
  switch (form) {
    case "object":
      return served(resource, object);
    case "metadata":
      return partial(object);
    case "table":
      return served(resource, object);
  }
}
