import type { GenericSchema, InferOutput } from "valibot";
import { SlipwayError, type Problem } from "../error.ts";
import { parseDuration } from "./duration.ts";
import { nearest } from "./nearest.ts";
import type { Runner } from "./runner.ts";

/** One thing that is wrong with an input's text. */
export interface Mistake {
  /** Reads on after the input's name ("is not a duration") or, with a line, after a colon ("name is missing"). */
  readonly is: string;
  /** What would be right. */
  readonly hint: string;
  /** What is at fault, as a person reads it; never shown for an input that holds secrets. */
  readonly got?: string;
  /** Where in the input, counted from 1. */
  readonly line?: number;
}

export type Parsed<T> = { readonly value: T } | { readonly mistakes: readonly Mistake[] };

/** Turns an input's text, which is never empty, into a value. */
export interface Parser<T> {
  parse(text: string): Parsed<T> | Promise<Parsed<T>>;
  /** The leaves of the value to mask. Nothing that a parser with this function got is ever shown. */
  secretsOf?(value: T): Iterable<string>;
}

/** An input of an action, made by `required` or `optional`. */
export interface Input<T> {
  readonly parser: Parser<T>;
  readonly isRequired: boolean;
}

/** An action's inputs by their names in action.yml. Each src/<action>/inputs.ts exports one, named `inputs`. */
export type InputSpec = Readonly<Record<string, Input<unknown>>>;
export type Inputs<S extends InputSpec> = { readonly [Name in keyof S]: S[Name] extends Input<infer T> ? T : never };

/** An input that has a value in every run: the workflow gives one, or action.yml has a default. */
export function required<T>(parser: Parser<T>): Input<T> {
  return { parser, isRequired: true };
}

/** An input that reads `undefined` where the workflow does not give it. */
export function optional<T>(parser: Parser<T>): Input<T | undefined> {
  return { parser, isRequired: false };
}

/**
 * Reads and checks all inputs, and masks those that are secrets.
 * Throws one `SlipwayError` (`configuration`) that holds every problem of every input.
 */
export async function readInputs<S extends InputSpec>(
  runner: Pick<Runner, "input" | "mask">,
  spec: S,
): Promise<Inputs<S>> {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, input] of Object.entries(spec)) {
    const parsed = await readInput(runner.input(name), input);
    if ("value" in parsed) {
      values[name] = parsed.value;
      for (const secret of secretsOf(parsed.value, input)) runner.mask(secret);
    } else {
      problems.push(...parsed.mistakes.map((mistake) => problem(name, mistake)));
    }
  }
  if (problems.length > 0) {
    const count = problems.length === 1 ? "a problem with its inputs" : `${problems.length} problems with its inputs`;
    throw new SlipwayError(`Cannot start the action because of ${count}`, { code: "configuration", problems });
  }
  return values as Inputs<S>;
}

async function readInput(text: string, { parser, isRequired }: Input<unknown>): Promise<Parsed<unknown>> {
  if (text !== "") {
    const parsed = await parser.parse(text);
    return "value" in parsed || !parser.secretsOf ? parsed : { mistakes: parsed.mistakes.map(withoutText) };
  }
  if (!isRequired) return { value: undefined };
  return { mistakes: [{ is: "is required and was not given", hint: 'Give it under "with:".' }] };
}

function secretsOf(value: unknown, { parser }: Input<unknown>): Iterable<string> {
  return value === undefined ? [] : (parser.secretsOf?.(value) ?? []);
}

function withoutText({ got: _, ...mistake }: Mistake): Mistake {
  return mistake;
}

function problem(name: string, { is, hint, got, line }: Mistake): Problem {
  const where = line === undefined ? `Input ${name}` : `Input ${name}, line ${line}:`;
  return { message: `${where} ${is}${got === undefined ? "" : `: got ${shorten(got)}`}`, hint };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Text as it was given, without white space around it. */
export function text(): Parser<string> {
  return { parse: (value) => ({ value }) };
}

/** A token or password: masked, and never shown. */
export function secret(): Parser<string> {
  return { parse: (value) => ({ value }), secretsOf: (value) => [value] };
}

/** A document with secrets inside, such as a kubeconfig: never shown. Whoever reads it masks the leaves; masking all of it hides every `{`. */
export function hidden(): Parser<string> {
  return { parse: (value) => ({ value }), secretsOf: () => [] };
}

/** One entry a line. White space around entries and empty lines do not count. */
export function lines(): Parser<readonly string[]> {
  return {
    parse: (value) => ({
      value: value
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== ""),
    }),
  };
}

