import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

const actions = join(import.meta.dirname, "../actions");

/** A built action: what runs in a workflow. */
export interface Bundle {
  readonly action: string;
  /** Its dist/. */
  readonly folder: string;
  readonly entry: string;
}

/** All actions, by name. Throws where one is not built. */
export async function findBundles(): Promise<Bundle[]> {
  return (await readdir(actions)).sort().map((action) => {
    const folder = join(actions, action, "dist");
    const entry = join(folder, "index.js");
    if (!existsSync(entry)) throw new Error(`There is no ${entry}: run "npm run build" first`);
    return { action, folder, entry };
  });
}
