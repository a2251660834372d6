import { Composer, Lexer, Parser } from "yaml";
import type { Document, DocumentOptions, ParseOptions, SchemaOptions, YAMLError } from "yaml";
import { jsonStream } from "./json-stream.ts";

/** The largest bundles of manifests have some hundreds; and an empty document costs time as well. */
const maxDocuments = 20_000;
/** Pieces of syntax: a key, a colon, an indentation. Each takes some 600 bytes of memory; this many are about 40,000 lines. */
const maxPieces = 240_000;
const maxDocumentLength = 4 * 1024 * 1024;
/** The `yaml` package composes by recursion, and no manifest has a hundred. */
const maxOpenBrackets = 500;
/** A document has two at most, and the package passes all of them on to each document. */
const maxDirectives = 100;
/** `- - -`: lists in lists, which cost more than other pieces. */
const maxDashesInLine = 100;

export interface Fault {
  /** In the whole text. */
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

/** One YAML document of a text. */
export interface TextDocument {
  /** Offsets of its nodes count from `base`. Absent where the text ends in a fault. */
  readonly document?: Document;
  readonly base: number;
  readonly faults: readonly Fault[];
}

/** Scalars are text here: what they mean to kubectl, and what tags and merge keys do, is decided by whoever reads the nodes. */
const options: ParseOptions & DocumentOptions & SchemaOptions = {
  schema: "failsafe",
  resolveKnownTags: false,
  merge: false,
  // The package's own check of unique keys takes quadratic time.
  uniqueKeys: false,
  logLevel: "silent",
};

/**
 * The documents of a text, one after the other, so that only one at a time is in memory. JSON objects may follow each other with nothing
 * between them, as kubectl allows. Ends with a fault where a text would take more time or memory than manifests do.
 */
export function* readDocuments(text: string): Generator<TextDocument> {
  let count = 0;
  for (const [from, to] of jsonStream(text) ?? [[0, text.length] as const]) {
    for (const each of readPart(text.slice(from, to), from)) {
      yield each;
      count += 1;
      if (each.document === undefined) return;
      if (count < maxDocuments) continue;
      yield end(from + (each.document.range?.[0] ?? 0), `the file holds more than ${maxDocuments} documents`);
      return;
    }
  }
}

function end(offset: number, message: string, hint?: string): TextDocument {
  return { base: 0, faults: [{ offset, message, ...(hint === undefined ? {} : { hint }) }] };
}

function* readPart(text: string, base: number): Generator<TextDocument> {
  const parser = new Parser();
  const composer = new Composer(options);
  const guard = new Guard();
  let directives = 0;
  const found = (document: Document): TextDocument => ({ document, base, faults: faultsOf(document, base) });
  for (const piece of new Lexer().lex(text)) {
    const excess = guard.take(piece);
    if (excess !== undefined) {
      for (const document of composer.end()) yield found(document);
      yield end(base + guard.start, excess, "Split it into several documents or files.");
      return;
    }
    for (const token of parser.next(piece)) {
      if (token.type === "document") guard.reset();
      for (const document of composer.next(token)) yield found(document);
      if (token.type === "directive") directives += 1;
      if (token.type !== "error" && directives <= maxDirectives) continue;
      for (const document of composer.end()) yield found(document);
      yield end(
        base + token.offset,
        `not valid YAML: ${token.type === "error" ? token.message : "too many directives"}`,
      );
      return;
    }
  }
  for (const token of parser.end()) for (const document of composer.next(token)) yield found(document);
  for (const document of composer.end()) yield found(document);
}

/** Counts what a document is made of, before anything is made of it. */
class Guard {
  /** Where the document starts. */
  start = 0;
  #offset = 0;
  #pieces = 0;
  #open = 0;
  #dashes = 0;
  #isScalar = false;

  /** What there is too much of, if there is. */
  take(piece: string): string | undefined {
    const isScalar = this.#isScalar;
    this.#isScalar = piece === "\x1f";
    // The lexer's marks stand for no text: a document, the end of a flow that went wrong, a scalar.
    if (piece !== "\x02" && piece !== "\x18" && piece !== "\x1f") this.#offset += piece.length;
    this.#pieces += 1;
    if (!isScalar && (piece === "[" || piece === "{")) this.#open += 1;
    if (!isScalar && (piece === "]" || piece === "}")) this.#open = Math.max(0, this.#open - 1);
    if (piece.endsWith("\n")) this.#dashes = 0;
    else if (!isScalar && (piece === "-" || piece === "?")) this.#dashes += 1;
    if (this.#dashes > maxDashesInLine) return `more than ${maxDashesInLine} lists begin in one line`;
    if (this.#open > maxOpenBrackets) return `more than ${maxOpenBrackets} brackets are open at once`;
    if (this.#pieces > maxPieces) return `the document is too large: it has more than ${maxPieces} pieces`;
    if (this.#offset - this.start <= maxDocumentLength) return undefined;
    return `the document is too large: it has more than ${maxDocumentLength >> 20} MiB`;
  }

  /** The next document begins. */
  reset(): void {
    this.start = this.#offset;
    this.#pieces = 0;
    this.#open = 0;
  }
}

function faultsOf({ errors, warnings }: Document, base: number): Fault[] {
  // Tags are the reader's. kubectl does not mind how far a closing bracket is indented.
  const ignored: readonly string[] = ["TAG_RESOLVE_FAILED", "BAD_COLLECTION_TYPE", "BAD_INDENT"];
  // Whatever comes after the first follows from it.
  const [first] = [...errors, ...warnings.filter(({ code }) => !ignored.includes(code))];
  return first === undefined ? [] : [{ offset: base + first.pos[0], message: wordsOf(first) }];
}

function wordsOf({ code, message }: YAMLError): string {
  return code === "RESOURCE_EXHAUSTION" ? "the document is nested too deeply" : `not valid YAML: ${message}`;
}
