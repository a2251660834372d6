import { rulesOf } from "../kinds/index.ts";
import { Resources } from "../resources.ts";
import type { RecordingName } from "./recording.ts";
import { notValidated } from "./not-validated.ts";

/** For each recording what was different, by the name of the exchange. */
export type Differences = Readonly<Record<RecordingName, ReadonlyMap<string, readonly string[]>>>;

const origins: Readonly<Record<RecordingName, string>> = {
  wire: "recorded with all controllers of a cluster running, whose writes the test repeats",
  "wire-more":
    "recorded from an API server alone; `scripts/record-wire.ts` asks `requests.yaml` and can record it again",
};
/** Answered by handle.ts. */
const subresources = new Set(["status", "finalize", "scale", "log", "binding", "eviction", "token", "portforward"]);

export const reportFile = new URL("../../../../docs/conformance.md", import.meta.url);

/** docs/conformance.md: what a replay of all recordings found. */
export function conformanceReport(differences: Differences): string {
  const results = Object.values(differences).flatMap((map) => [...map.values()]);
  const equal = results.filter((lines) => lines.length === 0).length;
  const resources = [...new Resources().all()];
  const unchecked = resources.filter(
    (resource) =>
      resource.verbs.includes("create") && resource.verbs.includes("get") && rulesOf(resource).validate === undefined,
  );
  const missing = resources.flatMap(({ plural, subresources: all }) =>
    [...all.keys()].filter((name) => !subresources.has(name)).map((name) => `${plural}/${name}`),
  );
  return `# Conformance of the sandbox's API server

Written by \`node scripts/conformance.ts\`; the conformance test fails when it is stale.

${equal} of ${results.length} requests are answered as Kubernetes 1.34.4 answers them: status, headers that clients read, and body, to the last
field of \`managedFields\` and the last word of a message. Only uids, times, resourceVersions, tokens and service addresses may differ.

${section(Object.entries(origins).map(([name, origin]) => countLine(differences, name, origin)))}

## Answered otherwise

This list may only shrink: a name in it that is answered alike fails the test, as does a difference that is not in it.

${section(Object.values(notValidated).flatMap((list) => Object.entries(list).map(([name, why]) => `**${name}**: ${why}`)))}

## Not validated by the sandbox

Of every kind, names, labels, annotations and the types of fields are checked. Values are checked as far as manifests are got wrong in practice,
and for these kinds not at all, so that what a real server refuses with 422 is stored:

${names(unchecked.map(({ kind }) => kind))}.

## Left out

- Answered with 405 or 404: ${names(missing.map((name) => `\`${name}\``))}.
- Mutating webhooks are kept, and not called. A custom resource is not converted between versions.
- Nothing is counted against quotas with scopes. Admission policies have no parameters, and of CEL what the language itself has, without
  Kubernetes' own functions. No webhook is asked: a validating one counts as one where nobody listens.
- A table shows of a custom resource only its name and age, and of EndpointSlices and Endpoints what it shows of kinds that have no columns.
- What a pod mounts of ConfigMaps and Secrets stays as it was when the pod began.
- There is one node, which has no taints and is never cordoned, and there are no metrics for autoscalers.
- Beside the cluster, of DigitalOcean's API there are clusters, registries and credentials for both; all else of it is answered with 404. The
  registry has what the distribution specification asks for, and no catalog.
- Answers are JSON; protobuf is read but never written.
- Helm and the rest of kubectl are proven on a real control plane, by \`npm run test:engines\`.
`;
}

function countLine(differences: Differences, name: string, origin: string): string {
  const results = [...differences[name as RecordingName].values()];
  const equal = results.filter((lines) => lines.length === 0).length;
  return `\`${name}-1.34.jsonl.gz\`: ${equal} of ${results.length}, ${origin}.`;
}

function section(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function names(all: readonly string[]): string {
  return [...new Set(all)].sort().join(", ");
}
