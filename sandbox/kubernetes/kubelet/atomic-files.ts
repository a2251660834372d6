import { createHash } from "node:crypto";
import { mkdir, readdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";

export interface File {
  readonly data: Buffer;
  readonly mode: number;
}

/** Files by their path in the volume. */
export type Files = ReadonlyMap<string, File>;

/**
 * Brings a folder's content to `files`, as the kubelet's AtomicWriter does: a reader finds either all of the old or all of the new.
 * The names at the top are links through `..data`, which is exchanged in one step. Does nothing when nothing has changed.
 */
export async function writeAtomically(folder: string, files: Files): Promise<void> {
  const generation = `..${digest(files)}`;
  const data = join(folder, "..data");
  const old = await readlink(data).catch(() => undefined);
  if (old === generation) return;
  for (const [path, file] of files) {
    const target = join(folder, generation, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.data, { mode: file.mode });
  }
  await mkdir(join(folder, generation), { recursive: true });
  await symlink(generation, `${data}_new`);
  await rename(`${data}_new`, data);
  await linkNames(folder, new Set([...files.keys()].map((path) => path.split("/", 1)[0] ?? "")));
  if (old !== undefined) await rm(join(folder, old), { recursive: true, force: true });
}

async function linkNames(folder: string, names: ReadonlySet<string>): Promise<void> {
  const present = (await readdir(folder)).filter((name) => !name.startsWith(".."));
  for (const name of present) if (!names.has(name)) await rm(join(folder, name));
  for (const name of names) if (!present.includes(name)) await symlink(posix.join("..data", name), join(folder, name));
}

function digest(files: Files): string {
  const hash = createHash("sha256");
  for (const [path, { data, mode }] of files) hash.update(JSON.stringify([path, mode, data.length])).update(data);
  return hash.digest("hex").slice(0, 16);
}
