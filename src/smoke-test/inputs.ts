import { clusterInputs } from "../cluster/inputs.ts";
import { dnsLabel, duration, integer, optional, required, yaml } from "../runner/inputs.ts";
import type { Inputs, Parser } from "../runner/inputs.ts";
import type { CheckInput } from "./check-schema.ts";
import type { ResolvedHosts } from "./resolve.ts";

/** The input `checks`: a list, or the path of a file that holds one. */
export type GivenChecks = readonly CheckInput[] | { readonly file: string };

function checks(): Parser<GivenChecks> {
  const list = yaml(async () => (await import("./check-schema.ts")).checksSchema);
  const isPath = (text: string): boolean => /^[^\n]+\.(?:ya?ml|json)$/.test(text);
  return { parse: (text) => (isPath(text) ? { value: { file: text } } : list.parse(text)) };
}

function baseAddress(): Parser<string> {
  return { parse: async (text) => (await import("./address.ts")).parseBaseAddress(text) };
}

function resolve(): Parser<ResolvedHosts> {
  return { parse: async (text) => (await import("./resolve.ts")).parseResolve(text) };
}

/** Inputs of smoke-test; names, texts and defaults are in actions/smoke-test/action.yml. */
export const inputs = {
  app: optional(dnsLabel()),
  namespace: optional(dnsLabel()),
  ...clusterInputs,
  url: optional(baseAddress()),
  checks: required(checks()),
  revision: optional(integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  resolve: optional(resolve()),
  timeout: required(duration()),
};

export type SmokeTestInputs = Inputs<typeof inputs>;
