import { openDigitalOcean } from "../digitalocean/client.ts";
import { DigitalOceanError } from "../digitalocean/error.ts";
import { registryCredentials } from "../digitalocean/registry.ts";
import { SlipwayError } from "../error.ts";
import type { Problem } from "../error.ts";
import { inParallel } from "../parallel.ts";
import type { Credentials } from "../registry/access.ts";
import { formatReference, manifestName, parseReference } from "../registry/reference.ts";
import type { ImageReference } from "../registry/reference.ts";
import { RegistryClient } from "../registry/registry-client.ts";
import type { ReleaseObject } from "../release/release-object.ts";
import { systemClock } from "../runner/clock.ts";
import type { Runner } from "../runner/runner.ts";
import type { DeployInputs } from "./inputs.ts";
import { placesOf } from "./prepare/images.ts";

/** DOCR's own host; where DIGITALOCEAN_API_URL stands for the API, any host may stand for the registry. */
const docrHost = "registry.digitalocean.com";
/** Of our own credential, which is revoked after use. */
const expirySeconds = 600;
/** A registry that cannot be asked must not hold a deploy up: the nodes may well reach it. */
const tries = 2;

interface Asked {
  /** As the input has it. */
  readonly text: string;
  readonly reference: ImageReference;
}

/**
 * Asks the registries whether the images of the input `images` are there: a deploy of one that is not would only fail later, on a node.
 * A registry that cannot be asked (it is private and only the cluster has its credential, or only the cluster reaches it) is passed
 * over: then the node will tell.
 */
export async function checkImages(
  runner: Runner,
  inputs: DeployInputs,
  objects: readonly ReleaseObject[],
): Promise<Problem[]> {
  const asked = Object.values(inputs.images ?? {}).map((text) => ({ text, reference: parseReference(text) }));
  const accounts = Map.groupBy(asked, ({ reference }) => `${reference.registry}/${accountOf(reference)}`);
  const missing = await inParallel([...accounts.values()], 4, (images) => findMissing(runner, inputs, images));
  return missing.flat().flatMap(({ text, reference }) => describeMissing(reference, placesOf(text, objects)));
}

/** The first part of a repository: at DigitalOcean, the name of the registry. */
function accountOf({ repository }: ImageReference): string {
  return repository.split("/")[0] ?? "";
}

function describeMissing(reference: ImageReference, places: readonly Problem[]): Problem[] {
  const what = `images: ${reference.registry}/${reference.repository} has no image ${manifestName(reference)}`;
  const hint = "Build and push it first, or take it from the output images of build-push.";
  if (places.length === 0) return [{ message: what, hint }];
  return places.map((place) => ({ ...place, message: `${place.message}: ${what}`, hint }));
}

/** Those of one account that its registry does not have. */
async function findMissing(runner: Runner, inputs: DeployInputs, images: readonly Asked[]): Promise<readonly Asked[]> {
  const [first] = images;
  if (first === undefined) return [];
  return withCredentials(runner, inputs, first.reference, async (credentials) => {
    const { env, signal } = runner;
    const { registry } = first.reference;
    const client = new RegistryClient({ registry, credentials, clock: systemClock, signal, env, tries });
    try {
      const found = await inParallel(images, 4, ({ reference }) => isThere(runner, client, reference));
      return images.filter((_image, index) => found[index] === false);
    } finally {
      client.close();
    }
  });
}

async function isThere({ log }: Runner, client: RegistryClient, reference: ImageReference): Promise<boolean> {
  try {
    return (await client.findManifest(reference.repository, manifestName(reference))) !== undefined;
  } catch (error) {
    if (!(error instanceof SlipwayError) || error.code === "cancelled") throw error;
    log.debug(`${formatReference(reference)} cannot be asked for: ${error.message}`);
    return true;
  }
}

/** A credential of minutes for DigitalOcean's registry, revoked after use; none for others. */
async function withCredentials<T>(
  runner: Runner,
  inputs: DeployInputs,
  reference: ImageReference,
  work: (credentials: Credentials | undefined) => Promise<T>,
): Promise<T> {
  const { env, signal } = runner;
  const token = inputs["digitalocean-token"];
  const isDocr = reference.registry === docrHost || env.DIGITALOCEAN_API_URL !== undefined;
  if (token === undefined || !isDocr) return work(undefined);
  const api = openDigitalOcean({ token, env, signal });
  try {
    const minted = await registryCredentials(api, accountOf(reference), { readWrite: false, expirySeconds }).catch(
      unlessRefused,
    );
    if (minted === undefined) return await work(undefined);
    runner.mask(minted.password);
    try {
      return await work(
        minted.host === reference.registry ? { ...minted, origin: "made with digitalocean-token" } : undefined,
      );
    } finally {
      // It expires in minutes anyhow.
      await api.revoke(minted.password).catch((error: unknown) => runner.log.debug(String(error)));
    }
  } finally {
    api.close();
  }
}

/** A token that may deploy need not be one that may use the registry. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof DigitalOceanError || (error instanceof SlipwayError && error.code === "configuration")) return;
  throw error;
}
