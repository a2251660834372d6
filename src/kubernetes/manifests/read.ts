import type { Problem } from "../../error.ts";
import type { Manifest, ManifestSet } from "./manifest.ts";
import { readManifestFiles } from "./files.ts";
import { parseManifests } from "./parse.ts";

export interface ReadManifestsOptions {
  /** The lines of the input `manifests`. */
  readonly lines: readonly string[];
  readonly workspace: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** Reads every object that the input `manifests` names. All problems of all files come together. */
export async function readManifests(options: ReadManifestsOptions): Promise<ManifestSet> {
  const { files, problems } = await readManifestFiles(options.lines, options.workspace);
  const manifests: Manifest[] = [];
  const all: Problem[] = [...problems];
  for (const { file, text } of files) {
    const read = parseManifests(text, { file, variables: options.variables });
    manifests.push(...read.manifests);
    all.push(...read.problems);
  }
  if (manifests.length === 0 && all.length === 0) all.push({ message: "manifests: the files hold no objects" });
  return { manifests, problems: all };
}
