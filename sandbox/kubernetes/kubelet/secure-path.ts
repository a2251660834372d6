import { lstatSync, readlinkSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * Where `path` lies on this machine when `root` is what it calls "/". Symbolic links on the way are followed as they would be in
 * there, so the result is never outside of `root`, whatever the links say; what does not exist yet is taken as it is written.
 * `followLast: false` leaves a link at the very end alone.
 */
export function securePath(root: string, path: string, options?: { readonly followLast?: boolean }): string {
  let inside = "/";
  let rest = path.split("/");
  for (let links = 0; rest.length > 0;) {
    const [name = "", ...others] = rest;
    rest = others;
    // Of "..", join() makes the parent, and "/" is its own.
    const next = posix.join(inside, name);
    const isLast = rest.every((each) => each === "");
    const target =
      name === ".." || (isLast && options?.followLast === false) ? undefined : linkTarget(join(root, next));
    if (target === undefined) {
      inside = next;
      continue;
    }
    if (++links > 40) throw new Error(`too many levels of symbolic links: ${path}`);
    if (target.startsWith("/")) inside = "/";
    rest = [...target.split("/"), ...rest];
  }
  return join(root, inside);
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
}
