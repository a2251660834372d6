import { posix } from "node:path";
import type { SourceTree } from "./entry.ts";

/** A path with too many symbolic links leads in circles. */
const mostLinks = 255;

/**
 * Follows the symbolic links of a path, the last one too, as if the tree were the whole file system: a link to `/etc` leads to the
 * tree's own, and `..` never leads out. What does not exist is left as it is written.
 * @throws Error where links lead in circles, or a file is treated as a folder.
 */
export function resolvePath(tree: SourceTree, path: string): string {
  const open = names(path);
  let at = "/";
  let links = 0;
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    if (name === "..") {
      at = posix.dirname(at);
      continue;
    }
    const next = posix.join(at, name);
    const entry = tree.get(next);
    if (entry?.type === "symlink") {
      if (++links > mostLinks) throw new Error(`too many symbolic links in ${path}`);
      open.unshift(...names(entry.target));
      if (entry.target.startsWith("/")) at = "/";
      continue;
    }
    if (open.length > 0 && entry !== undefined && entry.type !== "directory")
      throw new Error(`${next} is not a directory`);
    at = next;
  }
  return at;
}

/** Follows the links up to the last name, which stays as it is. */
export function resolveParent(tree: SourceTree, path: string): string {
  const clean = posix.join("/", path);
  return clean === "/" ? clean : posix.join(resolvePath(tree, posix.dirname(clean)), posix.basename(clean));
}

function names(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}
