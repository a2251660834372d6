import { once } from "node:events";
import type { EventEmitter } from "node:events";
import { lstatSync } from "node:fs";
import { chmod, link, lstat, mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, posix, relative } from "node:path";
import { PassThrough, Readable } from "node:stream";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { extract } from "tar-stream";
import type { Extract, Header } from "tar-stream";
import { securePath } from "./secure-path.ts";

const whiteout = ".wh.";
const opaque = ".wh..wh..opq";

/**
 * Unpacks one layer over those below it, as the OCI image specification says, whiteouts included. Nothing is ever written outside of
 * `root`, whatever names and links the layer holds; owners, devices and set-user-id bits are left out, as they take root.
 */
export async function unpackLayer(o: {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly mediaType: string;
  readonly root: string;
}): Promise<void> {
  const archive = extract();
  const written = new Set<string>();
  const bytes = Readable.from(o.bytes);
  // Each of the two ends waits for the other, so a failure of one has to end both.
  const fail = (error: unknown): never => {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  };
  const reading = pipeline(bytes, decompression(o.mediaType), (tar: AsyncIterable<Buffer>) => feed(archive, tar));
  await Promise.all([reading.catch(fail), unpackEntries(archive, { root: o.root, written }).catch(fail)]);
}

async function feed(archive: Extract, tar: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of tar) {
    if (!archive.write(chunk)) await once(archive as unknown as EventEmitter, "drain");
  }
  archive.end(undefined);
}

async function unpackEntries(archive: Extract, layer: Layer): Promise<void> {
  // Taken by hand: `for await` would destroy the archive without an error, and leave who feeds it waiting.
  const entries = archive[Symbol.asyncIterator]();
  for (let next = await entries.next(); next.done !== true; next = await entries.next()) {
    await unpackEntry(next.value, layer);
    next.value.resume();
  }
}

function decompression(mediaType: string): Transform {
  if (mediaType.endsWith("gzip")) return createGunzip();
  return mediaType.endsWith("zstd") ? createZstdDecompress() : new PassThrough();
}

type Entry = Extract extends AsyncIterable<infer T> ? T : never;

interface Layer {
  readonly root: string;
  /** What this very layer has put there. */
  readonly written: Set<string>;
}

async function unpackEntry(entry: Entry, layer: Layer): Promise<void> {
  const { header } = entry;
  const path = securePath(layer.root, header.name, { followLast: false });
  if (path === join(layer.root, "/") || path === layer.root) return;
  const name = basename(path);
  if (name === opaque) return clearFolder(dirname(path), layer);
  if (name.startsWith(whiteout))
    return rm(join(dirname(path), name.slice(whiteout.length)), { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  if (!(header.type === "directory" && lstatSync(path, { throwIfNoEntry: false })?.isDirectory())) {
    await rm(path, { recursive: true, force: true });
  }
  layer.written.add(path);
  await create(entry, path, layer.root);
}

async function create(entry: Entry, path: string, root: string): Promise<void> {
  const { header } = entry;
  switch (header.type) {
    case "directory":
      await mkdir(path, { recursive: true });
      return chmod(path, permissions(header) | 0o700);
    case "symlink":
      return symlink(containedTarget(root, path, header.linkname), path);
    case "link": {
      const target = securePath(root, header.linkname);
      if ((await lstat(target)).isFile()) await link(target, path);
      return;
    }
    case "file":
    case "contiguous-file":
      await writeFile(path, entry as AsyncIterable<Buffer>);
      return chmod(path, permissions(header) | 0o400);
    default:
      // Devices and pipes: nobody but root makes them, and no program that runs as a plain process needs them.
      return;
  }
}

/**
 * What a link says, as seen from where it lies on this machine: "/x" means the root of the image, and ".." leads no further than
 * there. So a process that follows it stays in the image too.
 */
function containedTarget(root: string, path: string, target: string): string {
  const folder = `/${relative(root, dirname(path))}`;
  return posix.relative(folder, posix.join(target.startsWith("/") ? "/" : folder, target)) || ".";
}

async function clearFolder(folder: string, layer: Layer): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const path of names.map((name) => join(folder, name))) {
    if (!layer.written.has(path)) await rm(path, { recursive: true, force: true });
  }
}

function permissions(header: Header): number {
  return header.mode & 0o777;
}
