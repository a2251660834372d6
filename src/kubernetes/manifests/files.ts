import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { glob, lstat, readdir, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Problem } from "../../error.ts";
import { nearest } from "../../runner/nearest.ts";

/** A file that is larger holds no manifests: the API server takes at most 1.5 MiB an object. */
const maxBytes = 16 * 1024 * 1024;
const extensions = [".yaml", ".yml", ".json"];
const kustomizations: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** What a line of the input `manifests` leads to. Paths are absolute. */
export type ManifestSource =
  | { readonly is: "file"; readonly path: string }
  /** A folder for kustomize or Helm. `path` is that of its kustomization, or of its Chart.yaml. */
  | { readonly is: "kustomization" | "chart"; readonly path: string; readonly folder: string };

/**
 * What the lines of the input `manifests` name: files, folders (their own .yaml, .yml and .json files, as `kubectl -f` takes them),
 * globs, and folders to be rendered. In the order of the lines, a folder's and a glob's by name, each once.
 */
export async function findManifests(
  lines: readonly string[],
  workspace: string,
): Promise<{ readonly sources: readonly ManifestSource[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const sources = new Map<string, ManifestSource>();
  for (const line of lines) {
    const found = await expand(line, workspace);
    if (typeof found === "string") problems.push({ message: found });
    else for (const source of found) sources.set(source.path, source);
  }
  return { sources: [...sources.values()], problems };
}

/** A path as messages and annotations have it: relative to the workspace, with forward slashes, where it lies in there. */
export function shownPath(path: string, workspace: string): string {
  return (isInside(path, workspace) ? relative(workspace, path) : path).split(sep).join("/");
}

/** The sources, or what is wrong with the line. */
async function expand(line: string, workspace: string): Promise<ManifestSource[] | string> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(line)) {
    return `manifests: ${line.replace(/\/\/[^/]*@/, "//")} is an address, and Slipway reads files: fetch it in a step before, and check what came`;
  }
  const path = resolve(workspace, line);
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() === true) return expandFolder(line, path);
  // A link that leads nowhere is there too: whoever reads it tells.
  const isThere = info !== undefined || (await lstat(path).catch(() => undefined)) !== undefined;
  if (isThere) return [{ is: "file", path }];
  if (/[*?[\]{}]/.test(line)) return expandGlob(line, workspace);
  return missing(line, path, workspace);
}

async function expandFolder(line: string, folder: string): Promise<ManifestSource[] | string> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.map(({ name }) => name);
  const kustomization = names.find((name) => kustomizations.includes(name));
  if (kustomization !== undefined) return [{ is: "kustomization", path: join(folder, kustomization), folder }];
  if (names.includes("Chart.yaml")) return [{ is: "chart", path: join(folder, "Chart.yaml"), folder }];
  // kubectl passes over folders, whatever they are called.
  const files = entries.filter((entry) => !entry.isDirectory() && extensions.some((end) => entry.name.endsWith(end)));
  if (files.length > 0) return files.map(({ name }) => ({ is: "file", path: join(folder, name) }));
  return `manifests: the folder ${line} holds no .yaml, .yml or .json file: for those in folders below it write ${line.replace(/\/$/, "")}/**/*.yaml`;
}

async function expandGlob(line: string, workspace: string): Promise<ManifestSource[] | string> {
  const matches: string[] = [];
  for await (const match of glob(line, { cwd: workspace, exclude: ["**/node_modules/**", "**/.git/**"] })) {
    const path = resolve(workspace, match);
    const info = await stat(path).catch(() => undefined);
    // A link that leads nowhere is told by whoever reads it.
    if (info?.isDirectory() !== true) matches.push(path);
  }
  if (matches.length === 0) return `manifests: no file matches ${line} in ${workspace}`;
  return matches.sort().map((path) => ({ is: "file", path }));
}

async function missing(line: string, path: string, workspace: string): Promise<string> {
  const parent = resolve(path, "..");
  const names = await readdir(parent).catch(() => []);
  const similar = nearest(path.slice(parent.length + 1), names);
  const hint = similar === undefined ? "" : `; did you mean ${shownPath(join(parent, similar), workspace)}?`;
  return `manifests: there is no ${line} in ${workspace}${hint}`;
}

/**
 * A file's text, or why it is not read. Both paths are absolute. In one go: handing the five calls for each of many small files to threads
 * takes longer than the calls.
 */
export function readTextFile(path: string, workspace: string): string | { reason: string } {
  try {
    const real = realpathSync.native(path);
    // A link, of the file or of a folder, that leaves the workspace could make a pull request's files read the runner's own.
    if (isInside(path, workspace) && !isInside(real, realpathSync.native(workspace))) {
      return { reason: "it is a link that leaves the workspace" };
    }
    return readRegularFile(real);
  } catch (error) {
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return { reason: reasonOf(error as NodeJS.ErrnoException, isThere) };
  }
}

function readRegularFile(path: string): string | { reason: string } {
  // Not blocking, since opening a named pipe waits for whoever writes into it.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const info = fstatSync(file);
    if (!info.isFile()) return { reason: "it is not a regular file" };
    if (info.size > maxBytes) return { reason: `it has ${info.size} bytes, and at most ${maxBytes} are read` };
    return decode(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, isThere: boolean): string {
  switch (code) {
    case "ENOENT":
      return isThere ? "it is a link that leads nowhere" : "there is no such file";
    case "ELOOP":
      return "it is a link that leads to itself";
    case "EACCES":
      return "this user may not read it";
    default:
      return message;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function decode(bytes: Buffer): string | { reason: string } {
  const encoding = bytes.length > 1 ? utf16Of(bytes) : undefined;
  if (encoding !== undefined) return { reason: `it is in ${encoding}: save it as UTF-8` };
  if (bytes.includes(0)) return { reason: "it is not text in UTF-8: it holds a zero byte" };
  return isUtf8(bytes) ? new TextDecoder().decode(bytes) : { reason: "it is not text in UTF-8" };
}

/** By its byte order mark, which editors on Windows write. */
function utf16Of(bytes: Buffer): string | undefined {
  const mark = bytes.readUInt16BE(0);
  return mark === 0xfffe || mark === 0xfeff ? "UTF-16" : undefined;
}