/** A name that Kubernetes takes as a label, a namespace and part of an object's name (RFC 1123). */
export function dnsLabel(): Parser<string> {
  const hint = "Use at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.";
  return {
    parse: (value) =>
      /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(value)
        ? { value }
        : wrong("is not a name that Kubernetes takes", value, hint),
  };
}

/** `true` or `false` in the spellings of YAML's core schema, which is what GitHub itself reads. Nothing else means false by accident. */
export function boolean(): Parser<boolean> {
  return {
    parse(value) {
      if (/^(?:true|True|TRUE)$/.test(value)) return { value: true };
      if (/^(?:false|False|FALSE)$/.test(value)) return { value: false };
      return wrong("is neither true nor false", value, "Write true or false.");
    },
  };
}

/** A whole number in decimal digits, within bounds that are both allowed. */
export function integer({ min, max }: { readonly min: number; readonly max: number }): Parser<number> {
  return {
    parse(value) {
      const number = Number(value);
      const fits = /^-?\d+$/.test(value) && number >= min && number <= max;
      return fits
        ? { value: number }
        : wrong("is not a whole number in range", value, `Write a number from ${min} to ${max}.`);
    },
  };
}

/** Nothing in a job lasts longer. */
const longestMs = 5 * 24 * 60 * 60 * 1000;

/** A duration such as `90s`, `10m` or `1h30m`, in milliseconds: longer than nothing, at most the five days that a job can last. */
export function duration(): Parser<number> {
  return {
    parse(value) {
      const ms = parseDuration(value);
      if (ms === undefined) return wrong("is not a duration", value, "Write it like 90s, 10m, 1h30m or 500ms.");
      if (ms === 0 || ms > longestMs)
        return wrong("is not a duration that can be waited", value, "It is more than 0s and at most 120h.");
      return { value: ms };
    },
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Parser<Word> {
  return {
    parse(value) {
      const word = words.find((candidate) => candidate === value);
      if (word !== undefined) return { value: word };
      const meant = nearest(value, words);
      const list = `Write ${words.join(" or ")}.`;
      return wrong(
        "is not one of the known words",
        value,
        meant === undefined ? list : `Did you mean ${meant}? ${list}`,
      );
    },
  };
}

/** How YAML or JSON inside an input is read. */
export interface DocumentOptions<T> {
  /** `as-written`: every scalar is text as it stands there, so that 1.10 stays "1.10". Otherwise as YAML's core schema has it. */
  readonly scalars?: "as-written";
  /** The leaves to mask. Nothing of a document that has secrets is ever shown. */
  readonly secretsOf?: (value: T) => Iterable<string>;
}

/** A schema, imported when an input needs it: loading valibot costs a fifth of an action's start. */
type LazySchema<S extends GenericSchema> = () => S | Promise<S>;

/** YAML inside an input, checked against a schema whose objects are strict: an unknown key is a mistake at its line, and so is one given twice. */
export function yaml<S extends GenericSchema>(
  schema: LazySchema<S>,
  options: DocumentOptions<InferOutput<S>> = {},
): Parser<InferOutput<S>> {
  return documentParser("YAML", schema, options);
}

/** JSON inside an input, checked as `yaml` does. */
export function json<S extends GenericSchema>(
  schema: LazySchema<S>,
  options: Pick<DocumentOptions<InferOutput<S>>, "secretsOf"> = {},
): Parser<InferOutput<S>> {
  return documentParser("JSON", schema, options);
}

function documentParser<S extends GenericSchema>(
  format: "YAML" | "JSON",
  schema: LazySchema<S>,
  { scalars, secretsOf }: DocumentOptions<InferOutput<S>>,
): Parser<InferOutput<S>> {
  return {
    async parse(text) {
      const { parseDocumentInput } = await import("./document-input.ts");
      return parseDocumentInput({
        text,
        format,
        schema: await schema(),
        asWritten: scalars === "as-written",
        mayShow: !secretsOf,
      });
    },
    ...(secretsOf && { secretsOf }),
  };
}

function wrong(is: string, got: string, hint: string): { readonly mistakes: readonly Mistake[] } {
  return { mistakes: [{ is, got: JSON.stringify(got), hint }] };
}
