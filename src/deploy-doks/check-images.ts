import { openDigitalOcean } from "../digitalocean/client.ts";
import { registryCredentials } from "../digitalocean/registry.ts";
import type { Problem } from "../error.ts";
import { inParallel } from "../parallel.ts";
import { parseReference } from "../registry/reference.ts";
import type { ImageReference } from "../registry/reference.ts";
import { RegistryClient } from "../registry/registry-client.ts";
import { RegistryError } from "../registry/registry-error.ts";
import type { ReleaseObject } from "../release/release-object.ts";
import { systemClock } from "../runner/clock.ts";
import type { Runner } from "../runner/runner.ts";
import type { DeployInputs } from "./inputs.ts";
import { placesOf } from "./prepare/images.ts";

type Credentials = { readonly username: string; readonly password: string; readonly origin: string } | undefined;

/** DOCR's own host, and what stands for it where DIGITALOCEAN_API_URL does for the API. */
const docrHost = "registry.digitalocean.com";

/**
 * Asks the registries whether the images of the input `images` are there: a deploy of one that is not would only fail later, on a node.
 * Whether it is there cannot always be asked (a private registry whose credential only the cluster has): then the node will tell.
 */
export async function checkImages(
  runner: Runner,
  inputs: DeployInputs,
  objects: readonly ReleaseObject[],
): Promise<Problem[]> {
  const references = Object.values(inputs.images ?? {});
  const found = await inParallel(references, 4, async (text) => {
    const reference = parseReference(text);
    const isThere = await withCredentials(runner, inputs, reference, (credentials) =>
      ask(runner, reference, credentials),
    );
    if (isThere) return [];
    const what = `images: ${reference.registry}/${reference.repository} has no image ${reference.digest ?? ""}`;
    const hint = "Build and push it first, or take it from the output images of build-push.";
    const places = placesOf(text, objects);
    return (places.length === 0 ? [{ message: "" }] : places).map(({ message, ...at }) => {
      return { message: message === "" ? what : `${message}: ${what}`, hint, ...at };
    });
  });
  return found.flat();
}

async function ask(
  { env, signal, log }: Runner,
  reference: ImageReference,
  credentials: Credentials,
): Promise<boolean> {
  const { registry, repository, digest = "" } = reference;
  const client = new RegistryClient({ registry, credentials, clock: systemClock, signal, env });
  try {
    return (await client.findManifest(repository, digest)) !== undefined;
  } catch (error) {
    if (!(error instanceof RegistryError) || (error.status !== 401 && error.status !== 403)) throw error;
    log.debug(`${registry}/${repository} cannot be asked for ${digest}: ${error.message}`);
    return true;
  }
}

/** A credential of minutes for DigitalOcean's registry, revoked after use; none for others. */
async function withCredentials<T>(
  runner: Runner,
  inputs: DeployInputs,
  { registry, repository }: ImageReference,
  work: (credentials: Credentials) => Promise<T>,
): Promise<T> {
  const { env, signal } = runner;
  const token = inputs["digitalocean-token"];
  const isDocr = registry === docrHost || env.DIGITALOCEAN_API_URL !== undefined;
  if (token === undefined || !isDocr) return work(undefined);
  const api = openDigitalOcean({ token, env, signal });
  try {
    const name = repository.split("/")[0] ?? "";
    const minted = await registryCredentials(api, name, { readWrite: false, expirySeconds: 600 });
    runner.mask(minted.password);
    try {
      return await work(minted.host === registry ? { ...minted, origin: "made with digitalocean-token" } : undefined);
    } finally {
      await api.revoke(minted.password);
    }
  } finally {
    api.close();
  }
}
