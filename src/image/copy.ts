import { posix } from "node:path";
import type { Attributes, Entry, FileEntry, SourceTree } from "./entry.ts";
import type { FileTree } from "./file-tree.ts";
import { resolvePath } from "./path.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface CopyOptions {
  readonly source: SourceTree;
  /** A path or pattern in the source. What `..` would lead out of it stays at its root. */
  readonly pattern: string;
  readonly target: FileTree;
  /** Absolute. A slash at its end makes it a directory. */
  readonly destination: string;
  /** Who gets what is copied; otherwise whoever had it. */
  readonly owner?: Owner | undefined;
  /** The permission bits that everything gets. */
  readonly mode?: number | undefined;
  /** What is made anew bears this time, and nothing a later one. Seconds since 1970. */
  readonly time: number;
}

/**
 * COPY with one source, as BuildKit does it (github.com/tonistiigi/fsutil/copy): links that lead to the source and to the destination are
 * followed, links among what is copied are copied; of a directory, its content is copied; directories merge, files replace files.
 * A pattern that matches nothing copies nothing. Entries of which no layer can be made are refused.
 * @throws Error naming the path that is missing or in the way.
 */
export function copyInto(options: CopyOptions): void {
  for (const path of matching(options.source, options.pattern)) new Copier(options).copy(path);
}

/** The paths that a pattern stands for, sorted. A path without wildcards stands for itself, whether it exists or not. */
export function matching(source: SourceTree, pattern: string): readonly string[] {
  const parts = posix.join("/", pattern).split("/").slice(1);
  const first = parts.findIndex(hasWildcard);
  if (first === -1) return [posix.join("/", pattern).replace(/(?<=.)\/$/, "")];
  const base = resolvePath(source, `/${parts.slice(0, first).join("/")}`);
  if (source.get(base) === undefined) throw new MissingSourceError(base);
  const expression = wildcard(parts.slice(first).join("/"));
  const depth = parts.length - first;
  return expression === undefined ? [] : descend({ source, base, expression, depth }, "");
}

function descend(
  search: { readonly source: SourceTree; readonly base: string; readonly expression: RegExp; readonly depth: number },
  below: string,
): string[] {
  const directory = posix.join(search.base, below);
  if (search.source.get(directory)?.type !== "directory") return [];
  return search.source.list(directory).flatMap((name) => {
    const path = posix.join(below, name);
    if (search.expression.test(path)) return [posix.join(search.base, path)];
    // Neither * nor ? matches a slash, so nothing deeper than the pattern can match.
    return path.split("/").length < search.depth ? descend(search, path) : [];
  });
}

class Copier {
  readonly #options: CopyOptions;
  /** Files with several names, by what they were in the source: they keep their names together. */
  readonly #copied = new Map<FileEntry, FileEntry>();

  constructor(options: CopyOptions) {
    this.#options = options;
  }

  copy(path: string): void {
    const { source, target, destination } = this.#options;
    const wanted = posix.normalize(destination);
    this.#makeDirectories(resolvePath(target, /\/\.?$/.test(destination) ? wanted : posix.dirname(wanted)));
    const from = resolvePath(source, path);
    const entry = source.get(from);
    if (entry === undefined) throw new MissingSourceError(path);
    const to = resolvePath(target, wanted);
    const there = target.get(to);
    if (entry.type === "directory") {
      this.#makeDirectories(to);
      this.#copyContent(from, to);
      return;
    }
    const place = there?.type === "directory" ? posix.join(to, posix.basename(path)) : to;
    this.#copyEntry(from, place);
  }

  #copyContent(from: string, to: string): void {
    const { source } = this.#options;
    for (const name of source.list(from)) this.#copyEntry(posix.join(from, name), posix.join(to, name));
    this.#setTime(to, source.get(from));
  }

  #copyEntry(from: string, to: string): void {
    const { source, target } = this.#options;
    const entry = source.get(from);
    if (entry === undefined) throw new MissingSourceError(from);
    const there = target.get(to);
    if (entry.type === "directory") {
      if (there !== undefined && there.type !== "directory")
        throw new Error(`${to} is there already and is no directory`);
      this.#put(to, { ...entry, ...this.#attributes(entry) });
      this.#copyContent(from, to);
    } else if (there?.type === "directory") {
      throw new Error(`${to} is there already and is a directory`);
    } else {
      this.#put(to, this.#converted(entry, from));
    }
  }

  #converted(entry: Exclude<Entry, { type: "directory" }>, from: string): Entry {
    if (entry.type === "special" && entry.kind === "socket")
      throw new Error(`${from.slice(1)} is a socket, of which no layer can be made`);
    if (entry.type === "symlink") return { ...entry, ...this.#attributes(entry), mode: 0o777 };
    if (entry.type === "special") return { ...entry, ...this.#attributes(entry) };
    const copied = this.#copied.get(entry) ?? { ...entry, ...this.#attributes(entry) };
    this.#copied.set(entry, copied);
    return copied;
  }

  #attributes(entry: Attributes): Attributes {
    const { owner, mode, time } = this.#options;
    const { uid, gid } = owner ?? entry;
    return { uid, gid, mode: mode ?? entry.mode, mtime: Math.min(entry.mtime, time) };
  }

  #makeDirectories(path: string): void {
    const { target, owner, mode, time } = this.#options;
    makeDirectories({ target, path, owner, mode, time });
  }

  #put(path: string, entry: Entry): void {
    this.#options.target.put(path, entry, this.#options.time);
  }

  #setTime(path: string, entry: Entry | undefined): void {
    const { target, time } = this.#options;
    const directory = target.get(path);
    if (directory?.type === "directory" && path !== "/" && entry)
      target.put(path, { ...directory, mtime: Math.min(entry.mtime, time) });
  }
}

/** The source of a COPY does not exist. */
export class MissingSourceError extends Error {
  /** As the instruction names it, from the root of the source. */
  readonly path: string;

  constructor(path: string) {
    super(`${path} does not exist`);
    this.path = path;
  }
}

/**
 * Makes a directory and those that lead to it; what is there stays as it is. `path` has no links in it any more.
 * @throws Error where something else is in the way.
 */
export function makeDirectories(o: {
  readonly target: FileTree;
  readonly path: string;
  readonly owner?: Owner | undefined;
  readonly mode?: number | undefined;
  readonly time: number;
}): void {
  const { target, path, time } = o;
  const there = target.get(path);
  if (there?.type === "directory") return;
  if (there !== undefined) throw new Error(`${path} is there already and is no directory`);
  makeDirectories({ ...o, path: posix.dirname(path) });
  const { uid, gid } = o.owner ?? { uid: 0, gid: 0 };
  target.put(path, { type: "directory", mode: (o.mode ?? 0o755) & 0o777, uid, gid, mtime: time }, time);
}
