import * as v from "valibot";

export const loginsSchema = v.array(
  v.strictObject({ registry: v.string(), username: v.string(), password: v.pipe(v.string(), v.minLength(1)) }),
);

/** A list, or the same as lines of text. */
const texts = v.union([v.array(v.string()), v.string()]);

const imageSchema = v.strictObject({
  name: v.string(),
  context: v.optional(v.string()),
  dockerfile: v.optional(v.string()),
  target: v.optional(v.string()),
  platforms: v.optional(texts),
  "build-args": v.optional(v.record(v.string(), v.string())),
  /** Names of BuildKit's secrets to the environment variables that hold them. */
  secrets: v.optional(v.record(v.string(), v.string())),
  labels: v.optional(v.record(v.string(), v.string())),
  tags: v.optional(texts),
});

export type ImageInput = v.InferOutput<typeof imageSchema>;

export const imagesSchema = v.pipe(
  v.array(v.union([v.string(), imageSchema])),
  v.minLength(1, "Name at least one image"),
);
