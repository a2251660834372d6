import { stringify } from "yaml";
import type { Json } from "../kubernetes/object.ts";
import type { FieldChange } from "../release/plan/diff.ts";
import { diffLines, withContext } from "./line-diff.ts";
import type { DiffLine } from "./line-diff.ts";

/** A field on the way to changes, or a changed one. */
interface Branch {
  readonly below: Map<string, Branch>;
  change?: FieldChange;
}

/**
 * Changed fields as the manifest would have them: YAML in which the lines that change carry a sign, each below the fields that it is in.
 * What does not change is left out.
 */
export function changesAsYaml(fields: readonly FieldChange[]): string[] {
  const root: Branch = { below: new Map() };
  for (const change of fields) {
    let branch = root;
    for (const part of partsOf(change.path)) {
      const next = branch.below.get(part) ?? { below: new Map<string, Branch>() };
      branch.below.set(part, next);
      branch = next;
    }
    branch.change = change;
  }
  return render(root, "").map(({ sign, text }) => `${sign} ${text}`);
}

/** `spec.containers[app].image` as `spec`, `containers`, `[app]`, `image`; a key in quotes as it is. */
function partsOf(path: string): string[] {
  const parts = path.matchAll(/\.?([^.[\]]+)|\[("(?:[^"\\]|\\.)*")\]|(\[[^\]]*\])/g);
  return [...parts].map(([, name, quoted, item]) => name ?? (quoted === undefined ? (item ?? "") : keyOf(quoted)));
}

function keyOf(quoted: string): string {
  return JSON.parse(quoted) as string;
}

function render({ below }: Branch, indent: string): DiffLine[] {
  return [...below].flatMap(([part, branch]) => {
    if (branch.change !== undefined) return renderChange(part, branch.change, indent);
    const line: DiffLine = { sign: " ", text: `${indent}${headOf(part)}` };
    return [line, ...render(branch, `${indent}  `)];
  });
}

/** The line that opens what is below: a field's name, or what tells an item of a list from the others. */
function headOf(part: string): string {
  const item = itemOf(part);
  if (item === undefined) return `${yamlKey(part)}:`;
  if (/^\d+$/.test(item)) return `- # item ${Number(item) + 1}`;
  const [, key = "name", value = item] = /^(\w+)=(.*)$/.exec(item) ?? [];
  return `- ${key}: ${value}`;
}

function itemOf(part: string): string | undefined {
  return /^\[(.*)\]$/.exec(part)?.[1];
}

function renderChange(part: string, { before, after, hidden }: FieldChange, indent: string): DiffLine[] {
  const item = itemOf(part);
  if (hidden !== undefined) return [{ sign: "!", text: `${indent}${headOf(part)} # ${hidden}, not shown` }];
  if (item === "order") return orderLines(before, after, indent);
  const lines = (value: Json | undefined): string[] =>
    value === undefined ? [] : yamlLines(item === undefined ? { [part]: value } : [value], indent);
  return withContext(diffLines(lines(before), lines(after)));
}

function orderLines(before: Json | undefined, after: Json | undefined, indent: string): DiffLine[] {
  const names = (value: Json | undefined): string => (Array.isArray(value) ? value.map(String).join(", ") : "");
  return [
    { sign: "-", text: `${indent}# in this order: ${names(before)}` },
    { sign: "+", text: `${indent}# in this order: ${names(after)}` },
  ];
}

function yamlLines(value: Json, indent: string): string[] {
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
  return text.split("\n").map((line) => `${indent}${shortened(line)}`);
}

/** Twelve characters of a digest tell it from others, as everywhere. */
function shortened(line: string): string {
  const text = line.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, "$1");
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

function yamlKey(key: string): string {
  return stringify(key, { lineWidth: 0 }).trimEnd();
}
