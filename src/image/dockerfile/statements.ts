import { mistake, type Place } from "./mistake.ts";
import { expandWord, expandWords } from "./words.ts";

/** A file that an instruction brings along in the Dockerfile itself. */
export interface Heredoc {
  readonly name: string;
  /** False where the name is quoted: then variables in the content stay as they are. */
  readonly expand: boolean;
  /** `<<-`: tabs at the start of lines do not count. */
  readonly chomp: boolean;
  readonly content: string;
}

/** One instruction as text: continuation lines joined, comments taken out. */
export interface Statement {
  readonly keyword: string;
  /** The `--name=value` words between keyword and arguments. */
  readonly flags: readonly string[];
  /** The arguments, without white space around them. */
  readonly rest: string;
  readonly heredocs: readonly Heredoc[];
  readonly place: Place;
}

export interface Statements {
  readonly statements: readonly Statement[];
  /** What takes the meaning from the next character: a backslash, or a back-tick by `# escape=`. */
  readonly escape: string;
  /** The frontend that `# syntax=` asks for. */
  readonly syntax?: { readonly name: string; readonly place: Place };
}

/**
 * Cuts a Dockerfile into its instructions, as BuildKit does (frontend/dockerfile/parser): parser directives, line continuation, comments
 * in between, here-documents.
 * @throws SlipwayError at the line that cannot be read.
 */
