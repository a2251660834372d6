import { boolean, lines, oneOf, optional, required, secret, text, yaml } from "../runner/inputs.ts";
import type { Inputs } from "../runner/inputs.ts";

/** Inputs of build-push; names, texts and defaults are in actions/build-push/action.yml. */
export const inputs = {
  registry: required(text()),
  "digitalocean-token": optional(secret()),
  username: optional(text()),
  password: optional(secret()),
  logins: optional(
    yaml(async () => (await import("./input-schemas.ts")).loginsSchema, {
      scalars: "as-written",
      secretsOf: (logins) => logins.map(({ password }) => password),
    }),
  ),
  images: required(yaml(async () => (await import("./input-schemas.ts")).imagesSchema, { scalars: "as-written" })),
  tags: required(lines()),
  builder: required(oneOf("docker", "direct")),
  cache: required(lines()),
  provenance: optional(text()),
  sbom: optional(text()),
  push: required(boolean()),
};

export type BuildPushInputs = Inputs<typeof inputs>;
