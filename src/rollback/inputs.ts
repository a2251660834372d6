import { clusterInputs } from "../cluster/inputs.ts";
import { boolean, dnsLabel, duration, integer, optional, required, secret, text } from "../runner/inputs.ts";
import type { Inputs, Parser } from "../runner/inputs.ts";

/** Where a rollback goes: the last verified release, the last good one before the newest, or a revision. */
export type Destination = "last-verified" | "previous" | number;

const maxRevision = Number.MAX_SAFE_INTEGER;

function destination(): Parser<Destination> {
  const revision = integer({ min: 1, max: maxRevision });
  return {
    async parse(value) {
      if (value === "last-verified" || value === "previous") return { value };
      const parsed = await revision.parse(value.replace(/^r(?=\d)/, ""));
      if ("value" in parsed) return parsed;
      return {
        mistakes: [{ is: "is no release", got: value, hint: "Write last-verified, previous or a revision number." }],
      };
    },
  };
}

/** Inputs of rollback; names, texts and defaults are in actions/rollback/action.yml. */
export const inputs = {
  app: required(dnsLabel()),
  namespace: required(dnsLabel()),
  ...clusterInputs,
  to: required(destination()),
  "if-revision": optional(integer({ min: 1, max: maxRevision })),
  reason: optional(text()),
  timeout: required(duration()),
  "dry-run": required(boolean()),
  "github-token": optional(secret()),
  environment: optional(text()),
};

export type RollbackInputs = Inputs<typeof inputs>;
