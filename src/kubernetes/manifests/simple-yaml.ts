import type { Json } from "../object.ts";
import { resolvePlain } from "./scalars.ts";

/** One document of a text, and where it begins there. */
export interface SimpleDocument {
  readonly value: Readonly<Record<string, Json>>;
  readonly offset: number;
}

/** A scalar with the values of its variables; undefined where something is wrong with them. */
export type Substitution = (scalar: string) => string | undefined;

/** A text of this length exceeds none of the bounds that `readDocuments` has; a larger one may. */
const maxLength = 128 * 1024;
const maxDepth = 50;

const keyed = /^([A-Za-z_][\w./-]{0,300}):(?: +(.*))?$/;
const item = /^- ([^ ].*)$/;
const plain = /^(?:[$A-Za-z0-9_./]|-[A-Za-z0-9.-])/;
const quoted = /^"(?:[^"\\]|\\["\\/nrt])*"$/;
const inApostrophes = /^'(?:[^']|'')*'$/;
const quotedItems = /^\["(?:[^"\\]|\\["\\/nrt])*"(?:, ?"(?:[^"\\]|\\["\\/nrt])*")*\]$/;

/**
 * Reads the YAML that most manifests are written in, in a fifth of the time that a whole reader of YAML takes: maps and lists as blocks,
 * scalars in one line or as a literal block. Undefined for every text that holds anything else, be it wrong or not: whatever this gives
 * is what `readDocuments` and `readValue` would give.
 */
export function readSimpleYaml(text: string, substitution: Substitution): SimpleDocument[] | undefined {
  if (text.length > maxLength || /[\t\r]/.test(text)) return undefined;
  try {
    return new SimpleReader(text, substitution).documents();
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

class NotSimple extends Error {}

interface Line {
  readonly indent: number;
  readonly content: string;
}

class SimpleReader {
  readonly #lines: readonly string[];
  readonly #substitution: Substitution;
  /** The next line, and where it begins in the text. */
  #next = 0;
  #offset = 0;
  /** The last line that was taken, undefined after the last of all. Empty ones and comments are passed over. */
  #line: Line | undefined;
  #lineOffset = 0;

  constructor(text: string, substitution: Substitution) {
    this.#lines = text.split("\n");
    this.#substitution = substitution;
  }

  documents(): SimpleDocument[] {
    const documents: SimpleDocument[] = [];
    this.#advance();
    if (isMarker(this.#line)) this.#advance();
    while (this.#line !== undefined) {
      if (isMarker(this.#line)) throw new NotSimple();
      const offset = this.#lineOffset;
      const value = this.#map(0, 0);
      // The places of a list's items are the other reader's.
      if (typeof value.kind === "string" && value.kind.endsWith("List")) throw new NotSimple();
      documents.push({ value, offset });
      if (isMarker(this.#line)) this.#advance();
    }
    return documents;
  }

  #advance(): void {
    for (let raw = this.#lines[this.#next]; raw !== undefined; raw = this.#lines[this.#next]) {
      this.#lineOffset = this.#offset;
      this.#skip(raw);
      const indent = indentOf(raw);
      const content = withoutSpacesAtEnd(raw.slice(indent));
      if (content === "" || content.startsWith("#")) continue;
      this.#line = { indent, content };
      return;
    }
    this.#line = undefined;
  }

  #skip(raw: string): void {
    this.#next += 1;
    this.#offset += raw.length + 1;
  }

  #map(indent: number, depth: number): Record<string, Json> {
    const result: Record<string, Json> = {};
    if (depth > maxDepth) throw new NotSimple();
    while (this.#line?.indent === indent && !isMarker(this.#line)) {
      const [, key, rest = ""] = keyed.exec(this.#line.content) ?? [];
      if (key === undefined || key === "__proto__" || Object.hasOwn(result, key) || this.#plain(key) !== key)
        throw new NotSimple();
      result[key] = this.#value(rest, indent, depth);
    }
    this.#refuseDeeperThan(indent);
    return result;
  }

  #list(indent: number, depth: number): Json[] {
    const result: Json[] = [];
    while (this.#line?.indent === indent) {
      const [, content] = item.exec(this.#line.content) ?? [];
      if (content === undefined) break;
      if (keyed.test(content)) {
        this.#line = { indent: indent + 2, content };
        result.push(this.#map(indent + 2, depth + 1));
      } else {
        result.push(this.#scalar(content));
        this.#advance();
      }
    }
    this.#refuseDeeperThan(indent);
    return result;
  }

  /** A line that goes on with what stands above it, or belongs to nothing. */
  #refuseDeeperThan(indent: number): void {
    if (this.#line !== undefined && this.#line.indent > indent) throw new NotSimple();
  }

  /** What a key has: `rest` of its line, or what comes below it. */
  #value(rest: string, indent: number, depth: number): Json {
    if (rest === "|" || rest === "|-") return this.#literal(indent, rest === "|");
    const value = rest === "" ? null : this.#scalar(rest);
    this.#advance();
    const line = this.#line;
    if (rest !== "" || line === undefined || line.indent < indent || isMarker(line)) return value;
    if (line.content.startsWith("- ")) return this.#list(line.indent, depth + 1);
    return line.indent > indent ? this.#map(line.indent, depth + 1) : null;
  }

  #literal(indent: number, endsLine: boolean): string {
    const lines: string[] = [];
    const size = indentOf(this.#lines[this.#next] ?? "");
    for (let raw = this.#lines[this.#next]; raw !== undefined; raw = this.#lines[this.#next]) {
      if (raw !== "" && indentOf(raw) < size) break;
      lines.push(raw.slice(size));
      this.#skip(raw);
    }
    // Begun by an empty line, or not ended by one: there are rules for that.
    if (size <= indent || lines[0] === "" || (this.#next === this.#lines.length && lines.at(-1) !== ""))
      throw new NotSimple();
    this.#advance();
    return this.#substituted(`${withoutEmptyAtEnd(lines).join("\n")}${endsLine ? "\n" : ""}`);
  }

  #scalar(text: string): Json {
    if (quoted.test(text)) return this.#substituted(JSON.parse(text) as string);
    if (inApostrophes.test(text)) return this.#substituted(text.slice(1, -1).replaceAll("''", "'"));
    if (text === "{}") return {};
    if (text === "[]") return [];
    if (quotedItems.test(text)) return (JSON.parse(text) as string[]).map((each) => this.#substituted(each));
    const comment = text.indexOf(" #");
    const word = comment === -1 ? text : withoutSpacesAtEnd(text.slice(0, comment));
    if (!plain.test(word) || /:(?: |$)/.test(word)) throw new NotSimple();
    return this.#plain(this.#substituted(word));
  }

  #plain(text: string): Json {
    const resolved = resolvePlain(text);
    if ("fault" in resolved) throw new NotSimple();
    return resolved.value;
  }

  #substituted(text: string): string {
    const substituted = this.#substitution(text);
    if (substituted === undefined) throw new NotSimple();
    return substituted;
  }
}

/** Between two documents. */
function isMarker(line: Line | undefined): boolean {
  return line?.indent === 0 && line.content === "---";
}

function withoutEmptyAtEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

/** By hand: a pattern would look at a long run of spaces as often as it has spaces. */
function withoutSpacesAtEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end -= 1;
  return text.slice(0, end);
}

function indentOf(raw: string): number {
  let indent = 0;
  while (raw.charCodeAt(indent) === 0x20) indent += 1;
  return indent;
}
