import { createHash, randomUUID } from "node:crypto";
import { createReadStream, mkdirSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

/** Where the bytes of all repositories' blobs are kept, once each. */
export interface BlobStore {
  size(digest: string): number | undefined;
  /** Both ends of `range` are inclusive and inside the blob. */
  read(digest: string, range?: { readonly start: number; readonly end: number }): Readable;
  write(): Promise<BlobWriter>;
}

/** One blob on its way in. */
export interface BlobWriter {
  readonly size: number;
  /** What arrived before the source broke off stays, so that an upload can be resumed. */
  append(source: AsyncIterable<Buffer>): Promise<void>;
  /** Keeps the blob if its digest is `digest`. The writer is done with in either case. */
  commit(digest: string): Promise<boolean>;
  discard(): Promise<void>;
}

interface Sink {
  write(chunk: Buffer): Promise<void> | void;
  keep(digest: string, size: number): Promise<void> | void;
  discard(): Promise<void> | void;
}

class HashingWriter implements BlobWriter {
  size = 0;
  readonly #hash = createHash("sha256");
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async append(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      await this.#sink.write(chunk);
      this.#hash.update(chunk);
      this.size += chunk.length;
    }
  }

  async commit(digest: string): Promise<boolean> {
    const matches = `sha256:${this.#hash.digest("hex")}` === digest;
    await (matches ? this.#sink.keep(digest, this.size) : this.#sink.discard());
    return matches;
  }

  async discard(): Promise<void> {
    await this.#sink.discard();
  }
}

export function memoryStore(): BlobStore {
  const blobs = new Map<string, Buffer>();
  return {
    size: (digest) => blobs.get(digest)?.length,
    read: (digest, range) => {
      const blob = blobs.get(digest) ?? Buffer.alloc(0);
      return Readable.from([range === undefined ? blob : blob.subarray(range.start, range.end + 1)]);
    },
    write: () => {
      const chunks: Buffer[] = [];
      const writer = new HashingWriter({
        write: (chunk) => void chunks.push(chunk),
        keep: (digest) => void blobs.set(digest, Buffer.concat(chunks)),
        discard: () => void chunks.splice(0),
      });
      return Promise.resolve(writer);
    },
  };
}

/** Blobs as files of `folder`, which is made if need be. */
export function folderStore(folder: string): BlobStore {
  mkdirSync(folder, { recursive: true });
  const fileOf = (digest: string): string => join(folder, digest.replace(":", "-"));
  const sizes = new Map<string, number>();
  return {
    size: (digest) => sizes.get(digest),
    read: (digest, range) => createReadStream(fileOf(digest), range),
    write: async () => {
      const path = join(folder, `upload-${randomUUID()}`);
      const file = await open(path, "wx", 0o600);
      return new HashingWriter({
        write: (chunk) => file.appendFile(chunk),
        keep: async (digest, size) => {
          await file.close();
          await rename(path, fileOf(digest));
          sizes.set(digest, size);
        },
        discard: async () => {
          await file.close();
          await rm(path, { force: true });
        },
      });
    },
  };
}
