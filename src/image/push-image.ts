import { createReadStream } from "node:fs";
import { inParallel } from "../parallel.ts";
import type { Arrival, Blob, RegistryClient } from "../registry/registry-client.ts";
import type { Document, FinishedImage, FinishedLayer } from "./direct/finish.ts";

/** How many layers were sent, and how many were there or could be mounted. */
export interface Traffic {
  readonly uploaded: number;
  readonly reused: number;
  readonly uploadedBytes: number;
}

const atOnce = 4;
const nothing: Traffic = { uploaded: 0, reused: 0, uploadedBytes: 0 };

/**
 * Sends an image under its digest, and no more of it than the repository lacks. Where its manifest is there, all of it is: a registry
 * takes a manifest only after what it names.
 */
export async function pushImage(
  image: FinishedImage,
  to: { readonly client: RegistryClient; readonly repository: string },
): Promise<Traffic> {
  const { client, repository } = to;
  client.expectWrites(repository);
  if ((await client.findManifest(repository, image.manifest.digest)) !== undefined)
    return { ...nothing, reused: image.layers.length };
  const distinct = [...new Map(image.layers.map((layer) => [layer.digest, layer])).values()];
  const arrivals = await inParallel(distinct, atOnce, (layer) => pushLayer(layer, to));
  await client.pushBlob(repository, blobOf(image.config));
  await client.pushManifest(repository, image.manifest.digest, image.manifest);
  const sent = distinct.filter((_, index) => arrivals[index] === "uploaded");
  return {
    uploaded: sent.length,
    reused: image.layers.length - sent.length,
    uploadedBytes: sent.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Sends the index of images that are there already. */
export async function pushIndex(
  index: Document,
  to: { readonly client: RegistryClient; readonly repository: string },
): Promise<void> {
  if ((await to.client.findManifest(to.repository, index.digest)) !== undefined) return;
  await to.client.pushManifest(to.repository, index.digest, index);
}

async function pushLayer(
  layer: FinishedLayer,
  { client, repository }: { readonly client: RegistryClient; readonly repository: string },
): Promise<Arrival> {
  const { digest, size, file, base } = layer;
  if (file !== undefined) {
    const { path } = file;
    return client.pushBlob(repository, {
      digest,
      size,
      open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
    });
  }
  if (base === undefined) return "there already";
  const blob = { digest, size, open: () => base.client.readBlob(base.repository, base) };
  const isHere = base.client.registry === client.registry;
  return client.pushBlob(repository, blob, isHere && base.repository !== repository ? base.repository : undefined);
}

function blobOf({ digest, size, bytes }: Document): Blob {
  return {
    digest,
    size,
    async *open() {
      yield await Promise.resolve(bytes);
    },
  };
}
