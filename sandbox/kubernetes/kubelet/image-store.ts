import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { formatReference, isDigest, manifestName } from "../../../src/registry/reference.ts";
import type { Digest, ImageReference } from "../../../src/registry/reference.ts";
import type { ImageConfig } from "./command.ts";
import { unpackLayer } from "./unpack.ts";

/** An image that is unpacked on this machine. */
export interface Image {
  /** The folder that is its "/". */
  readonly root: string;
  readonly config: ImageConfig;
  /** `repository@digest` */
  readonly id: string;
  /** Bytes of its layers as the registry keeps them. */
  readonly size: number;
}

/** Where images come from; a registry's client is one. */
export interface ImageSource {
  readManifest(repository: string, name: string): Promise<{ readonly digest: Digest; readonly bytes: Buffer }>;
  readBlob(repository: string, blob: { readonly digest: Digest; readonly size?: number }): AsyncIterable<Uint8Array>;
}

interface Descriptor {
  mediaType: string;
  digest: Digest;
  size: number;
  platform?: { os: string; architecture: string };
}

interface ManifestDocument {
  mediaType?: string;
  manifests?: Descriptor[];
  config?: Descriptor;
  layers?: Descriptor[];
}

/** The images of one kubelet, unpacked once each, by the digest of their manifest. */
export class ImageStore {
  readonly #directory: string;
  readonly #images = new Map<string, Image>();
  readonly #unpacking = new Map<Digest, Promise<Image>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The image that was last pulled by this name. */
  find(reference: ImageReference): Image | undefined {
    return this.#images.get(keyOf(reference));
  }

  /** Asks what the name stands for now, and unpacks that unless it is here already. */
  async pull(reference: ImageReference, source: ImageSource): Promise<Image> {
    const { digest, document } = await readPlatformManifest(reference, source);
    const known = this.#unpacking.get(digest) ?? this.#unpack({ ...reference, digest }, { document, source });
    this.#unpacking.set(digest, known);
    try {
      const image = await known;
      this.#images.set(keyOf(reference), image);
      return image;
    } catch (error) {
      this.#unpacking.delete(digest);
      throw error;
    }
  }

  async #unpack(
    reference: ImageReference & { readonly digest: Digest },
    { document, source }: { readonly document: ManifestDocument; readonly source: ImageSource },
  ): Promise<Image> {
    const { repository, digest } = reference;
    const root = join(this.#directory, digest.replace(":", "-"));
    const draft = `${root}.unpacking`;
    const { layers = [], config } = document;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    for (const layer of layers) {
      await unpackLayer({ bytes: source.readBlob(repository, layer), mediaType: layer.mediaType, root: draft });
    }
    const settings =
      config === undefined
        ? {}
        : (JSON.parse(await text(source.readBlob(repository, config))) as { config?: ImageConfig });
    await rename(draft, root);
    const id = `${formatReference({ registry: reference.registry, repository })}@${digest}`;
    const size = layers.reduce((sum, layer) => sum + layer.size, config?.size ?? 0);
    return { root, config: settings.config ?? {}, id, size };
  }
}

function keyOf(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}:${manifestName(reference)}`;
}

/** Of an image for several platforms, the one for this machine; containers run Linux programs wherever they run. */
async function readPlatformManifest(
  reference: ImageReference,
  source: ImageSource,
): Promise<{ digest: Digest; document: ManifestDocument }> {
  const { digest, bytes } = await source.readManifest(reference.repository, manifestName(reference));
  const document = JSON.parse(bytes.toString()) as ManifestDocument;
  if (document.manifests === undefined) return { digest, document };
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const fitting = document.manifests.find(({ platform }) => {
    return platform?.architecture === architecture && platform.os === "linux";
  });
  if (fitting === undefined || !isDigest(fitting.digest)) {
    throw new Error(`no match for platform in manifest ${digest}: not found`);
  }
  return readPlatformManifest({ ...reference, digest: fitting.digest }, source);
}

async function text(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString();
}
