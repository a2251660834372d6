import { isMap, isSeq, LineCounter, parseAllDocuments } from "yaml";
import type { Document, Node } from "yaml";
import type { Problem } from "../../error.ts";
import type { Json, KubernetesObject } from "../object.ts";
import type { FieldPath, Manifest, ManifestSet } from "./manifest.ts";
import { readValue } from "./read-value.ts";
import { kubectlScalars } from "./scalars.ts";

/** The `yaml` package's recursive parser overflows the stack near 10,000 open brackets; no manifest has a hundred. */
const maxOpenBrackets = 500;

export interface ParseOptions {
  /** How the file is called in messages: its path relative to the workspace. */
  readonly file: string;
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Reads the objects of one file, JSON or YAML, each with file and line. Means what it means to kubectl (see scalars.ts); `List`s are
 * taken apart; empty documents are passed over. Never throws for what a file holds: everything wrong is among the problems.
 */
export function parseManifests(text: string, options: ParseOptions): ManifestSet {
  const problems: Problem[] = [];
  const lines = new LineCounter();
  const tooDeep = offsetOfTooManyBrackets(text);
  const report = (offset: number, message: string, hint?: string): void => {
    const line = lines.linePos(offset).line || 1;
    problems.push({ message, file: options.file, line, ...(hint === undefined ? {} : { hint }) });
  };
  if (tooDeep !== undefined) {
    const line = text.slice(0, tooDeep).split("\n").length;
    return {
      manifests: [],
      problems: [{ message: `more than ${maxOpenBrackets} brackets are open at once`, file: options.file, line }],
    };
  }
  const manifests: Manifest[] = [];
  for (const [index, document] of documentsOf(text, lines).entries()) {
    if (reportSyntax(document, report)) continue;
    const value = readValue(document, {
      variables: options.variables,
      onProblem: ({ message, hint, offset }) => report(offset, message, hint),
    });
    const root = document.contents;
    for (const { value: object, path, node } of flatten(value, root)) {
      const line = lines.linePos(startOf(node)).line || 1;
      const fault = faultOf(object);
      if (fault !== undefined) {
        report(startOf(node), fault.message, fault.hint);
        continue;
      }
      const locate = (field: FieldPath): number => locateField(text, index, [...path, ...field]);
      manifests.push({
        object: withoutServerFields(object as unknown as KubernetesObject),
        source: { file: options.file, line, locate },
      });
    }
  }
  return { manifests, problems };
}

function documentsOf(text: string, lines: LineCounter): Document[] {
  const parsed = parseAllDocuments(text, {
    schema: "core",
    // Our reader merges and checks keys itself: the package's own check of unique keys takes quadratic time.
    merge: false,
    uniqueKeys: false,
    customTags: (tags) => [...kubectlScalars, ...tags],
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
  });
  return Array.isArray(parsed) ? parsed : [];
}

function reportSyntax(document: Document, report: (offset: number, message: string) => void): boolean {
  for (const error of [...document.errors, ...document.warnings].slice(0, 3))
    report(error.pos[0], `not valid YAML: ${error.message}`);
  return document.errors.length + document.warnings.length > 0;
}

interface Item {
  readonly value: Json;
  readonly path: FieldPath;
  readonly node: Node | null | undefined;
}

/** The objects of a document: itself, or the items of a `List`, `ConfigMapList` and so on, at any depth. */
function flatten(value: Json, node: Node | null | undefined, path: FieldPath = []): Item[] {
  if (value === null) return [];
  if (typeof value !== "object" || Array.isArray(value)) return [{ value, path, node }];
  const { kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return [{ value, path, node }];
  const list = isMap(node) ? node.get("items", true) : undefined;
  return items.flatMap((item, index) => {
    const itemNode = isSeq(list) ? (list.items[index] as Node | undefined) : undefined;
    return flatten(item, itemNode ?? node, [...path, "items", index]);
  });
}

/** Why a value is no object that can be deployed, undefined where it is one. */
function faultOf(value: Json): Omit<Problem, "file" | "line"> | undefined {
  if (!isMapValue(value)) {
    return {
      message: "this is not a Kubernetes object",
      hint: "a manifest is a map with apiVersion, kind and metadata.name",
    };
  }
  for (const field of ["apiVersion", "kind"]) {
    if (value[field] === undefined) return { message: `${field} is missing` };
    if (!isName(value[field])) return { message: `${field} is not a name: got ${JSON.stringify(value[field])}` };
  }
  const what = JSON.stringify(value.kind).slice(1, -1);
  const { name, namespace, generateName } = isMapValue(value.metadata) ? value.metadata : {};
  if (name === undefined && generateName !== undefined) {
    const hint = "a release must know its objects by name: give it one";
    return { message: `${what} has generateName instead of metadata.name`, hint };
  }
  if (name === undefined) return { message: `${what} has no metadata.name` };
  if (!isName(name)) return { message: `metadata.name of ${what} is not a name: got ${JSON.stringify(name)}` };
  if (namespace === undefined || isName(namespace)) return undefined;
  return { message: `metadata.namespace of ${what} ${name} is not a name: got ${JSON.stringify(namespace)}` };
}

function isMapValue(value: Json | undefined): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isName(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

/** What `kubectl get -o yaml` prints and only a server may set. */
function withoutServerFields(object: KubernetesObject): KubernetesObject {
  const { status, metadata, ...rest } = object;
  const { managedFields, resourceVersion, uid, generation, creationTimestamp, ...meta } = metadata;
  return { ...rest, metadata: meta };
}

/** The line of the deepest part of `path` that is written in the text. Aliases are followed where they are written. */
function locateField(text: string, documentIndex: number, path: FieldPath): number {
  const lines = new LineCounter();
  const document = documentsOf(text, lines)[documentIndex];
  let node: unknown = document?.contents;
  let offset = startOf(node as Node | null | undefined);
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String((item.key as { value?: unknown } | null)?.value) === String(key));
      if (pair === undefined) break;
      offset = startOf(pair.key as Node);
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      if (node === undefined) break;
      offset = startOf(node as Node);
    } else break;
  }
  return lines.linePos(offset).line || 1;
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

function offsetOfTooManyBrackets(text: string): number | undefined {
  let open = 0;
  for (const match of text.matchAll(/[[\]{}]/g)) {
    open = match[0] === "[" || match[0] === "{" ? open + 1 : Math.max(0, open - 1);
    if (open > maxOpenBrackets) return match.index;
  }
  return undefined;
}
