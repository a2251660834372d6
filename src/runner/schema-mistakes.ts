import type { GenericIssue, GenericSchema } from "valibot";
import type { Mistake } from "./inputs.ts";
import { nearest } from "./nearest.ts";

export type Path = readonly (string | number)[];

/** A mistake and the place of the value it is about. */
export interface PlacedMistake extends Mistake {
  readonly path: Path;
}

interface Context {
  readonly schema: GenericSchema;
  readonly mayShow: boolean;
}

/** What a person needs to know about one issue that valibot found. Several, where one issue stands for several unknown keys. */
export function describeIssue(issue: GenericIssue, context: Context, above: Path = []): PlacedMistake[] {
  const path = [...above, ...pathOf(issue)];
  const alternatives = deepest(issue.issues ?? []);
  if (alternatives.length > 0) return alternatives.flatMap((alternative) => describeIssue(alternative, context, path));
  if (issue.kind === "schema" && isAboutKey(issue)) {
    return issue.expected === "never" ? unknownKeys(issue, path.slice(0, -1), context.schema) : [missingKey(path)];
  }
  return [wrongValue(issue, path, context.mayShow)];
}

/** Of the alternatives of a union, what went wrong in the one that came furthest; none where all failed at their first step. */
function deepest(alternatives: readonly GenericIssue[]): readonly GenericIssue[] {
  return alternatives.filter((issue) => pathOf(issue).length > 0);
}

function isAboutKey(issue: GenericIssue): boolean {
  const last = issue.path?.at(-1);
  return last !== undefined && "origin" in last && last.origin === "key" && issue.type !== "record";
}

/** valibot stops at the first unknown key of an object; a person wants to hear of all. */
function unknownKeys(issue: GenericIssue, path: Path, schema: GenericSchema): PlacedMistake[] {
  const known = keysAt(schema, path);
  const given = issue.path?.at(-1)?.input;
  const unknown =
    typeof given === "object" && given !== null ? Object.keys(given).filter((key) => !known.includes(key)) : [];
  return unknown.map((key) => {
    const meant = nearest(key, known);
    const list = `Known here: ${known.join(", ")}.`;
    return {
      is: `the key ${key} is not known`,
      hint: meant ? `Did you mean ${meant}? ${list}` : list,
      path: [...path, key],
    };
  });
}

function missingKey(path: Path): PlacedMistake {
  const key = String(path.at(-1));
  return { is: `${key} is missing`, hint: `Add ${key}.`, path: path.slice(0, -1) };
}

function wrongValue(issue: GenericIssue, path: Path, mayShow: boolean): PlacedMistake {
  const last = path.at(-1);
  const subject = last === undefined ? "it" : typeof last === "number" ? "the entry" : last;
  const got = plain(issue.received);
  const expected = issue.expected === null ? "another value" : plain(issue.expected);
  if (issue.kind === "schema") {
    const isUnquoted = issue.expected === "string" && ["number", "boolean"].includes(typeof issue.input);
    return {
      is: `${subject} is not ${expected}`,
      got,
      hint: isUnquoted ? "Put it in quotes." : `Write ${expected}.`,
      path,
    };
  }
  // A rule beyond the type. Its author's words say it best; valibot's own quote the value.
  const mayQuote = mayShow || !issue.message.startsWith("Invalid ");
  const hint = mayQuote ? issue.message.replace(/\.?$/, ".") : `Write ${expected}.`;
  return { is: `${subject} is not allowed`, got, hint, path };
}

const words: Readonly<Record<string, string>> = {
  Object: "a map",
  Array: "a list",
  string: "text",
  number: "a number",
  boolean: "true or false",
  null: "nothing",
  undefined: "nothing",
};

function plain(valibotWords: string): string {
  const choices = valibotWords.replace(/^\((.*)\)$/, "$1").split(" | ");
  return choices.map((choice) => words[choice] ?? choice).join(" or ");
}

function pathOf(issue: GenericIssue): Path {
  return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
}

/** The parts of valibot's schemas that lead to other schemas. */
interface Nested {
  readonly type?: unknown;
  readonly entries?: Readonly<Record<string, Nested>>;
  readonly item?: Nested;
  readonly value?: Nested;
  readonly wrapped?: Nested;
  readonly options?: readonly unknown[];
}

/** The keys that the schema's objects at `path` know, over all alternatives of unions. */
function keysAt(schema: Nested, path: Path): string[] {
  const [step, ...rest] = path;
  const inner = [schema.wrapped, ...(schema.options ?? [])].filter(isSchema).flatMap((one) => keysAt(one, path));
  if (step === undefined) return [...new Set([...Object.keys(schema.entries ?? {}), ...inner])];
  const below = [schema.entries?.[step], schema.item, schema.value]
    .filter(isSchema)
    .flatMap((one) => keysAt(one, rest));
  return [...new Set([...below, ...inner])];
}

/** The options of a union are schemas, those of a pick list are words. */
function isSchema(value: unknown): value is Nested {
  return typeof value === "object" && value !== null && "kind" in value;
}
