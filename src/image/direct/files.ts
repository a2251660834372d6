import { posix } from "node:path";
import { SlipwayError } from "../../error.ts";
import { nearest } from "../../runner/nearest.ts";
import { looksLikeArchive } from "../archive-kind.ts";
import { BuildContext } from "../context.ts";
import type { Contents } from "../contents.ts";
import { copyInto, makeDirectories, matching, MissingSourceError } from "../copy.ts";
import { useDocker } from "../dockerfile/flags.ts";
import type { CopyInstruction } from "../dockerfile/instruction.ts";
import { mistake, type Place } from "../dockerfile/mistake.ts";
import type { SourceTree } from "../entry.ts";
import { FileTree } from "../file-tree.ts";
import { resolvePath } from "../path.ts";
import { findOwner } from "./owner.ts";
import type { StageState } from "./stage-state.ts";

export interface FileOptions {
  readonly state: StageState;
  readonly contents: Contents;
  readonly place: Place;
  /** The time that new files bear, in seconds since 1970. */
  readonly epoch: number;
}

/** WORKDIR: makes the directory, unless it is there. Gives the line of the history. */
export async function changeDirectory(value: string, o: FileOptions): Promise<string> {
  const { state, place, epoch } = o;
  const { config } = state.config;
  const given = state.expand(value, place);
  const above = config.WorkingDir ?? "/";
  config.WorkingDir = given.startsWith("/") ? given : posix.join("/", above, given);
  if (config.WorkingDir !== "/") {
    const target = await state.tree();
    target.beginLayer();
    const path = locate(o, () => resolvePath(target, config.WorkingDir ?? "/"));
    if (target.get(path)?.type !== "directory") {
      const owner = config.User ? await findOwner({ ...o, text: config.User, tree: target }) : undefined;
      locate(o, () => makeDirectories({ target, path, owner, time: epoch }));
    }
    state.layers.push({ kind: "own", changes: target.changes() });
  }
  return `WORKDIR ${config.WorkingDir}`;
}

/** COPY and ADD: puts the files into the stage as one layer. Gives the line of the history. */
export async function copyFiles(
  instruction: CopyInstruction,
  o: FileOptions & { readonly source: SourceTree },
): Promise<string> {
  const { state, place, source } = o;
  const { kind } = instruction;
  const expand = (word = ""): string => state.expand(word, place);
  const [chown, chmod, destination] = [
    expand(instruction.chown),
    expand(instruction.chmod),
    expand(instruction.destination),
  ];
  const sources = instruction.sources.map(expand);
  const isLinked = instruction.link && chmod === "";
  const target = isLinked ? new FileTree() : await state.tree();
  target.beginLayer();
  const copy = {
    target,
    destination: absolute(state.config.config.WorkingDir ?? "/", destination),
    owner: chown === "" ? undefined : await findOwner({ ...o, text: chown, tree: target }),
    mode: chmod === "" ? undefined : parseMode(chmod, o, kind),
    time: o.epoch,
  };
  for (const pattern of sources) {
    requireLocal(pattern, o, kind);
    if (kind === "ADD" && instruction.unpack !== false) refuseArchives(pattern, o);
    locate(o, () => copyInto({ ...copy, source, pattern }), source);
  }
  for (const document of documents(instruction, o)) locate(o, () => copyInto({ ...copy, ...document }));
  const changes = target.changes();
  state.layers.push({ kind: "own", changes });
  if (isLinked) state.link(changes);
  const flags = [chown && `--chown=${chown}`, chmod && `--chmod=${chmod}`].filter((flag) => flag !== "");
  const names = instruction.documents.map(({ name }) => `<<${name}`);
  return [kind, ...flags, ...sources, ...names, destination].join(" ");
}

/** A destination as it is copied to: below the working directory unless it starts at the root; a slash at the end stays. */
function absolute(workingDirectory: string, path: string): string {
  if (path.startsWith("/")) return path;
  const isDirectory = path === "" || /(?:^|\/)\.?$/.test(path);
  return posix.join("/", workingDirectory, path, isDirectory ? "/" : "");
}

/** The files that stand in the Dockerfile itself, each in a tree of its own. */
function documents({ documents }: CopyInstruction, { state, place, epoch }: FileOptions) {
  return documents.map(({ name, content, chomp, expand }) => {
    const text = chomp ? content.replace(/^\t+/gm, "") : content;
    const bytes = Buffer.from(expand ? state.expandDocument(text, place) : text);
    const source = new FileTree();
    const attributes = { mode: 0o644, uid: 0, gid: 0, mtime: epoch };
    source.put(`/${name}`, { type: "file", size: bytes.byteLength, content: { from: "memory", bytes }, ...attributes });
    return { source, pattern: `/${name}` };
  });
}

function parseMode(text: string, { place }: FileOptions, kind: string): number {
  if (/^0*[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  throw mistake(
    place,
    `${kind} --chmod is not an octal number up to 7777: got "${text}"`,
    "Write it like --chmod=755.",
  );
}

function requireLocal(source: string, { place }: FileOptions, kind: string): void {
  if (!/^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/i.test(source)) return;
  const why = kind === "COPY" ? "COPY takes no address" : "the direct builder fetches nothing from the internet";
  throw mistake(
    place,
    `${kind} cannot take ${source}: ${why}`,
    kind === "COPY" ? "Use ADD with builder: docker." : useDocker,
  );
}

/** ADD unpacks archives, and what that makes of owners and times is not something that can be foreseen exactly. */
function refuseArchives(pattern: string, o: FileOptions & { readonly source: SourceTree }): void {
  for (const path of locate(o, () => matching(o.source, pattern))) {
    const entry = o.source.get(locate(o, () => resolvePath(o.source, path)));
    if (entry?.type !== "file" || entry.content.from !== "disk" || !looksLikeArchive(entry.content.path)) continue;
    const hint = "Use COPY if it is to stay an archive. Otherwise unpack it in a step before, or set builder: docker.";
    throw mistake(o.place, `ADD would unpack ${path.slice(1)}, which the direct builder does not do`, hint);
  }
}

/** Does `work` on files; what goes wrong in it goes to the line of the instruction. */
function locate<T>({ place }: FileOptions, work: () => T, source?: SourceTree): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MissingSourceError && source !== undefined) throw missing(error.path, place, source);
    if (error instanceof SlipwayError) throw mistake(place, error.message, error.hint);
    throw mistake(place, `This cannot be carried out: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function missing(path: string, place: Place, source: SourceTree): SlipwayError {
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  if (!(source instanceof BuildContext)) {
    const meant = nearest(name, source.get(folder)?.type === "directory" ? source.list(folder) : []);
    const hint =
      meant === undefined
        ? "Check the path, and what that stage or image holds."
        : `Did you mean ${posix.join(folder, meant)}?`;
    return mistake(place, `There is no ${path} to copy`, hint);
  }
  const ignored = source.whyMissing(path);
  if (ignored !== undefined)
    return mistake(place, `${path.slice(1)} cannot be copied: ${ignored}`, "Add an exception there: !path.");
  const meant = nearest(name, source.namesOnDisk(folder));
  const hint =
    meant === undefined
      ? "Paths are relative to the image's context."
      : `Did you mean ${posix.join(folder, meant).slice(1)}?`;
  return mistake(place, `There is no ${path.slice(1)} in the build context`, hint);
}
