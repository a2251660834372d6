import { glob, lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Problem } from "../../error.ts";
import { nearest } from "../../runner/nearest.ts";

/** A file that is larger holds no manifests: the API server takes at most 1.5 MiB an object. */
const maxBytes = 16 * 1024 * 1024;
const extensions = [".yaml", ".yml", ".json"];

export interface ManifestFile {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

/**
 * The files that the lines of the input `manifests` name: files, folders (their own .yaml, .yml and .json files, as `kubectl -f`
 * takes them), globs. In the order of the lines, a folder's and a glob's by name, each file once.
 */
export async function readManifestFiles(
  lines: readonly string[],
  workspace: string,
): Promise<{ files: readonly ManifestFile[]; problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const paths = new Set<string>();
  for (const line of lines) {
    const found = await expand(line, workspace);
    if (typeof found === "string") problems.push({ message: found });
    else for (const path of found) paths.add(path);
  }
  const files: ManifestFile[] = [];
  for (const path of paths) {
    const file = shown(path, workspace);
    const text = await readTextFile(path, workspace);
    if (typeof text === "string") files.push({ file, text });
    else problems.push({ message: `Cannot read ${file}: ${text.reason}`, file, line: 1 });
  }
  return { files, problems };
}

function shown(path: string, workspace: string): string {
  const short = relative(workspace, path);
  return (short.startsWith("..") || isAbsolute(short) ? path : short).split(sep).join("/");
}

/** Absolute paths, or what is wrong with the line. */
async function expand(line: string, workspace: string): Promise<string[] | string> {
  const path = resolve(workspace, line);
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() === true) return expandFolder(line, path);
  if (info !== undefined) return [path];
  if (/[*?[\]{}]/.test(line)) return expandGlob(line, workspace);
  return missing(line, path, workspace);
}

async function expandFolder(line: string, folder: string): Promise<string[] | string> {
  const names = (await readdir(folder)).sort();
  const rendered = names.find((name) => ["kustomization.yaml", "kustomization.yml", "Chart.yaml"].includes(name));
  if (rendered !== undefined) {
    const tool = rendered === "Chart.yaml" ? "helm template" : "kustomize build";
    return `manifests: the folder ${line} holds a ${rendered}, which Slipway does not render: run \`${tool}\` in a step before, and name the file it writes`;
  }
  const files = names.filter((name) => extensions.some((extension) => name.endsWith(extension)));
  if (files.length > 0) return files.map((name) => join(folder, name));
  return `manifests: the folder ${line} holds no .yaml, .yml or .json file: for those in folders below it write ${line.replace(/\/$/, "")}/**/*.yaml`;
}

async function expandGlob(line: string, workspace: string): Promise<string[] | string> {
  const matches: string[] = [];
  for await (const match of glob(line, { cwd: workspace, exclude: ["**/node_modules/**", "**/.git/**"] })) {
    const path = resolve(workspace, match);
    if ((await stat(path)).isFile()) matches.push(path);
  }
  return matches.length > 0 ? matches.sort() : `manifests: no file matches ${line} in ${workspace}`;
}

async function missing(line: string, path: string, workspace: string): Promise<string> {
  const parent = resolve(path, "..");
  const names = await readdir(parent).catch(() => []);
  const similar = nearest(path.slice(parent.length + 1), names);
  const hint = similar === undefined ? "" : `; did you mean ${shown(join(parent, similar), workspace)}?`;
  return `manifests: there is no ${line} in ${workspace}${hint}`;
}

/** A file's text, or why it is not read. Both paths are absolute. */
export async function readTextFile(path: string, workspace: string): Promise<string | { reason: string }> {
  const link = await lstat(path).catch(() => undefined);
  if (link === undefined) return { reason: "there is no such file" };
  // A link that leaves the workspace could make a pull request's files read the runner's own.
  if (
    link.isSymbolicLink() &&
    !isAbsolute(relative(workspace, path)) &&
    escapes(await realpath(path), await realpath(workspace))
  ) {
    return { reason: "it is a link that leaves the workspace" };
  }
  const info = await stat(path);
  if (!info.isFile()) return { reason: "it is not a regular file" };
  if (info.size > maxBytes) return { reason: `it has ${info.size} bytes, and at most ${maxBytes} are read` };
  return decode(await readFile(path));
}

function escapes(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.startsWith("..") || isAbsolute(way);
}

function decode(bytes: Buffer): string | { reason: string } {
  if (bytes.includes(0)) return { reason: "it is not text in UTF-8: it holds a zero byte" };
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return { reason: "it is not text in UTF-8" };
    throw cause;
  }
}
