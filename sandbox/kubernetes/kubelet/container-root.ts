import { statSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { securePath } from "./secure-path.ts";
import { systemErrorCode } from "../system-error.ts";

/** Something of this machine that a container sees at `path`. */
export interface Mount {
  /** Absolute, in the container. */
  readonly path: string;
  /** On this machine. */
  readonly source: string;
}

export interface ContainerRootOptions {
  /** Made anew, and the container's own to write to. */
  readonly directory: string;
  /** The unpacked image: shared by all its containers. */
  readonly image: string;
  readonly mounts: readonly Mount[];
  readonly workingDirectory: string;
}

/**
 * What a container sees as its file system. There is no chroot without root, so this is a folder with links into the image and to
 * the volumes, and the absolute paths in a container's command, arguments and variables are translated into it. Paths that a
 * program has in its own code or reads from a file still mean this machine's: this is where the sandbox differs from a container
 * runtime, and why images meant for it use relative paths.
 */
export class ContainerRoot {
  readonly directory: string;
  readonly workingDirectory: string;
  readonly #mounts: readonly Mount[];

  private constructor(options: ContainerRootOptions) {
    this.directory = options.directory;
    this.#mounts = options.mounts;
    this.workingDirectory = join(options.directory, options.workingDirectory);
  }

  /** The working directory, /tmp and the folders on the way to a mount are the container's own; everything beside them is a link into the image. */
  static async make(options: ContainerRootOptions): Promise<ContainerRoot> {
    const mounts = options.mounts.map((mount) => ({
      ...mount,
      path: posix.join("/", mount.path).replace(/(?<=.)\/$/, ""),
    }));
    const workingDirectory = posix.join("/", options.workingDirectory);
    const isMounted = (path: string): boolean => mounts.some((mount) => isWithin(path, mount.path));
    const ways = ["/tmp", ...ancestors(`${workingDirectory}/.`), ...mounts.flatMap((mount) => ancestors(mount.path))];
    const folders = new Set(ways.filter((path) => !isMounted(path)));
    const taken = new Set([...folders, ...mounts.map((mount) => mount.path)]);
    for (const folder of [...folders].sort(byLength)) {
      await mkdir(join(options.directory, folder), { recursive: true });
      await linkEntries({ ...options, folder, taken });
    }
    for (const { path, source } of mounts.sort((a, b) => byLength(a.path, b.path))) {
      await mkdir(join(options.directory, dirname(path)), { recursive: true });
      await symlink(source, join(options.directory, path)).catch(ignoreExisting);
    }
    await mkdir(join(options.directory, workingDirectory), { recursive: true });
    return new ContainerRoot({ ...options, mounts, workingDirectory });
  }

  /** A path of the container on this machine; relative ones start at the working directory. */
  resolve(path: string): string {
    return path.startsWith("/") ? join(this.directory, path) : join(this.workingDirectory, path);
  }

  /**
   * Replaces absolute paths that lie in a volume or exist in the image. "/" and folders right below it stay as they are, as these
   * words are far more often the path of a URL.
   */
  translate(text: string): string {
    return text.replace(/(^|[\s=:,;"'(<>|&])(\/[^\s=:,;"'()<>|&`]+)/g, (whole: string, before: string, path: string) =>
      this.#holds(posix.normalize(path)) ? `${before}${this.resolve(path)}` : whole,
    );
  }

  #holds(path: string): boolean {
    if (this.#mounts.some((mount) => isWithin(path, mount.path))) return true;
    const found = statSync(this.resolve(path), { throwIfNoEntry: false });
    return found !== undefined && (/^\/[^/]+\/./.test(path) || found.isFile());
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function byLength(a: string, b: string): number {
  return a.length - b.length;
}

/** "/a/b/c" -> "/", "/a", "/a/b" */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === "/" ? ["/"] : [...ancestors(parent), parent];
}

async function linkEntries(
  o: ContainerRootOptions & { readonly folder: string; readonly taken: ReadonlySet<string> },
): Promise<void> {
  const origin = securePath(o.image, o.folder);
  const names = await readdir(origin).catch(() => []);
  const free = names.filter((name) => !o.taken.has(posix.join(o.folder, name)));
  await Promise.all(
    free.map((name) => symlink(join(origin, name), join(o.directory, o.folder, name)).catch(ignoreExisting)),
  );
}

function ignoreExisting(error: unknown): void {
  if (systemErrorCode(error) !== "EEXIST") throw error;
}
