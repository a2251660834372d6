import { setImmediate as nextTurn } from "node:timers/promises";
import type { Problem } from "../../error.ts";
import type { Exec } from "../../runner/runner.ts";
import { findManifests, readTextFile, shownPath } from "./files.ts";
import type { ManifestSource } from "./files.ts";
import { translateHelmHooks } from "./helm-hooks.ts";
import type { ManifestSet } from "./manifest.ts";
import { parseManifests } from "./parse.ts";
import type { Capabilities } from "./render/helm.ts";

export interface ReadManifestsOptions {
  /** The lines of the input `manifests`. */
  readonly lines: readonly string[];
  readonly workspace: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Runs `kustomize`, `kubectl` or `helm` for folders that are theirs. */
  readonly exec: Exec;
  readonly signal: AbortSignal;
  readonly helm: {
    readonly release: string;
    readonly namespace: string;
    /** The lines of the inputs `helm-values` and `helm-set`. */
    readonly values: readonly string[];
    readonly set: readonly string[];
    /** Asked once where there is a chart. */
    readonly capabilities: () => Promise<Capabilities>;
  };
}

/** Reads every object that the input `manifests` names. All problems of all files come together. */
export async function readManifests(options: ReadManifestsOptions): Promise<ManifestSet> {
  const { sources, problems } = await findManifests(options.lines, options.workspace);
  const sets: ManifestSet[] = [{ manifests: [], problems }, ...(await readCharts(sources, options))];
  for (const source of sources) {
    if (source.is === "file") {
      // Answers of the cluster are taken meanwhile.
      await nextTurn();
      sets.push(readFile(source.path, options));
    }
    if (source.is === "kustomization") {
      const { renderKustomization } = await import("./render/kustomize.ts");
      sets.push(await renderKustomization(options, { ...source, variables: options.variables }));
    }
  }
  const all = translateHelmHooks({
    manifests: sets.flatMap(({ manifests }) => manifests),
    problems: sets.flatMap((set) => set.problems),
  });
  if (all.manifests.length > 0 || all.problems.length > 0) return all;
  return { manifests: [], problems: [{ message: "manifests: the files hold no objects" }] };
}

function readFile(path: string, { workspace, variables }: ReadManifestsOptions): ManifestSet {
  const file = shownPath(path, workspace);
  const text = readTextFile(path, workspace);
  if (typeof text === "string") return parseManifests(text, { file, variables });
  return { manifests: [], problems: [{ message: `Cannot read ${file}: ${text.reason}`, file, line: 1 }] };
}

/** A chart has values in place of variables: `${NAME}` in its templates belongs to whoever wrote them. */
async function readCharts(sources: readonly ManifestSource[], options: ReadManifestsOptions): Promise<ManifestSet[]> {
  const { release, namespace, values: files, set, capabilities } = options.helm;
  const charts = sources.flatMap((source) => (source.is === "chart" ? [source] : []));
  if (charts.length === 0) return files.length + set.length === 0 ? [] : [{ manifests: [], problems: [noChart] }];
  const { readHelmValues } = await import("./render/helm-values.ts");
  const { values, problems } = readHelmValues({ files, set, workspace: options.workspace });
  if (problems.length > 0) return [{ manifests: [], problems }];
  const { renderChart } = await import("./render/helm.ts");
  const known = await capabilities();
  const rendered = charts.map((chart) =>
    renderChart(options, { ...chart, release, namespace, values, capabilities: known }),
  );
  return Promise.all(rendered);
}

const noChart: Problem = {
  message: 'helm-values or helm-set is given, and "manifests" names no Helm chart',
  hint: "A chart is named by its folder, the one with Chart.yaml.",
};
