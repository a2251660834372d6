import type { Document } from "yaml";
import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../object.ts";
import { readDocuments } from "./documents.ts";
import type { Fault } from "./documents.ts";
import { linesOf } from "./lines.ts";
import { locateIn } from "./locate.ts";
import type { FieldPath, Manifest, ManifestSet } from "./manifest.ts";
import { faultOf, isMapValue, itemsOf, withoutServerFields } from "./objects.ts";
import type { Item } from "./objects.ts";
import { newBudget, readValue } from "./read-value.ts";
import { shapeFaults } from "./shapes.ts";
import { readSimpleYaml } from "./simple-yaml.ts";
import { substitute } from "./substitute.ts";

/** A file with more problems is of another kind than manifests; reading on would only bury the first ones. */
const maxProblems = 20;
const maxBrokenDocuments = 3;

export interface ParseOptions {
  /** How the file is called in messages: its path relative to the workspace. */
  readonly file: string;
  /** Values for `${NAME}`; without them it is text like any other. */
  readonly variables?: ReadonlyMap<string, string>;
}

/**
 * Reads the objects of one file, JSON or YAML, each with file and line. Means what it means to kubectl (see scalars.ts); `List`s are
 * taken apart; empty documents are passed over. Never throws for what a file holds: everything wrong is among the problems.
 */
export function parseManifests(text: string, options: ParseOptions): ManifestSet {
  const reader = new FileReader(text, options);
  const character = forbiddenCharacter(text);
  if (character === undefined) reader.read();
  else reader.report(character);
  return { manifests: reader.manifests, problems: reader.problems.slice(0, maxProblems) };
}

/** Where an item stands: in the text, and in which document. */
interface Place {
  readonly offset: number;
  readonly index: number;
  readonly isWhole?: boolean;
}

class FileReader {
  readonly manifests: Manifest[] = [];
  readonly problems: Problem[] = [];
  readonly #text: string;
  readonly #file: string;
  readonly #given: Pick<ParseOptions, "variables">;
  readonly #lineOf: (offset: number) => number;
  readonly #locate: (index: number, path: FieldPath) => number;
  readonly #budget = newBudget();

  constructor(text: string, { file, ...given }: ParseOptions) {
    this.#text = text;
    this.#file = file;
    this.#given = given;
    this.#lineOf = linesOf(text);
    this.#locate = locateIn({ text, ...given });
  }

  read(): void {
    const simple = readSimpleYaml(this.#text, (scalar) => this.#substituted(scalar));
    if (simple === undefined) this.#readWhole();
    else for (const [index, { value, offset }] of simple.entries()) this.#take({ value, path: [] }, { offset, index });
  }

  /** Undefined where the other reader has to tell what is wrong. */
  #substituted(scalar: string): string | undefined {
    const { variables } = this.#given;
    if (variables === undefined) return scalar;
    const unknown: string[] = [];
    const text = substitute(scalar, variables, (message) => unknown.push(message));
    return unknown.length === 0 ? text : undefined;
  }

  #readWhole(): void {
    let [index, broken] = [-1, 0];
    for (const { document, base, faults } of readDocuments(this.#text)) {
      index += 1;
      for (const fault of faults) this.report(withHint(fault, this.#text));
      broken += faults.length > 0 ? 1 : 0;
      if (this.problems.length >= maxProblems || broken >= maxBrokenDocuments) return;
      if (document !== undefined && faults.length === 0) this.#document(document, base, index);
    }
  }

  report({ offset, ...problem }: Fault): void {
    this.problems.push({ ...problem, file: this.#file, line: this.#lineOf(offset) });
  }

  #document(document: Document, base: number, index: number): void {
    const before = this.problems.length;
    const onProblem = (problem: Fault): void => this.report({ ...problem, offset: base + problem.offset });
    const value = readValue(document, { ...this.#given, budget: this.#budget, onProblem });
    const isWhole = this.problems.length === before;
    for (const item of itemsOf(value, document.contents)) {
      this.#take(item, { offset: base + (item.node?.range?.[0] ?? 0), index, isWhole });
    }
  }

  /** What is missing may be missing for one of the problems that are told already, unless the document `isWhole`. */
  #take({ value, path }: Omit<Item, "node">, { offset, index, isWhole = true }: Place): void {
    const fault = faultOf(value);
    if (fault !== undefined) {
      if (isWhole) this.report({ ...fault, offset });
      return;
    }
    const locate = (field: FieldPath): number => this.#lineOf(this.#locate(index, [...path, ...field]));
    const shapes = isMapValue(value) ? shapeFaults(value) : [];
    for (const { path: field, message } of shapes)
      this.problems.push({ message, file: this.#file, line: locate(field) });
    if (shapes.length > 0) return;
    const source = { file: this.#file, line: this.#lineOf(offset), locate };
    this.manifests.push({ object: withoutServerFields(value as unknown as KubernetesObject), source });
  }
}

const forbiddenInJson = /[\0-\x08\x0b\x0c\x0e-\x1f]/;
const forbiddenInYaml = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/**
 * Characters that YAML does not allow, and line ends of YAML 1.1 that its later versions read as text. kubectl refuses them all; JSON may
 * hold the latter in strings.
 */
function forbiddenCharacter(text: string): Fault | undefined {
  const pattern = /^\s*\{/.test(text) ? forbiddenInJson : forbiddenInYaml;
  const offset = text.startsWith("\ufeff") ? text.slice(1).search(pattern) + 1 : text.search(pattern);
  const character = text.codePointAt(offset);
  if (offset < 0 || character === undefined || (offset === 0 && character === 0xfeff)) return undefined;
  const code = character.toString(16).toUpperCase().padStart(4, "0");
  const name = character === 0xfeff ? `a byte order mark (U+${code}) in the middle` : `the character U+${code}`;
  return { offset, message: `the file holds ${name}, which YAML does not allow`, hint: hintFor(character) };
}

function hintFor(character: number): string {
  if (character === 0xfeff) return "Files that were joined have it where the next one begins: take it out.";
  return `In double quotes it can be written as "\\u${character.toString(16).padStart(4, "0")}".`;
}

/** A chart's templates are no YAML before they are rendered. */
function withHint(fault: Fault, text: string): Fault {
  const isTemplate =
    fault.hint === undefined && /\{\{-?\s*(?:[$.]|include|if|range|with|end|define|template)/.test(text);
  if (!isTemplate) return fault;
  return {
    ...fault,
    hint: 'This looks like a template of a Helm chart: name the chart\'s folder in the input "manifests".',
  };
}
