import { SlipwayError } from "../error.ts";
import { inParallel } from "../parallel.ts";
import { mediaType } from "../registry/media-types.ts";
import {
  formatReference,
  manifestName,
  parseReference,
  type Digest,
  type ImageReference,
} from "../registry/reference.ts";
import type { Manifest, RegistryClient } from "../registry/registry-client.ts";
import { FileTree } from "./file-tree.ts";
import type { ForeignConfig } from "./image-config.ts";
import { applyLayer, readLayerEntries, type LayerEntry } from "./layer-entries.ts";
import { bestFor, formatPlatform, normalise, type Platform } from "./platform.ts";

/** What names a blob or manifest inside another. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
}

/** A layer of an image of a registry. */
export interface BaseLayer extends Descriptor {
  readonly diffId: Digest;
  readonly client: RegistryClient;
  readonly repository: string;
}

/** An image that others are built upon, or files are copied from. */
export interface BaseImage {
  /** With its digest. */
  readonly name: string;
  readonly config: ForeignConfig;
  readonly layers: readonly BaseLayer[];
  /** Its files. The first call reads all its layers; the tree is the caller's own. */
  tree(): Promise<FileTree>;
}

const atOnce = 3;
const configLimit = 8 * 1024 * 1024;

/** Finds images in their registries. Each is read once, however many builds want it. */
export class BaseImages {
  readonly #client: (registry: string) => RegistryClient;
  readonly #found = new Map<string, Promise<BaseImage>>();

  constructor(client: (registry: string) => RegistryClient) {
    this.#client = client;
  }

  /** @throws SlipwayError where there is no such image, it is not for that platform, or it may not be read. */
  find(name: string, platform: Platform): Promise<BaseImage> {
    const reference = parseReference(name);
    const key = `${formatReference(reference)} ${formatPlatform(platform)}`;
    const found = this.#found.get(key) ?? this.#find(reference, platform);
    this.#found.set(key, found);
    return found;
  }

  async #find(reference: ImageReference, platform: Platform): Promise<BaseImage> {
    const { registry, repository } = reference;
    const client = this.#client(registry);
    const manifest = await this.#manifest(client, reference, platform);
    const { config, layers = [] } = parse(manifest.bytes) as { config?: Descriptor; layers?: Descriptor[] };
    if (config === undefined) throw malformed(formatReference(reference), "a manifest without a config");
    const document = parse(await readWhole(client.readBlob(repository, config))) as ForeignConfig;
    const name = formatReference({ registry, repository, digest: manifest.digest });
    const own = normalise(document);
    if (bestFor(platform, [{ platform: own }]) === undefined)
      throw otherPlatform({ reference, platform, offered: [own] });
    const diffIds = document.rootfs?.diff_ids ?? [];
    if (diffIds.length !== layers.length) throw malformed(name, `${layers.length} layers, ${diffIds.length} diff_ids`);
    const baseLayers = layers.map((layer, index) => ({
      digest: layer.digest,
      size: layer.size,
      mediaType: ociLayerType(layer.mediaType, name),
      diffId: diffIds[index] ?? layer.digest,
      client,
      repository,
    }));
    let tree: Promise<FileTree> | undefined;
    return {
      name,
      config: document,
      layers: baseLayers,
      tree: async () => (await (tree ??= readTree(baseLayers))).clone(),
    };
  }

  async #manifest(client: RegistryClient, reference: ImageReference, platform: Platform): Promise<Manifest> {
    const manifest = await client.readManifest(reference.repository, manifestName(reference));
    if (manifest.mediaType === mediaType.manifest || manifest.mediaType === mediaType.dockerManifest) return manifest;
    if (manifest.mediaType !== mediaType.index && manifest.mediaType !== mediaType.dockerList)
      throw malformed(formatReference(reference), `the media type ${manifest.mediaType}`);
    const { manifests } = parse(manifest.bytes) as { manifests: (Descriptor & { platform?: Platform })[] };
    const offered = manifests.flatMap(({ digest, platform }) =>
      platform ? [{ digest, platform: normalise(platform) }] : [],
    );
    const best = bestFor(platform, offered);
    if (best === undefined) throw otherPlatform({ reference, platform, offered: offered.map((one) => one.platform) });
    return client.readManifest(reference.repository, best.digest);
  }
}

async function readTree(layers: readonly BaseLayer[]): Promise<FileTree> {
  const entries = await inParallel(layers, atOnce, (layer): Promise<LayerEntry[]> => readLayerEntries(layer));
  const tree = new FileTree();
  for (const layer of entries) applyLayer(tree, layer);
  return tree;
}

async function readWhole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > configLimit)
      throw new SlipwayError("Cannot read an image's config because it is too large", { code: "refused" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Documents of a registry whose digests have been checked. */
function parse(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString("utf8"));
}

const ociTypes: Readonly<Record<string, string>> = {
  [mediaType.dockerLayer]: mediaType.layer,
  [mediaType.dockerGzipLayer]: mediaType.gzipLayer,
};

function ociLayerType(type: string, image: string): string {
  const converted = ociTypes[type] ?? type;
  if ([mediaType.layer, mediaType.gzipLayer, mediaType.zstdLayer].includes(converted as typeof mediaType.layer))
    return converted;
  throw malformed(image, `a layer of media type ${type}`);
}

function malformed(image: string, got: string): SlipwayError {
  return new SlipwayError(
    `Cannot build on ${image} because the direct builder does not know how to read it: got ${got}`,
    {
      code: "configuration",
      hint: 'Set "builder: docker" for this image.',
    },
  );
}

function otherPlatform(o: {
  readonly reference: ImageReference;
  readonly platform: Platform;
  readonly offered: readonly Platform[];
}): SlipwayError {
  const offered = o.offered.map(formatPlatform).filter((name) => name !== "unknown/unknown");
  return new SlipwayError(
    `Cannot build on ${formatReference(o.reference)} because it is not there for ${formatPlatform(o.platform)}: got ${offered.join(", ") || "none"}`,
    { code: "configuration", hint: "Set platforms to one that the image is there for, or choose another image." },
  );
}
