import { posix } from "node:path";
import type { Attributes, DirectoryEntry, Entry, SourceTree } from "./entry.ts";

interface Directory extends Omit<DirectoryEntry, "mtime"> {
  mtime: number;
  readonly entries: Map<string, Node>;
}

type Node = Exclude<Entry, DirectoryEntry> | Directory;

/** What a layer holds at one path. */
export interface Change {
  readonly path: string;
  readonly entry: Entry;
}

/** The root is never part of a layer. It changes whenever the image does, so it is newer than anything else. */
const newRoot: Attributes = { mode: 0o755, uid: 0, gid: 0, mtime: Infinity };

/** The files of an image, in memory: names and attributes, and of each file's content where it is. */
export class FileTree implements SourceTree {
  #root: Directory = { type: "directory", ...newRoot, entries: new Map() };
  #changed = new Set<string>();

  get(path: string): Entry | undefined {
    let node: Node | undefined = this.#root;
    for (const name of names(path)) node = node?.type === "directory" ? node.entries.get(name) : undefined;
    return node;
  }

  list(path: string): readonly string[] {
    const directory = this.#directory(path);
    return directory === undefined ? [] : [...directory.entries.keys()].sort();
  }

  /**
   * Puts an entry at a path whose directory exists, in place of what is there. A directory in place of a directory keeps what is in it.
   * Files are never changed, only replaced, so that trees can share them. `now` becomes the time of the directory it is put into.
   */
  put(path: string, entry: Entry, now?: number): void {
    const parent = this.#directory(posix.dirname(path));
    if (parent === undefined) throw new Error(`${posix.dirname(path)} is not a directory`);
    const name = posix.basename(path);
    const old = parent.entries.get(name);
    const entries = old?.type === "directory" ? old.entries : new Map<string, Node>();
    parent.entries.set(name, entry.type === "directory" ? { ...entry, entries } : entry);
    if (now !== undefined) parent.mtime = now;
    if (!isSame(old, entry)) this.#changed.add(path);
  }

  remove(path: string): void {
    this.#directory(posix.dirname(path))?.entries.delete(posix.basename(path));
  }

  /** The same files again, to go on from. What changes in one does not show in the other. */
  clone(): FileTree {
    const copy = new FileTree();
    copy.#root = cloneDirectory(this.#root);
    return copy;
  }

  /** Starts to note what changes anew, as a layer does. */
  beginLayer(): void {
    this.#changed = new Set();
  }

  /**
   * What has changed since `beginLayer`, in the order of a layer's archive: by name within each directory, a directory before what is in
   * it. The directories that lead there are part of it with the attributes they have, or a runtime would make up others.
   */
  changes(): readonly Change[] {
    const found: Change[] = [];
    const leading = new Set<string>();
    for (const path of this.#changed)
      for (let above = posix.dirname(path); above !== "/" && !leading.has(above); above = posix.dirname(above))
        leading.add(above);
    const walk = (directory: Directory, path: string): void => {
      for (const name of [...directory.entries.keys()].sort()) {
        const below = posix.join(path, name);
        const entry = directory.entries.get(name);
        if (entry === undefined || !(leading.has(below) || this.#changed.has(below))) continue;
        found.push({ path: below, entry: snapshot(entry) });
        if (entry.type === "directory" && leading.has(below)) walk(entry, below);
      }
    };
    walk(this.#root, "/");
    return found;
  }

  #directory(path: string): Directory | undefined {
    let node: Node | undefined = this.#root;
    for (const name of names(path)) node = node?.type === "directory" ? node.entries.get(name) : undefined;
    return node?.type === "directory" ? node : undefined;
  }
}

/** A directory goes on changing while later layers are made. */
function snapshot(node: Node): Entry {
  if (node.type !== "directory") return node;
  const { type, mode, uid, gid, mtime } = node;
  return { type, mode, uid, gid, mtime };
}

function names(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}

/**
 * Whether putting `entry` in place of `old` changes nothing that a layer shows: a directory whose time alone changes, since that follows
 * from what is in it, and the same file once more.
 */
function isSame(old: Node | undefined, entry: Entry): boolean {
  if (old?.mode !== entry.mode || old.uid !== entry.uid || old.gid !== entry.gid) return false;
  if (old.type === "directory") return entry.type === "directory";
  const isOneFile =
    old.type === "file" && entry.type === "file" && old.content.from === "disk" && entry.content.from === "disk";
  return isOneFile && old.content.path === entry.content.path && old.mtime === entry.mtime;
}

function cloneDirectory(directory: Directory): Directory {
  const entries = [...directory.entries].map(
    ([name, node]) => [name, node.type === "directory" ? cloneDirectory(node) : node] as const,
  );
  return { ...directory, entries: new Map(entries) };
}
