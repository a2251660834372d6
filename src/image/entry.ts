import type { BaseLayer } from "./base-image.ts";

/** Whose it is, what may be done with it, and when it changed last. */
export interface Attributes {
  /** Permission bits with set-uid, set-gid and sticky: at most 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** Where the bytes of a file are. */
export type Content =
  | { readonly from: "memory"; readonly bytes: Buffer }
  | { readonly from: "disk"; readonly path: string }
  /** In a layer of an image of a registry: the n-th entry of its archive. */
  | { readonly from: "layer"; readonly layer: BaseLayer; readonly index: number };

/** A file. One that has several names (hard links) is one object under all of them. */
export interface FileEntry extends Attributes {
  readonly type: "file";
  readonly size: number;
  readonly content: Content;
  /** The value of `security.capability`, the only extended attribute that goes into layers. */
  readonly capability?: Buffer;
}

export interface SymlinkEntry extends Attributes {
  readonly type: "symlink";
  readonly target: string;
}

export interface DirectoryEntry extends Attributes {
  readonly type: "directory";
}

/** A device, pipe or socket. */
export interface SpecialEntry extends Attributes {
  readonly type: "special";
  readonly kind: "character-device" | "block-device" | "pipe" | "socket";
  readonly major: number;
  readonly minor: number;
}

export type Entry = FileEntry | SymlinkEntry | DirectoryEntry | SpecialEntry;

/** A tree of files to read from. Paths start with a slash and have no `.`, `..` or slash at the end; the root is `/`. */
export interface SourceTree {
  /** What stands at a path, without following a symbolic link there. Links in the middle of the path are not followed either. */
  get(path: string): Entry | undefined;
  /** The names in a directory, sorted. */
  list(path: string): readonly string[];
}
