import type { Answer, Target } from "./request.ts";

/** Kinds that the server warns of in every answer about them (k8s.io/api, `APILifecycleDeprecated` and its replacement). */
const deprecated: Readonly<Record<string, string>> = {
  endpoints: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
  componentstatuses: "v1 ComponentStatus is deprecated in v1.19+",
};

/** The answer, with the warning that the kind it is about is going away, where it is. */
export function withDeprecation(answer: Answer, { resource: { group, plural } }: Target): Answer {
  const warning = group === "" ? deprecated[plural] : undefined;
  return warning === undefined ? answer : { ...answer, warnings: [warning, ...(answer.warnings ?? [])] };
}
