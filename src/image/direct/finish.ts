import { inParallel } from "../../parallel.ts";
import { sha256 } from "../../registry/digest.ts";
import { mediaType } from "../../registry/media-types.ts";
import type { Digest } from "../../registry/reference.ts";
import type { BaseLayer, Descriptor } from "../base-image.ts";
import type { Contents } from "../contents.ts";
import { encodeConfig } from "../image-config.ts";
import { digestArchive, writeLayer, type ArchiveDigest, type LayerFile } from "../layer-archive.ts";
import type { Platform } from "../platform.ts";
import type { Layer, StageState } from "./stage-state.ts";

/** A layer ready to be sent. Without `file` and `base`, the registry has it from before. */
export interface FinishedLayer extends Descriptor {
  readonly diffId: Digest;
  readonly file?: LayerFile;
  readonly base?: BaseLayer;
}

/** A document that is a blob or a manifest. */
export interface Document extends Descriptor {
  readonly bytes: Buffer;
}

/** An image for one platform, complete but for the sending. */
export interface FinishedImage {
  readonly platform: Platform;
  readonly manifest: Document;
  readonly config: Document;
  readonly layers: readonly FinishedLayer[];
}

/** Compressing is what takes the processor's time, and it has few cores on a runner. */
const atOnce = 2;

/**
 * Makes the layers, the config and the manifest of a stage.
 * @param o.findLayer finds the compressed form of a layer, where the repository has it already.
 */
export async function finishImage(
  state: StageState,
  o: {
    readonly contents: Contents;
    readonly epoch: number;
    readonly findLayer?: (archive: ArchiveDigest) => Promise<Descriptor | undefined>;
  },
): Promise<FinishedImage> {
  const own = state.layers.flatMap((layer) => (layer.kind === "own" ? layer.changes : []));
  await o.contents.fetch(own.flatMap(({ entry }) => (entry.type === "file" ? [entry] : [])));
  const layers = await inParallel(state.layers, atOnce, (layer) => finishLayer(layer, o));
  const image = { ...state.config, rootfs: { type: "layers" as const, diff_ids: layers.map(({ diffId }) => diffId) } };
  const config = document(mediaType.config, encodeConfig(image, o.epoch));
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaType.manifest,
    config: descriptor(config),
    layers: layers.map(descriptor),
  };
  return { platform: state.platform, config, layers, manifest: document(mediaType.manifest, encode(manifest)) };
}

async function finishLayer(layer: Layer, o: Parameters<typeof finishImage>[1]): Promise<FinishedLayer> {
  if (layer.kind === "base") return { ...descriptor(layer.layer), diffId: layer.layer.diffId, base: layer.layer };
  if (o.findLayer !== undefined) {
    const archive = await digestArchive(layer.changes, o.contents);
    const known = await o.findLayer(archive);
    if (known !== undefined) return { ...descriptor(known), diffId: archive.diffId };
  }
  const file = await writeLayer(layer.changes, o.contents);
  return { ...descriptor(file), diffId: file.diffId, file };
}

/** The images of several platforms under one name. */
export function indexOf(images: readonly FinishedImage[]): Document {
  const manifests = images.map(({ manifest, platform }) => ({ ...descriptor(manifest), platform }));
  return document(mediaType.index, encode({ schemaVersion: 2, mediaType: mediaType.index, manifests }));
}

function document(type: string, bytes: Buffer): Document {
  return { mediaType: type, digest: sha256(bytes), size: bytes.byteLength, bytes };
}

function descriptor({ mediaType: type, digest, size }: Descriptor): Descriptor {
  return { mediaType: type, digest, size };
}

function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
