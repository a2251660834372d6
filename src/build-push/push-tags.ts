import { inParallel } from "../parallel.ts";
import type { RegistryClient } from "../registry/registry-client.ts";
import type { Log } from "../runner/runner.ts";
import type { BuiltImage } from "./built-image.ts";
import { newerRelease, type Tags } from "./tags/resolve.ts";

/** An image with the tags that lead to it. */
export interface TaggedImage extends BuiltImage {
  readonly tags: readonly string[];
}

const atOnce = 4;

/** Moves the tags of an image that is in its repository. A tag that leads there already costs one look. */
export async function pushTags(
  image: BuiltImage,
  o: { readonly client: RegistryClient; readonly log: Log },
): Promise<TaggedImage> {
  const { client } = o;
  const { repository, name } = image.plan;
  client.expectWrites(repository);
  const tags = await decideTags(image, o);
  const found = await inParallel(tags, atOnce, (tag) => client.findManifest(repository, tag));
  const moving = tags.filter((_, index) => found[index] !== image.digest);
  if (moving.length > 0) {
    const manifest = await client.readManifest(repository, image.digest);
    await inParallel(moving, atOnce, (tag) => client.pushManifest(repository, tag, manifest));
  }
  o.log.info(`${name}: ${moving.length === 0 ? "the tags are there already" : `tagged ${moving.join(", ")}`}`);
  return { ...image, tags };
}

/** The tags of an image, unless a newer release keeps `latest`. */
export function plannedTags({ names, latest }: Tags): readonly string[] {
  return latest === undefined ? names : [...new Set([...names, "latest"])];
}

/** `latest` is for the newest release: a patch of an old one must not take it back. */
async function decideTags(
  { plan }: BuiltImage,
  { client, log }: { readonly client: RegistryClient; readonly log: Log },
): Promise<readonly string[]> {
  const { names, latest } = plan.tags;
  if (latest === undefined) return names;
  const newer = newerRelease(latest, await client.tags(plan.repository));
  if (newer === undefined) return plannedTags(plan.tags);
  log.notice(`${plan.name}: latest stays where it is, since ${newer} is a newer release than ${names[0] ?? ""}.`);
  return names;
}
