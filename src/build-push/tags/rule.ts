import { nearest } from "../../runner/nearest.ts";

/** One line of the input `tags`: the grammar of docker/metadata-action. Templates are still to be rendered. */
export type Rule = Common &
  (
    | { readonly type: "schedule"; readonly pattern: string }
    | { readonly type: "semver" | "pep440"; readonly pattern: string; readonly value: string; readonly match: string }
    | { readonly type: "match"; readonly pattern: string; readonly group: number; readonly value: string }
    | { readonly type: "edge"; readonly branch: string }
    | { readonly type: "ref"; readonly event: "branch" | "tag" | "pr" }
    | { readonly type: "raw"; readonly value: string }
    | { readonly type: "sha"; readonly format: "short" | "long" }
  );

interface Common {
  /** The line, for errors. */
  readonly text: string;
  readonly enable: string;
  /** Rules with a higher one come first; the first tag is the image's version. */
  readonly priority: number;
  readonly prefix: string;
  readonly suffix: string;
}

type Type = Rule["type"];

const priorities: Readonly<Record<Type, number>> = {
  schedule: 1000,
  semver: 900,
  pep440: 900,
  match: 800,
  edge: 700,
  ref: 600,
  raw: 200,
  sha: 100,
};

const own: Readonly<Record<Type, readonly string[]>> = {
  schedule: ["pattern"],
  semver: ["pattern", "value", "match"],
  pep440: ["pattern", "value", "match"],
  match: ["pattern", "group", "value"],
  edge: ["branch"],
  ref: ["event"],
  raw: ["value"],
  sha: ["format"],
};

/** Reads one line; undefined for one that says nothing. @throws Error saying what is wrong with it and what would be right. */
export function parseRule(line: string): Rule | undefined {
  const fields = splitFields(line);
  if (fields.length === 0) return undefined;
  const attributes = new Map<string, string>();
  for (const field of fields) {
    const equals = field.indexOf("=", 1);
    const [key, value] = equals === -1 ? ["value", field] : [field.slice(0, equals), field.slice(equals + 1)];
    attributes.set(key.trim().toLowerCase(), value.trim());
  }
  const type = attributes.get("type") ?? "raw";
  if (!isType(type)) throw didYouMean(`"${type}" is not a type of tag`, type, Object.keys(priorities));
  const known = ["type", "enable", "priority", "prefix", "suffix", ...own[type]];
  for (const key of attributes.keys())
    if (!known.includes(key)) throw didYouMean(`type=${type} has no attribute "${key}"`, key, known);
  return { ...common(type, attributes, line), ...ruleOf(type, attributes) };
}

function common(type: Type, attributes: ReadonlyMap<string, string>, line: string): Common {
  const prefixes: Partial<Record<Type, string>> = { sha: "sha-", ref: attributes.get("event") === "pr" ? "pr-" : "" };
  const priority = Number(attributes.get("priority") ?? priorities[type]);
  if (Number.isNaN(priority)) throw new Error(`priority is not a number: got "${attributes.get("priority") ?? ""}"`);
  return {
    text: line.trim(),
    enable: attributes.get("enable") ?? "true",
    priority,
    prefix: attributes.get("prefix") ?? prefixes[type] ?? "",
    suffix: attributes.get("suffix") ?? "",
  };
}

type WithoutCommon<R> = R extends unknown ? Omit<R, keyof Common> : never;

function ruleOf(type: Type, attributes: ReadonlyMap<string, string>): WithoutCommon<Rule> {
  const get = (key: string, otherwise?: string): string => {
    const value = attributes.get(key) ?? otherwise;
    if (value === undefined) throw new Error(`type=${type} lacks ${key}=`);
    return value;
  };
  switch (type) {
    case "schedule":
      return { type, pattern: get("pattern", "nightly") };
    case "semver":
    case "pep440":
      return { type, pattern: get("pattern"), value: get("value", ""), match: get("match", "") };
    case "match":
      return { type, pattern: get("pattern"), group: wholeNumber(get("group", "0")), value: get("value", "") };
    case "edge":
      return { type, branch: get("branch", "") };
    case "ref":
      return { type, event: oneOf("event", get("event"), ["branch", "tag", "pr"]) };
    case "raw":
      return { type, value: get("value") };
    case "sha":
      return { type, format: oneOf("format", get("format", "short"), ["short", "long"]) };
  }
}

function isType(text: string): text is Type {
  return Object.hasOwn(priorities, text);
}

function oneOf<const Word extends string>(key: string, value: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw didYouMean(`${key} is not one of the known words: got "${value}"`, value, words);
  return word;
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`group is not a number: got "${text}"`);
}

function didYouMean(message: string, word: string, known: readonly string[]): Error {
  const meant = nearest(word, known);
  return new Error(`${message}. ${meant === undefined ? "" : `Did you mean ${meant}? `}Known: ${known.join(", ")}.`);
}

/** The fields of a line of CSV: a comma separates, double quotes hold a field together, `#` begins a comment. */
function splitFields(line: string): string[] {
  const fields: string[] = [];
  let rest = line.trim();
  while (rest !== "" && !rest.startsWith("#")) {
    const quoted = /^"((?:[^"]|"")*)"\s*(?=,|#|$)/.exec(rest);
    const plain = /^[^,#]*/.exec(rest)?.[0] ?? "";
    fields.push(quoted?.[1]?.replaceAll('""', '"') ?? plain);
    rest = rest.slice((quoted?.[0] ?? plain).length).trimStart();
    if (rest.startsWith(",")) rest = rest.slice(1).trimStart();
  }
  return fields;
}
