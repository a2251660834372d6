import { posix } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { SlipwayError } from "../error.ts";
import { mediaType } from "../registry/media-types.ts";
import type { BaseLayer } from "./base-image.ts";
import type { Attributes, Entry } from "./entry.ts";
import type { FileTree } from "./file-tree.ts";
import { resolveParent } from "./path.ts";
import { TarReader, type ContentSink } from "./tar/read.ts";
import type { TarHeader } from "./tar/write.ts";

/** One entry of a layer's archive. */
export interface LayerEntry {
  readonly header: TarHeader;
  readonly layer: BaseLayer;
  /** Its place in the archive, from 0. */
  readonly index: number;
  /** The content of the few files that a build itself reads. */
  readonly bytes?: Buffer;
}

/** Files whose content is kept while the layer passes by, so that it need not be read twice: owners are looked up in them. */
const keptFiles = ["etc/passwd", "etc/group"];
const longestKept = 1024 * 1024;
const whiteout = ".wh.";
const opaque = ".wh..wh..opq";

/** Reads what a layer holds, without the files' contents. */
export async function readLayerEntries(layer: BaseLayer): Promise<LayerEntry[]> {
  const entries: LayerEntry[] = [];
  await readLayer(layer, (header, index) => {
    const isKept =
      keptFiles.includes(posix.normalize(header.name)) && header.type === "file" && header.size <= longestKept;
    if (!isKept) {
      entries.push({ header, layer, index });
      return undefined;
    }
    const bytes = Buffer.alloc(header.size);
    let at = 0;
    entries.push({ header, layer, index, bytes });
    return (chunk) => (at += chunk.copy(bytes, at));
  });
  return entries;
}

/** Streams a layer's archive past `onEntry`, which says where an entry's content goes. */
export async function readLayer(
  layer: BaseLayer,
  onEntry: (header: TarHeader, index: number) => ContentSink | undefined,
): Promise<void> {
  let count = 0;
  const reader = new TarReader((header) => onEntry(header, count++));
  const drain = async (bytes: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of bytes) reader.write(chunk);
    reader.end();
  };
  const compressed = Readable.from(layer.client.readBlob(layer.repository, layer), { objectMode: false });
  try {
    if (layer.mediaType === mediaType.layer) await pipeline(compressed, drain);
    else await pipeline(compressed, decompressor(layer.mediaType), drain);
  } catch (error) {
    if (error instanceof SlipwayError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(layer, reason, error);
  }
}

function unreadable(layer: BaseLayer, why: string, cause?: unknown): SlipwayError {
  const { digest, client, repository } = layer;
  return new SlipwayError(`Cannot read the layer ${digest} of ${client.registry}/${repository} because ${why}`, {
    code: "refused",
    cause,
  });
}

function decompressor(type: string) {
  const options = { chunkSize: 256 * 1024 };
  return type === mediaType.zstdLayer ? createZstdDecompress(options) : createGunzip(options);
}

/** Puts a layer upon what is there, as a runtime does when it unpacks an image (OCI image specification, layer.md). */
export function applyLayer(tree: FileTree, entries: readonly LayerEntry[]): void {
  const added = new Set<string>();
  for (const entry of entries) {
    const path = resolveParent(tree, posix.join("/", entry.header.name));
    const name = posix.basename(path);
    if (path === "/") continue;
    if (name === opaque) {
      const directory = posix.dirname(path);
      for (const below of tree.list(directory))
        if (!added.has(posix.join(directory, below))) tree.remove(posix.join(directory, below));
    } else if (name.startsWith(whiteout)) {
      const removed = posix.join(posix.dirname(path), name.slice(whiteout.length));
      if (!added.has(removed)) tree.remove(removed);
    } else {
      makeParents(tree, posix.dirname(path));
      tree.put(path, toEntry(tree, entry));
      for (let at = path; at !== "/" && !added.has(at); at = posix.dirname(at)) added.add(at);
    }
  }
}

function makeParents(tree: FileTree, path: string): void {
  if (tree.get(path)?.type === "directory") return;
  makeParents(tree, posix.dirname(path));
  tree.put(path, { type: "directory", mode: 0o755, uid: 0, gid: 0, mtime: 0 });
}

function toEntry(tree: FileTree, { header, layer, index, bytes }: LayerEntry): Entry {
  const { mode, uid, gid, mtime, size, major = 0, minor = 0, linkName = "" } = header;
  const attributes: Attributes = { mode, uid, gid, mtime };
  switch (header.type) {
    case "directory":
      return { type: "directory", ...attributes };
    case "symlink":
      return { type: "symlink", target: linkName, ...attributes };
    case "hard-link": {
      const linked = tree.get(resolveParent(tree, posix.join("/", linkName)));
      if (linked === undefined || linked.type === "directory")
        throw unreadable(layer, `its entry ${header.name} is a link to nothing`);
      return linked;
    }
    case "file": {
      const content =
        bytes === undefined ? ({ from: "layer", layer, index } as const) : ({ from: "memory", bytes } as const);
      const { capability } = header;
      return { type: "file", size, content, ...attributes, ...(capability === undefined ? {} : { capability }) };
    }
    default:
      return { type: "special", kind: header.type, major, minor, ...attributes };
  }
}
