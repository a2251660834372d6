import { createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeSync, closeSync } from "node:fs";
import { join } from "node:path";
import type { BaseLayer } from "./base-image.ts";
import type { Content, FileEntry } from "./entry.ts";
import { readLayer } from "./layer-entries.ts";

type LayerContent = Content & { readonly from: "layer" };

/** Up to this size a file is read in one piece. */
const smallFile = 256 * 1024;

/**
 * Gives the bytes of files, wherever they are. What lies in the layers of other images is fetched first, by `fetch`, into a folder of
 * its own: a layer can only be read from its start to its end.
 */
export class Contents {
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #fetched = new Map<BaseLayer, Map<number, { readonly path: string; readonly start: number }>>();
  #files = 0;

  /** @param temp where the folder is made; `close` removes it. @param signal ends the reading, with an error. */
  constructor(temp: string, signal?: AbortSignal) {
    this.#folder = mkdtempSync(join(temp, "slipway-image-"));
    this.#signal = signal;
  }

  /** A path in the folder that nobody else gets. */
  newPath(): string {
    return join(this.#folder, String(this.#files++));
  }

  /** Makes the contents of these files readable. Each layer is read once. */
  async fetch(files: Iterable<FileEntry>): Promise<void> {
    const wanted = new Map<BaseLayer, Set<number>>();
    for (const { content } of files) {
      if (content.from !== "layer" || this.#fetched.get(content.layer)?.has(content.index) === true) continue;
      wanted.set(content.layer, (wanted.get(content.layer) ?? new Set()).add(content.index));
    }
    for (const [layer, indices] of wanted) await this.#fetchLayer(layer, indices);
  }

  /** The bytes of a file, in pieces. */
  open(file: FileEntry): Iterable<Buffer> | AsyncIterable<Buffer> {
    const { content, size } = file;
    const signal = this.#signal;
    signal?.throwIfAborted();
    if (size === 0) return [];
    switch (content.from) {
      case "memory":
        return [content.bytes];
      case "disk":
        return size <= smallFile
          ? [readFileSync(content.path)]
          : createReadStream(content.path, { highWaterMark: smallFile, signal });
      case "layer": {
        const { path, start } = this.#place(content);
        return createReadStream(path, { start, end: start + size - 1, highWaterMark: smallFile, signal });
      }
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #place(content: LayerContent) {
    const place = this.#fetched.get(content.layer)?.get(content.index);
    if (place === undefined) throw new Error("a file of a layer was opened before it was fetched");
    return place;
  }

  async #fetchLayer(layer: BaseLayer, indices: ReadonlySet<number>): Promise<void> {
    const path = this.newPath();
    const places = this.#fetched.get(layer) ?? new Map<number, { path: string; start: number }>();
    const descriptor = openSync(path, "wx", 0o600);
    let end = 0;
    try {
      await readLayer(layer, (_header, index) => {
        if (!indices.has(index)) return undefined;
        places.set(index, { path, start: end });
        return (chunk) => (end += writeWhole(descriptor, chunk));
      });
    } finally {
      closeSync(descriptor);
    }
    this.#fetched.set(layer, places);
  }
}

function writeWhole(descriptor: number, bytes: Buffer): number {
  let written = 0;
  while (written < bytes.byteLength) written += writeSync(descriptor, bytes, written);
  return written;
}
