import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { SlipwayError } from "../error.ts";
import { mediaType } from "../registry/media-types.ts";
import type { Digest } from "../registry/reference.ts";
import type { Descriptor } from "./base-image.ts";
import type { Contents } from "./contents.ts";
import type { FileEntry } from "./entry.ts";
import type { Change } from "./file-tree.ts";
import { encodeHeader, endOfArchive, padding, type TarHeader } from "./tar/write.ts";

/** A layer on disk, as it is sent. */
export interface LayerFile extends Descriptor {
  readonly diffId: Digest;
  readonly path: string;
}

/** Hashing and compressing tiny pieces costs more than the bytes themselves. */
const pieceSize = 256 * 1024;

/** A layer's archive as such: its digest is equal for equal files, however they are compressed. */
export interface ArchiveDigest {
  readonly diffId: Digest;
  readonly size: number;
}

export async function digestArchive(changes: readonly Change[], contents: Contents): Promise<ArchiveDigest> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const piece of inPieces(archive(changes, contents))) {
    hash.update(piece);
    size += piece.byteLength;
  }
  return { diffId: `sha256:${hash.digest("hex")}`, size };
}

/** Writes a layer's archive, compressed by gzip without a time or name in it. Memory stays small however big the files are. */
export async function writeLayer(changes: readonly Change[], contents: Contents): Promise<LayerFile> {
  const path = contents.newPath();
  const archived = createHash("sha256");
  const compressed = createHash("sha256");
  let size = 0;
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of inPieces(archive(changes, contents))) {
      archived.update(piece);
      yield piece;
    }
  };
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // The tenth byte names the system that compressed: 255, "unknown", wherever this runs.
      if (size === 0) chunk[9] = 255;
      size += chunk.byteLength;
      compressed.update(chunk);
      done(null, chunk);
    },
  });
  // One below zlib's own choice: a fifth less time for half a percent more bytes.
  const gzip = createGzip({ level: 5, chunkSize: pieceSize });
  await pipeline(
    Readable.from(hashed(), { objectMode: false }),
    gzip,
    count,
    createWriteStream(path, { flags: "wx", mode: 0o600 }),
  );
  const digest: Digest = `sha256:${compressed.digest("hex")}`;
  return { mediaType: mediaType.gzipLayer, digest, size, diffId: `sha256:${archived.digest("hex")}`, path };
}

async function* archive(changes: readonly Change[], contents: Contents): AsyncGenerator<Buffer> {
  /** The first name of each file; any other is a link to it. */
  const names = new Map<FileEntry, string>();
  for (const change of changes) {
    const header = headerOf(change, names);
    yield encodeHeader(header);
    if (header.type !== "file" || change.entry.type !== "file") continue;
    let size = 0;
    try {
      for await (const chunk of contents.open(change.entry)) {
        size += chunk.byteLength;
        if (size > header.size) break;
        yield chunk;
      }
    } catch (error) {
      throw isFileError(error) ? unreadable(change, error.message) : error;
    }
    if (size !== header.size) throw unreadable(change, "the file changed while it was read");
    yield padding(size);
  }
  yield endOfArchive;
}

function headerOf({ path, entry }: Change, names: Map<FileEntry, string>): TarHeader {
  const { mode, uid, gid, mtime } = entry;
  const header = { name: path.slice(1), mode, uid, gid, mtime, size: 0 };
  switch (entry.type) {
    case "directory":
      return { ...header, type: "directory", name: `${header.name}/` };
    case "symlink":
      return { ...header, type: "symlink", linkName: entry.target };
    case "special":
      if (entry.kind === "socket") throw new Error("a socket came as far as a layer");
      return { ...header, type: entry.kind, major: entry.major, minor: entry.minor };
    case "file": {
      const file = { ...header, ...(entry.capability === undefined ? {} : { capability: entry.capability }) };
      const first = names.get(entry);
      if (first !== undefined) return { ...file, type: "hard-link", linkName: first };
      names.set(entry, header.name);
      return { ...file, type: "file", size: entry.size };
    }
  }
}

/** Small pieces joined, large ones passed on. */
async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending = Buffer.allocUnsafe(pieceSize);
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.byteLength > pieceSize && length > 0) {
      yield pending.subarray(0, length);
      pending = Buffer.allocUnsafe(pieceSize);
      length = 0;
    }
    if (chunk.byteLength >= pieceSize) yield chunk;
    else length += chunk.copy(pending, length);
  }
  if (length > 0) yield pending.subarray(0, length);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function unreadable({ path }: Change, why: string): SlipwayError {
  return new SlipwayError(`Cannot make a layer of ${path} because ${why}`, {
    code: "configuration",
    hint: "The files of the context have to be readable, and must not change while the image is built.",
  });
}
