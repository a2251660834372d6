import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import type { ExecResult } from "../../../runner/runner.ts";
import type { Json } from "../../object.ts";
import { shownPath } from "../files.ts";
import type { FieldPath, Manifest, ManifestSet, Source } from "../manifest.ts";
import { parseManifests } from "../parse.ts";
import { atOrigins, runTool } from "./rendering.ts";
import type { RenderPorts } from "./rendering.ts";

export interface Kustomization {
  /** Absolute: the folder, and the kustomization in it. */
  readonly folder: string;
  readonly path: string;
  readonly variables: ReadonlyMap<string, string>;
}

const originAnnotation = "config.kubernetes.io/origin";
const addOrigins = "buildMetadata: [originAnnotations]\n";

/** The objects of a kustomization, as `kustomize build` or `kubectl kustomize` makes them, at their places in its files. */
export async function renderKustomization(ports: RenderPorts, kustomization: Kustomization): Promise<ManifestSet> {
  const file = shownPath(kustomization.path, ports.workspace);
  const [built, origins] = await Promise.all([
    build(ports, kustomization.folder),
    originsOf(ports, kustomization.folder),
  ]);
  if (built === undefined) {
    const hint = "Install kustomize or kubectl in an earlier step of the job.";
    return failed({ file, message: "this is for kustomize, and there is neither kustomize nor kubectl on PATH", hint });
  }
  if (built.exitCode !== 0) return failed({ file, message: `kustomize cannot build it: ${lastWords(built.stderr)}` });
  const set = parseManifests(built.stdout, { file, variables: kustomization.variables });
  const manifests = set.manifests.map(withoutOrigin);
  const originOf = await sourceFinder(origins, ports.workspace);
  const texts = originOf.texts;
  return atOrigins(
    { manifests, problems: set.problems },
    { text: built.stdout, fallback: file, originOf: originOf.find, textOf: (name) => texts.get(name) },
  );
}

function failed(problem: { file: string; message: string; hint?: string }): ManifestSet {
  return { manifests: [], problems: [{ ...problem, line: 1 }] };
}

async function build(ports: RenderPorts, folder: string): Promise<ExecResult | undefined> {
  return (await runTool(ports, ["kustomize", "build", folder])) ?? runTool(ports, ["kubectl", "kustomize", folder]);
}

/** Kustomize says what it refused in a chain of causes, on one line. */
function lastWords(stderr: string): string {
  // kubectl has it in a line of its log, kustomize behind a word.
  const logged = /"command failed" err="(.*)"\s*$/.exec(stderr)?.[1];
  const said = logged ?? stderr.trim().replace(/^(?:error|Error):\s*/, "");
  return said.length > 600 ? `…${said.slice(-600)}` : said;
}

/**
 * The file that each object comes from, by its name: a second build, of a kustomization around the user's own that asks for the origins.
 * What is deployed is the first one, which is exactly what `kustomize build` gives. Empty where it cannot be known.
 */
async function originsOf(ports: RenderPorts, folder: string): Promise<ReadonlyMap<string, string>> {
  const around = await mkdtemp(join(tmpdir(), "slipway-kustomize-"));
  try {
    const base = relative(around, folder);
    await writeFile(join(around, "kustomization.yaml"), `resources: [${JSON.stringify(base)}]\n${addOrigins}`);
    const built = await build(ports, around);
    if (built?.exitCode !== 0) return new Map();
    const { manifests } = parseManifests(built.stdout, { file: "" });
    return new Map(
      manifests.flatMap((manifest) => {
        const origin = /^(?:path|configuredIn): (.*)$/m.exec(
          manifest.object.metadata.annotations?.[originAnnotation] ?? "",
        );
        return origin?.[1] === undefined ? [] : [[keyOf(manifest), resolve(around, origin[1])] as const];
      }),
    );
  } finally {
    await rm(around, { recursive: true });
  }
}

function keyOf({ object: { apiVersion, kind, metadata } }: Manifest): string {
  return [apiVersion, kind, metadata.namespace ?? "", metadata.name].join("\0");
}

/** Users can ask for these annotations themselves; they say nothing to a cluster. */
function withoutOrigin(manifest: Manifest): Manifest {
  const { annotations, ...metadata } = manifest.object.metadata;
  if (annotations?.[originAnnotation] === undefined) return manifest;
  const { [originAnnotation]: _, ...rest } = annotations;
  const own = Object.keys(rest).length === 0 ? metadata : { ...metadata, annotations: rest };
  return { ...manifest, object: { ...manifest.object, metadata: own } };
}

/** Finds objects in the files that they come from: by kind, and the name that the kustomization may have added to. */
async function sourceFinder(
  origins: ReadonlyMap<string, string>,
  workspace: string,
): Promise<{ find: (manifest: Manifest) => Source | undefined; texts: ReadonlyMap<string, string> }> {
  const texts = new Map<string, string>();
  const written = new Map<string, readonly Manifest[]>();
  for (const path of new Set(origins.values())) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    const file = shownPath(path, workspace);
    if (text === undefined) continue;
    texts.set(file, text);
    written.set(file, parseManifests(text, { file }).manifests);
  }
  const find = (manifest: Manifest): Source | undefined => {
    const path = origins.get(keyOf(manifest));
    const file = path === undefined ? undefined : shownPath(path, workspace);
    const text = file === undefined ? undefined : texts.get(file);
    if (file === undefined || text === undefined) return undefined;
    const { kind, metadata } = manifest.object;
    const named = (written.get(file) ?? []).filter(
      ({ object }) => object.kind === kind && metadata.name.includes(object.metadata.name),
    );
    const [source] = named.toSorted((a, b) => b.object.metadata.name.length - a.object.metadata.name.length);
    if (source === undefined) return generated(file, text, metadata.name);
    const locate = (field: FieldPath): number =>
      source.source.locate(pathIn(source.object as Json, manifest.object as Json, field));
    return { ...source.source, locate };
  };
  return { find, texts };
}

/** What a generator makes stands where its name does. */
function generated(file: string, text: string, name: string): Source {
  const lines = text.split("\n");
  const found = lines.findIndex((line) => {
    const [, own] = /^\s*(?:-\s+)?name:\s*["']?([\w.-]+)/.exec(line) ?? [];
    return own !== undefined && name.includes(own);
  });
  const line = Math.max(found, 0) + 1;
  return { file, line, locate: () => line };
}

/**
 * The path of a field before patches: list items that have names are found by them, others by their numbers. Ends at an item that a
 * patch has added.
 */
function pathIn(before: Json, after: Json, field: FieldPath): FieldPath {
  const path: (string | number)[] = [];
  let [from, to]: [Json | undefined, Json | undefined] = [before, after];
  for (const key of field) {
    to = stepInto(to, key);
    const name = stepInto(to, "name");
    const own =
      Array.isArray(from) && name !== undefined ? from.findIndex((item) => stepInto(item, "name") === name) : key;
    if (own === -1) break;
    path.push(own);
    from = stepInto(from, own);
  }
  return path;
}

function stepInto(value: Json | undefined, key: string | number): Json | undefined {
  return value !== null && typeof value === "object" ? (value as Record<string | number, Json>)[key] : undefined;
}
