import { SlipwayError } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import { apiVersionOf } from "../kubernetes/discovery.ts";
import type { Manifest, ManifestSet } from "../kubernetes/manifests/manifest.ts";
import { readManifests } from "../kubernetes/manifests/read.ts";
import type { Capabilities } from "../kubernetes/manifests/render/helm.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { podTemplateOf } from "../kubernetes/pod-template.ts";
import { explainingForbidden } from "../release/plan/explain-forbidden.ts";
import { appLabel } from "../release/labels.ts";
import { timeoutProblems } from "../release/rollout/object-timeout.ts";
import { isForbidden } from "../release/plan/permissions.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { ReleaseObject } from "../release/release-object.ts";
import type { Runner } from "../runner/runner.ts";
import { checkImages } from "./check-images.ts";
import type { DeployInputs } from "./inputs.ts";
import { prepareRelease } from "./prepare/prepare.ts";
import { secretObjects } from "./prepare/secrets.ts";
import type { PullCredential } from "./prepare/secrets.ts";
import { pullCredential } from "./pull-credential.ts";
import { readAutoscalers } from "./read-autoscalers.ts";

/** Stands for the pull secret that may not be read, until it is told what else may not be done. */
const unknownCredential: PullCredential = { host: "", username: "", password: "" };

/**
 * Everything the inputs ask for, as the objects of one release. Nothing is written. The manifests are read while the cluster is reached.
 * @throws SlipwayError `configuration` with every problem of every file and input, or with every permission that is missing.
 */
export async function gatherObjects(
  runner: Runner,
  reaching: Promise<ReleasePorts>,
  inputs: DeployInputs,
): Promise<ReleaseObject[]> {
  const [{ manifests, problems }, ports] = await Promise.all([readAll(runner, reaching, inputs), reaching]);
  const wanted = inputs.secrets ?? [];
  const pull = await pullCredential(runner, ports, inputs).catch(forbiddenOnly);
  const secrets = secretObjects(wanted, pull instanceof ApiError ? unknownCredential : pull);
  const prepared = prepareRelease({
    app: inputs.app,
    namespace: inputs.namespace,
    discovery: ports.discovery,
    manifests,
    secrets: secrets.objects,
    images: inputs.images ?? {},
    autoscalers: await autoscalersThatStay(ports, inputs, manifests),
  });
  const all = [...problems, ...secrets.problems, ...prepared.problems, ...timeoutProblems(prepared.objects)];
  if (all.length === 0 && pull instanceof ApiError)
    await explainingForbidden(ports, { ...inputs, objects: prepared.objects }, () => Promise.reject(pull));
  if (all.length === 0) all.push(...(await checkImages(runner, inputs, prepared.objects)));
  if (all.length === 0) return prepared.objects;
  const count = all.length === 1 ? "one problem" : `${all.length} problems`;
  throw new SlipwayError(
    `Cannot deploy ${inputs.app} because of its manifests: got ${count}, and nothing was changed`,
    {
      code: "configuration",
      problems: all,
    },
  );
}

function forbiddenOnly(error: unknown): ApiError {
  if (isForbidden(error)) return error;
  throw error;
}

function readAll(runner: Runner, reaching: Promise<ReleasePorts>, inputs: DeployInputs): Promise<ManifestSet> {
  return readManifests({
    lines: inputs.manifests,
    workspace: runner.workspace,
    variables: new Map(Object.entries(inputs.variables ?? {})),
    exec: runner.exec,
    signal: runner.signal,
    helm: {
      release: inputs.app,
      namespace: inputs.namespace,
      values: inputs["helm-values"] ?? [],
      set: inputs["helm-set"] ?? [],
      capabilities: async () => readCapabilities(await reaching),
    },
  });
}

/** What a chart's templates see of the cluster: its version, and every kind that it has. */
async function readCapabilities({ api, discovery }: ReleasePorts): Promise<Capabilities> {
  const { gitVersion } = await api.request<{ gitVersion: string }>({ method: "GET", path: "/version" });
  const versions = discovery.kinds.flatMap((kind) => [apiVersionOf(kind), `${apiVersionOf(kind)}/${kind.kind}`]);
  return { kubernetes: gitVersion, apiVersions: [...new Set(versions)] };
}

/** Those of the namespaces that pods run in. One of this app that is not released again is removed by this very deploy. */
async function autoscalersThatStay(
  ports: ReleasePorts,
  inputs: DeployInputs,
  manifests: readonly Manifest[],
): Promise<KubernetesObject[]> {
  const workloads = manifests.filter(({ object }) => podTemplateOf(object) !== undefined);
  const namespaces = new Set(workloads.map(({ object }) => object.metadata.namespace ?? inputs.namespace));
  const inCluster = await Promise.all([...namespaces].map((namespace) => readAutoscalers(ports, namespace)));
  return inCluster.flat().filter(({ metadata }) => !inputs.prune || metadata.labels?.[appLabel] !== inputs.app);
}
