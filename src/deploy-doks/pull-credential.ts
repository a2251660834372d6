import { openDigitalOcean } from "../digitalocean/client.ts";
import { registryCredentials, registryNames } from "../digitalocean/registry.ts";
import { SlipwayError } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { manifestName, parseReference } from "../registry/reference.ts";
import { RegistryClient } from "../registry/registry-client.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { Runner } from "../runner/runner.ts";
import type { DeployInputs } from "./inputs.ts";
import type { PullCredential } from "./prepare/secrets.ts";

/**
 * The credential for the `registry: docr` entry of `secrets`, undefined where there is none. Nodes pull with it for as long as the
 * release lives, so it does not expire; one that the cluster has already is used again, so that a deploy that changes nothing stays one.
 * Once somebody has revoked it, there is a new one.
 */
export async function pullCredential(
  runner: Runner,
  ports: ReleasePorts,
  inputs: DeployInputs,
): Promise<PullCredential | undefined> {
  const secret = inputs.secrets?.find(({ registry }) => registry !== undefined);
  const token = inputs["digitalocean-token"];
  if (secret === undefined || token === undefined) return undefined;
  const known = await readCredential(ports, inputs.namespace, secret.name);
  const isKept = known !== undefined && !(await isRefused(runner, inputs, known));
  if (known !== undefined && !isKept)
    runner.log.notice(`Secret/${secret.name}: the registry refuses its credential, so a new one is made`);
  const credential = isKept ? known : await mint(runner, token, inputs);
  runner.mask(credential.password);
  return credential;
}

/** Whether the registry says that the credential is none of its. Not asked where no image of the release is there. */
async function isRefused(runner: Runner, inputs: DeployInputs, known: PullCredential): Promise<boolean> {
  const { clock, env, signal, log } = runner;
  const references = Object.values(inputs.images ?? {}).map(parseReference);
  const reference = references.find(({ registry }) => registry === known.host);
  if (reference === undefined) return false;
  const credentials = { ...known, origin: "of the pull secret" };
  const client = new RegistryClient({ registry: known.host, credentials, clock, signal, env, tries: 1 });
  try {
    await client.findManifest(reference.repository, manifestName(reference));
    return false;
  } catch (error) {
    if (!(error instanceof SlipwayError) || error.code === "cancelled") throw error;
    log.debug(`the pull secret's credential: ${error.message}`);
    return error.code === "denied";
  } finally {
    client.close();
  }
}

async function mint({ env, signal }: Runner, token: string, inputs: DeployInputs): Promise<PullCredential> {
  const api = openDigitalOcean({ token, env, signal });
  try {
    const names = await registryNames(api, "find the registry for the pull secret");
    const name = chooseRegistry(names, inputs.images ?? {});
    return await registryCredentials(api, name, { readWrite: false, expirySeconds: 0 });
  } finally {
    api.close();
  }
}

/** The account's only registry, or the one that the images come from. */
function chooseRegistry(names: readonly string[], images: Readonly<Record<string, string>>): string {
  const [first] = names;
  if (first !== undefined && names.length === 1) return first;
  const used = new Set(Object.values(images).map((reference) => parseReference(reference).repository.split("/")[0]));
  const found = names.filter((name) => used.has(name));
  if (found[0] !== undefined && found.length === 1) return found[0];
  throw new SlipwayError(
    `Cannot choose the registry for the pull secret: got ${names.join(", ") || "none at all"} in this account`,
    {
      code: "configuration",
      hint: 'Create a registry, or give the input "images" references of one of them.',
    },
  );
}

/** What the Secret in the cluster holds, if it is a pull secret for one registry. */
async function readCredential(
  { api, signal }: ReleasePorts,
  namespace: string,
  name: string,
): Promise<PullCredential | undefined> {
  try {
    const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
    const secret = await api.request<KubernetesObject & { data?: Record<string, string> }>({
      method: "GET",
      path,
      signal,
    });
    const config = Buffer.from(secret.data?.[".dockerconfigjson"] ?? "", "base64").toString();
    const { auths = {} } = JSON.parse(config || "{}") as {
      auths?: Record<string, { username?: string; password?: string }>;
    };
    const [host, { username, password } = {}] = Object.entries(auths)[0] ?? [];
    return host === undefined || username === undefined || password === undefined
      ? undefined
      : { host, username, password };
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof ApiError && error.status === 404)) return undefined;
    throw error;
  }
}
