import { SlipwayError } from "../error.ts";
import type { Digest } from "../registry/reference.ts";
import type { BaseImages, BaseLayer } from "./base-image.ts";
import type { ArchiveDigest } from "./layer-archive.ts";
import type { Platform } from "./platform.ts";

export interface KnownLayersOptions {
  readonly images: BaseImages;
  /** Names under which an earlier build may be; the first that exists is looked at. */
  readonly names: readonly string[];
  readonly platform: Platform;
}

/** Below this size, compressing is quicker than asking. */
const worthAsking = 4 * 1024 * 1024;

/**
 * The layers that an earlier build has left in a repository. One that holds the same files need not be compressed again, which is what
 * takes a build's time.
 */
export class KnownLayers {
  readonly #options: KnownLayersOptions;
  #layers: Promise<ReadonlyMap<Digest, BaseLayer>> | undefined;

  constructor(options: KnownLayersOptions) {
    this.#options = options;
  }

  /** A layer with that content, where the repository has it; undefined otherwise, and for those that are quickly made. */
  async find({ diffId, size }: ArchiveDigest): Promise<BaseLayer | undefined> {
    if (size < worthAsking) return undefined;
    const known = (await (this.#layers ??= this.#read())).get(diffId);
    const isThere = known && (await known.client.blobSize(known.repository, known.digest)) === known.size;
    return isThere ? known : undefined;
  }

  /** Whatever goes wrong here only costs time: the layers are made anew. */
  async #read(): Promise<ReadonlyMap<Digest, BaseLayer>> {
    for (const name of this.#options.names) {
      try {
        const image = await this.#options.images.find(name, this.#options.platform);
        return new Map(image.layers.map((layer) => [layer.diffId, layer]));
      } catch (error) {
        if (!(error instanceof SlipwayError)) throw error;
      }
    }
    return new Map();
  }
}
