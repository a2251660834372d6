import { clusterInputs } from "../cluster/inputs.ts";
import {
  boolean,
  dnsLabel,
  duration,
  json,
  lines,
  oneOf,
  optional,
  required,
  secret,
  text,
  yaml,
} from "../runner/inputs.ts";
import type { Inputs } from "../runner/inputs.ts";

/** Inputs of deploy-doks; names, texts and defaults are in actions/deploy-doks/action.yml. */
export const inputs = {
  app: required(dnsLabel()),
  namespace: required(dnsLabel()),
  ...clusterInputs,
  manifests: required(lines()),
  "helm-values": optional(lines()),
  // Values may be secrets.
  "helm-set": optional({ ...lines(), secretsOf: () => [] }),
  images: optional(json(async () => (await import("./input-schemas.ts")).imagesSchema)),
  variables: optional(
    yaml(async () => (await import("./input-schemas.ts")).variablesSchema, { scalars: "as-written" }),
  ),
  secrets: optional(
    yaml(async () => (await import("./input-schemas.ts")).secretsSchema, {
      scalars: "as-written",
      secretsOf: (secrets) =>
        secrets.flatMap((secret) => [
          ...Object.values(secret.data ?? {}),
          ...(secret["from-env-file"] ?? "").split(/\r?\n/).map((line) => line.slice(line.indexOf("=") + 1)),
        ]),
    }),
  ),
  "on-failure": required(oneOf("rollback", "leave")),
  prune: required(boolean()),
  "force-conflicts": required(boolean()),
  adopt: required(boolean()),
  wait: required(boolean()),
  timeout: required(duration()),
  "dry-run": required(boolean()),
  "github-token": optional(secret()),
  environment: optional(text()),
};

export type DeployInputs = Inputs<typeof inputs>;
