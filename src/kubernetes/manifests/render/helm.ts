import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../../../error.ts";
import type { Json } from "../../object.ts";
import { shownPath } from "../files.ts";
import type { FieldPath, Manifest, ManifestSet, Source } from "../manifest.ts";
import { isMapValue } from "../objects.ts";
import { parseManifests } from "../parse.ts";
import { atOrigins, runTool } from "./rendering.ts";
import type { RenderPorts } from "./rendering.ts";
import { TemplateLines } from "./template-lines.ts";

/** What a chart's templates can ask of the cluster, `.Capabilities`. */
export interface Capabilities {
  /** Such as `v1.34.4`. */
  readonly kubernetes: string;
  /** Such as `apps/v1` and `apps/v1/Deployment`. */
  readonly apiVersions: readonly string[];
}

export interface Chart {
  /** Absolute: the folder, and its Chart.yaml. */
  readonly folder: string;
  readonly path: string;
  /** `.Release.Name` and `.Release.Namespace`. */
  readonly release: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly capabilities: Capabilities;
}

/**
 * The objects of a chart as `helm template` makes them, its CustomResourceDefinitions among them, at their places in its templates. Helm
 * gets the values on its standard input: neither its command line nor a file shows them.
 */
export async function renderChart(ports: RenderPorts, chart: Chart): Promise<ManifestSet> {
  const file = shownPath(chart.path, ports.workspace);
  const { kubernetes, apiVersions } = chart.capabilities;
  const versions = ["--kube-version", kubernetes, ...apiVersions.flatMap((version) => ["--api-versions", version])];
  const options = ["--namespace", chart.namespace, "--include-crds", "--values", "-", ...versions];
  const command = ["helm", "template", ...options, "--", chart.release, chart.folder];
  const rendered = await runTool(ports, command, JSON.stringify(chart.values));
  if (rendered === undefined) {
    const hint = "Install Helm in an earlier step of the job.";
    return {
      manifests: [],
      problems: [{ file, line: 1, message: "this is a Helm chart, and there is no helm on PATH", hint }],
    };
  }
  if (rendered.exitCode !== 0) return { manifests: [], problems: [explain(rendered.stderr, chart, ports.workspace)] };
  const set = parseManifests(rendered.stdout, { file });
  const templates = await readTemplates(rendered.stdout, chart.folder);
  const shown = (path: string): string => shownPath(path, ports.workspace);
  const texts = new Map([...templates.files].map(([path, text]) => [shown(path), text]));
  return atOrigins(set, {
    text: rendered.stdout,
    fallback: file,
    originOf: originFinder(set.manifests, templates, shown),
    textOf: (name) => texts.get(name),
  });
}

/** Helm's error, at the template that it names, with none of the values that it may quote. */
function explain(stderr: string, { folder, path, values }: Chart, workspace: string): Problem {
  const said = stderr
    .replace(/\n\s*Use --debug flag.*/, "")
    .trim()
    .replace(/^Error:\s*/, "");
  const [, inside, line] =
    /\b[\w.-]+\/((?:charts\/[\w.-]+\/)*(?:templates|crds)\/[^\s:()]+)(?::(\d+))?/.exec(said) ?? [];
  const missing = said.includes("missing in charts/ directory");
  return {
    message: `helm template failed: ${withoutValues(said.length > 1000 ? `${said.slice(0, 1000)}…` : said, values)}`,
    ...(missing ? { hint: `Run "helm dependency build" in a step before.` } : {}),
    file: shownPath(inside === undefined ? path : join(folder, inside), workspace),
    line: Number(line ?? 1),
  };
}

function withoutValues(text: string, value: Json): string {
  if (typeof value === "string") return value.length < 4 ? text : text.replaceAll(value, "***");
  if (Array.isArray(value)) return value.reduce<string>(withoutValues, text);
  return isMapValue(value) ? Object.values(value).reduce<string>(withoutValues, text) : text;
}

interface Templates {
  /** Where the rendering tells the source of what follows: the line, and the template's path. */
  readonly marks: readonly (readonly [line: number, path: string])[];
  /** Templates by their absolute paths. One that lies in a packaged chart is not there. */
  readonly files: ReadonlyMap<string, string>;
}

/** Helm writes `# Source: CHART/templates/FILE` under the line that begins a document. */
async function readTemplates(rendered: string, folder: string): Promise<Templates> {
  const marks: (readonly [number, string])[] = [];
  const files = new Map<string, string>();
  const lines = rendered.split("\n");
  for (const [index, line] of lines.entries()) {
    const [, source] = /^# Source: [^/]+\/(.+)$/.exec(line) ?? [];
    if (source === undefined || lines[index - 1] !== "---") continue;
    const path = join(folder, source);
    marks.push([index + 1, path]);
    const text = files.has(path) ? undefined : await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) files.set(path, text);
  }
  return { marks, files };
}

function originFinder(
  manifests: readonly Manifest[],
  { marks, files }: Templates,
  shown: (path: string) => string,
): (manifest: Manifest) => Source | undefined {
  const pathOf = ({ source }: Manifest): string | undefined => marks.findLast(([line]) => line <= source.line)?.[1];
  const counts = new Map<string, number>();
  const numbers = new Map<Manifest, number>();
  for (const manifest of manifests) {
    const key = `${pathOf(manifest) ?? ""}\0${manifest.object.kind}`;
    numbers.set(manifest, counts.get(key) ?? 0);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (manifest) => {
    const path = pathOf(manifest);
    const text = path === undefined ? undefined : files.get(path);
    if (path === undefined || text === undefined) return undefined;
    const template = new TemplateLines(text);
    const line = template.object(manifest.object.kind, numbers.get(manifest) ?? 0);
    const locate = (field: FieldPath): number => template.field(line, field, manifest.object as Json);
    return { file: shown(path), line, locate };
  };
}
