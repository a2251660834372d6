/**
 * The heart of a Kubernetes API server, as pure functions from data to data: who owns which field, what an apply or a
 * patch makes of an object, what is wrong with one. No clock, no store, no request.
 */
export type { Field, ListType, MapType, PatchStrategy, Scalar, Type } from "./type.ts";
export { Rejection, type Cause } from "./rejection.ts";

// The schema: loadSchema().type("apps", "v1", "Deployment"); a custom resource's type from its CRD version's openAPIV3Schema.
export { loadSchema, type Schema } from "./schema.ts";
export { typeFromOpenApiV3 } from "./openapi-v3.ts";

// What decoding into the server's own structs does: refuse wrong types, list unknown fields, fill in and leave out zero values.
export { checkJson, emptyObject, normalise, unknownFields } from "./decode.ts";

// Server-side apply, and the bookkeeping for create, update and every other patch.
export { apply, type ApplyRequest, type ApplyResult } from "./apply.ts";
export { update, type UpdateRequest } from "./update.ts";
export { updateThroughScale, type ScaleRequest } from "./scale.ts";

// Patches.
export { jsonMergePatch } from "./json-merge-patch.ts";
export { jsonPatch } from "./json-patch.ts";
export { strategicMergePatch } from "./strategic-merge-patch.ts";

// Sets of fields.
export * as fieldSet from "./field-set.ts";