export function splitStatements(text: string, file: string): Statements {
  const lines = text.replace(/^\ufeff/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const directives = readDirectives(lines, file);
  const escape = directives.get("escape")?.value ?? "\\";
  const reader = { lines, file, escape };
  const statements: Statement[] = [];
  for (let index = 0; index < lines.length;) {
    const logical = readLogicalLine(reader, index);
    index = logical.next;
    if (logical.text === "") continue;
    const { heredocs, next } = readHeredocs(reader, logical);
    index = next;
    statements.push({ ...splitStatement(logical.text, escape), heredocs, place: logical.place });
  }
  const syntax = directives.get("syntax");
  return { statements, escape, ...(syntax && { syntax: { name: syntax.value, place: syntax.place } }) };
}

interface Directive {
  readonly value: string;
  readonly place: Place;
}

/** `# name=value` comments at the very top. The first line that is anything else ends them. */
function readDirectives(lines: readonly string[], file: string): Map<string, Directive> {
  const directives = new Map<string, Directive>();
  for (const [index, line] of lines.entries()) {
    const [, name = "", value = ""] = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (!["syntax", "escape", "check"].includes(key)) break;
    const place = { file, line: index + 1 };
    if (directives.has(key)) throw mistake(place, `# ${key}= is there twice`, "Remove one of the two.");
    if (key === "escape" && value !== "\\" && value !== "`")
      throw mistake(place, `# escape= is neither \\ nor \`: got ${value}`, "These are the only two escape characters.");
    directives.set(key, { value, place });
  }
  return directives;
}

interface Reader {
  readonly lines: readonly string[];
  readonly file: string;
  readonly escape: string;
}

interface LogicalLine {
  readonly text: string;
  readonly place: Place;
  /** Index of the line after it. */
  readonly next: number;
}

/** One line and the lines that continue it. Comments and empty lines in between do not count. */
function readLogicalLine({ lines, file, escape }: Reader, start: number): LogicalLine {
  const place = { file, line: start + 1 };
  let index = start;
  const first = withoutEnd(lines[index++] ?? "").trimStart();
  let { text, continues } = first.startsWith("#") ? { text: "", continues: false } : cutContinuation(first, escape);
  while (continues && index < lines.length) {
    const line = withoutEnd(lines[index++] ?? "");
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const part = cutContinuation(line, escape);
    text += part.text;
    continues = part.continues;
  }
  return { text, place, next: index };
}

/** An escape at a line's end, with nothing but blanks after it and no escape before it, joins the next line. */
function cutContinuation(line: string, escape: string): { readonly text: string; readonly continues: boolean } {
  const trimmed = line.replace(/[ \t]+$/, "");
  const continues = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
  return { text: continues ? trimmed.slice(0, -1) : line, continues };
}

function withoutEnd(line: string): string {
  return line.replace(/[\r\n]+$/, "");
}

/** White space as it separates a keyword from its arguments, and arguments from each other. */
export const blanks = /[\t\v\f\r ]+/;

function splitStatement(line: string, escape: string): Pick<Statement, "keyword" | "flags" | "rest"> {
  const [, keyword = "", rest = ""] = /^(\S+)[\t\v\f\r ]*(.*)$/s.exec(line.trim()) ?? [];
  return { keyword, ...splitFlags(rest, escape) };
}

/** Takes the flags off the front of the arguments. Quotes and escapes in them are resolved; `--` alone ends them. */
function splitFlags(text: string, escape: string): Pick<Statement, "flags" | "rest"> {
  const flags: string[] = [];
  let rest = text.trimStart();
  while (rest.startsWith("--")) {
    const { word, length } = readFlag(rest, escape);
    rest = rest.slice(length).trimStart();
    if (word === "--") break;
    flags.push(word);
  }
  return { flags, rest: rest.trim() };
}

function readFlag(text: string, escape: string): { readonly word: string; readonly length: number } {
  let word = "";
  let quote = "";
  let at = 0;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === escape) word += text.charAt(++at);
    else if (quote === "" && /\s/.test(character)) break;
    else if (character === quote) quote = "";
    else if (quote === "" && /['"]/.test(character)) quote = character;
    else word += character;
  }
  return { word, length: at };
}

/** The documents that follow an instruction whose line announces them. */
function readHeredocs(
  reader: Reader,
  logical: LogicalLine,
): { readonly heredocs: readonly Heredoc[]; readonly next: number } {
  let next = logical.next;
  if (!/^(?:onbuild\s+)?(?:add|copy|run)\s/i.test(logical.text) || !logical.text.includes("<<"))
    return { heredocs: [], next };
  const { rest } = splitStatement(logical.text, reader.escape);
  if (isJsonArray(rest)) return { heredocs: [], next };
  const heredocs = heredocsOf(logical.text).map((heredoc) => {
    const { content, after } = readDocument(reader, { ...heredoc, start: next, place: logical.place });
    next = after;
    return { ...heredoc, content };
  });
  return { heredocs, next };
}

function readDocument(
  { lines }: Reader,
  document: Pick<Heredoc, "name" | "chomp"> & { readonly start: number; readonly place: Place },
): { readonly content: string; readonly after: number } {
  for (let index = document.start; index < lines.length; index++) {
    const line = withoutEnd(lines[index] ?? "");
    if ((document.chomp ? line.replace(/^\t+/, "") : line) !== document.name) continue;
    return { content: lines.slice(document.start, index).join(""), after: index + 1 };
  }
  const hint = `Close it by a line that holds ${document.name} and nothing else.`;
  throw mistake(document.place, `The document <<${document.name} has no end`, hint);
}

function heredocsOf(line: string): Omit<Heredoc, "content">[] {
  const kept = { escape: "\\", variable: () => undefined, keepUnset: true, quotes: "keep", keepEscapes: true } as const;
  let words: readonly string[] = [];
  try {
    words = expandWords(line, kept);
  } catch {
    // A quote that never closes is a matter of the shell that reads the line; then it announces no document either.
  }
  return words.map(parseHeredoc).filter((heredoc) => heredoc !== undefined);
}

/** Reads `<<NAME`, `<<-NAME` and `<<"NAME"`; undefined for any other word. */
export function parseHeredoc(word: string): Omit<Heredoc, "content"> | undefined {
  const [, dash, quoted = ""] = /^\d*<<(-?)\s*([^<]*)$/.exec(word) ?? [];
  if (quoted === "") return undefined;
  const plain = { escape: "\\", variable: () => undefined, keepUnset: true } as const;
  const names = expandWords(quoted, plain);
  const name = names[0];
  if (names.length !== 1 || name === undefined) return undefined;
  const isQuoted = countQuotes(expandWord(quoted, { ...plain, quotes: "keep" })) !== countQuotes(name);
  return { name, expand: !isQuoted, chomp: dash === "-" };
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, "").length;
}

/** Whether arguments are in the JSON form; what only looks like it is in the other form, which is the user's right. */
export function isJsonArray(text: string): boolean {
  if (!text.startsWith("[")) return false;
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
