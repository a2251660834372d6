import * as v from "valibot";

const name = v.pipe(v.string(), v.regex(/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/, "is not a name that Kubernetes takes"));

/** The output `images` of build-push: names to references by digest. */
export const imagesSchema = v.record(
  v.string(),
  v.pipe(v.string(), v.regex(/^[^\s@]+@sha256:[0-9a-f]{64}$/, "is not a reference by digest, repository@sha256:…")),
);

export const variablesSchema = v.record(
  v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is not a variable's name")),
  v.string(),
);

export const secretsSchema = v.array(
  v.strictObject({
    name,
    type: v.optional(v.string()),
    data: v.optional(v.record(v.string(), v.string())),
    "from-env-file": v.optional(v.string()),
    registry: v.optional(v.literal("docr")),
  }),
);
