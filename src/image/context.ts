import { lstatSync, readdirSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { join, posix } from "node:path";
import { SlipwayError } from "../error.ts";
import type { Entry, FileEntry, SourceTree, SpecialEntry } from "./entry.ts";
import type { Ignore, Verdict } from "./ignore.ts";

interface Visited {
  readonly verdict: Verdict;
  readonly stats: Stats;
}

/**
 * The folder whose files COPY may take, less what .dockerignore leaves out. Files belong to root and bear the commit's time, so that the
 * same commit gives the same layers on every machine. Nothing is read before it is asked for.
 */
export class BuildContext implements SourceTree {
  readonly #folder: string;
  readonly #ignore: Ignore;
  readonly #time: number;
  readonly #visited = new Map<string, Visited | undefined>();
  readonly #linked = new Map<string, FileEntry>();

  /** `time`: what every file bears, in seconds since 1970. @throws SlipwayError `configuration` where the folder does not exist. */
  constructor(o: { readonly folder: string; readonly ignore: Ignore; readonly time: number }) {
    this.#folder = realpathSync(o.folder);
    this.#ignore = o.ignore;
    this.#time = o.time;
  }

  get(path: string): Entry | undefined {
    if (path === "/") return { type: "directory", ...this.#attributes(0o755) };
    const visited = this.#visit(path);
    if (visited === undefined || !this.#isVisible(path, visited)) return undefined;
    return this.#entry(path, visited.stats);
  }

  list(path: string): readonly string[] {
    const names = readdirSync(this.#disk(path)).filter((name) => {
      const below = posix.join(path, name);
      const visited = this.#visit(below);
      return visited !== undefined && this.#isVisible(below, visited);
    });
    const unreadable = names.find((name) => name.includes("\ufffd"));
    if (unreadable === undefined) return names.sort();
    throw new SlipwayError(`Cannot copy ${posix.join(path, unreadable).slice(1)} because its name is not UTF-8`, {
      code: "configuration",
      hint: "Rename the file, or leave it out by .dockerignore.",
    });
  }

  /** For an error: why a path that is on disk is not in the context. */
  whyMissing(path: string): string | undefined {
    const visited = this.#visit(path);
    if (visited === undefined || this.#isVisible(path, visited)) return undefined;
    return `${this.#ignore.file}, line ${visited.verdict.line ?? 0}, leaves it out`;
  }

  /** For an error: the names on disk in a directory, ignored ones too. */
  namesOnDisk(path: string): readonly string[] {
    return this.#visit(path)?.stats.isDirectory() === true || path === "/" ? readdirSync(this.#disk(path)) : [];
  }

  #visit(path: string): Visited | undefined {
    if (this.#visited.has(path)) return this.#visited.get(path);
    const parent = posix.dirname(path);
    const above = parent === "/" ? undefined : this.#visit(parent);
    const stats =
      parent === "/" || above?.stats.isDirectory() ? lstatSync(this.#disk(path), { throwIfNoEntry: false }) : undefined;
    const visited = stats && { stats, verdict: this.#ignore.judge(path.slice(1), above?.verdict) };
    this.#visited.set(path, visited);
    return visited;
  }

  /** An ignored directory is there all the same where something in it is. */
  #isVisible(path: string, { stats, verdict }: Visited): boolean {
    if (!verdict.isIgnored) return true;
    return stats.isDirectory() && this.#ignore.mayReach(path.slice(1)) && this.list(path).length > 0;
  }

  #entry(path: string, stats: Stats): Entry {
    const attributes = this.#attributes(stats.mode & 0o7777);
    if (stats.isDirectory()) return { type: "directory", ...attributes };
    if (stats.isSymbolicLink())
      return { type: "symlink", target: readlinkSync(this.#disk(path)), ...attributes, mode: 0o777 };
    if (!stats.isFile()) return { type: "special", ...deviceOf(stats), ...attributes };
    const file: FileEntry = {
      type: "file",
      size: stats.size,
      content: { from: "disk", path: this.#disk(path) },
      ...attributes,
    };
    if (stats.nlink === 1) return file;
    const inode = `${stats.dev}:${stats.ino}`;
    const known = this.#linked.get(inode) ?? file;
    this.#linked.set(inode, known);
    return known;
  }

  #attributes(mode: number) {
    return { mode, uid: 0, gid: 0, mtime: this.#time };
  }

  #disk(path: string): string {
    return join(this.#folder, path);
  }
}

function deviceOf(stats: Stats): Pick<SpecialEntry, "kind" | "major" | "minor"> {
  const numbers = { major: (stats.rdev >> 8) & 0xfff, minor: (stats.rdev & 0xff) | ((stats.rdev >> 12) & 0xfff00) };
  if (stats.isBlockDevice()) return { kind: "block-device", ...numbers };
  if (stats.isCharacterDevice()) return { kind: "character-device", ...numbers };
  return { kind: stats.isFIFO() ? "pipe" : "socket", major: 0, minor: 0 };
}
