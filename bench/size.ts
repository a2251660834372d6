import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { findBundles } from "./bundles.ts";
import type { Bundle } from "./bundles.ts";
import { formatValue } from "./figure.ts";
import type { Figure } from "./figure.ts";

export const title = "size: each dist/, all files";

const mostBytes = 1_000_000;

export async function measure(): Promise<Figure[]> {
  return Promise.all((await findBundles()).map(sizeOf));
}

async function sizeOf({ action, folder, entry }: Bundle): Promise<Figure> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  const value = sizes.reduce((sum, size) => sum + size, 0);
  const note = `${sizes.length} files; ${formatValue((await stat(entry)).size, "bytes")} of it are read at every start`;
  return { name: action, value, unit: "bytes", atMost: mostBytes, note };
}
