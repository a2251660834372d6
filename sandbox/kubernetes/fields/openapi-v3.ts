import type { Json } from "../../../src/kubernetes/object.ts";
import type { Type } from "./type.ts";

/**
 * The type of a custom resource, from the `openAPIV3Schema` of its CRD's version; `undefined` (no schema) takes anything.
 * apiVersion, kind and metadata are added.
 */
export function typeFromOpenApiV3(_schema: Json | undefined): Type {
  throw new Error("not there yet");
}
