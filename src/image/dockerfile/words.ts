/**
 * Quotes, escapes and variables as a Dockerfile has them: close to a POSIX shell, and exactly as BuildKit reads them
 * (frontend/dockerfile/shell), since what a word means must not depend on who builds.
 */
export interface WordOptions {
  /** The character that takes the meaning from the next one. */
  readonly escape: string;
  readonly variable: (name: string) => string | undefined;
  /** `keep`: quotes stay in the result. `plain`: a quote is a character like any other. */
  readonly quotes?: "keep" | "plain";
  readonly keepEscapes?: boolean;
  /** A variable without a value stays as it is written, instead of becoming nothing. */
  readonly keepUnset?: boolean;
}

/** One word, or a whole line taken as one: variables replaced, quotes and escapes resolved. @throws Error saying what is malformed. */
export function expandWord(text: string, options: WordOptions): string {
  return new Lexer(text, options).read(undefined, options.keepEscapes ?? false).text;
}

/** The words of a line. Splitting comes after the replacement of variables, except inside quotes. @throws Error saying what is malformed. */
export function expandWords(text: string, options: WordOptions): string[] {
  return new Lexer(text, options).read(undefined, options.keepEscapes ?? false).words;
}

const space = /[\s\u0085]/u;

/** Gathers characters into words. */
class Words {
  readonly done: string[] = [];
  #word = "";

  /** Part of a word, whatever it is. */
  add(text: string): void {
    this.#word += text;
  }

  /** Text in which white space separates words. */
  split(text: string): void {
    for (const character of text) {
      if (space.test(character)) this.end();
      else this.#word += character;
    }
  }

  end(): void {
    if (this.#word !== "") this.done.push(this.#word);
    this.#word = "";
  }
}

class Lexer {
  readonly #characters: readonly string[];
  readonly #options: WordOptions;
  #at = 0;
  #keepEscapes = false;

  constructor(text: string, options: WordOptions) {
    this.#characters = Array.from(text);
    this.#options = options;
  }

  /** Reads up to the character `stop`, which is consumed, or to the end. */
  read(stop: string | undefined, keepEscapes: boolean): { readonly text: string; readonly words: string[] } {
    const outer = this.#keepEscapes;
    this.#keepEscapes = keepEscapes;
    const words = new Words();
    let text = "";
    for (;;) {
      const next = this.#peek();
      if (next === undefined && stop !== undefined) throw new Error(`there is no closing ${stop}`);
      if (next === undefined || next === stop) break;
      text += this.#part(next, words);
    }
    this.#at++;
    words.end();
    this.#keepEscapes = outer;
    return { text, words: words.done };
  }

  #part(next: string, words: Words): string {
    const { quotes, escape } = this.#options;
    let part: string;
    if ((next === "'" || next === '"') && quotes !== "plain") words.add((part = this.#quoted(next)));
    else if (next === "$") words.split((part = this.#variable()));
    else if (next === "<") words.add((part = this.#lessThan()));
    else if (next === escape) words.add((part = this.#escaped()));
    else words.split((part = this.#next() ?? ""));
    return part;
  }

  #escaped(): string {
    const kept = this.#keepEscapes ? (this.#peek() ?? "") : "";
    this.#at++;
    return kept + (this.#next() ?? "");
  }

  /** `<<` swallows the white space after it: it may open a here-document. */
  #lessThan(): string {
    this.#at++;
    if (this.#peek() !== "<") return "<";
    this.#at++;
    let text = "<<";
    while (/^[ \t\r]$/.test(this.#peek() ?? "")) text += this.#next() ?? "";
    return text;
  }

  #quoted(quote: string): string {
    this.#at++;
    let text = "";
    for (let next = this.#peek(); next !== quote; next = this.#peek()) {
      if (next === undefined) throw new Error(`there is no closing ${quote}`);
      if (quote === '"' && next === "$") text += this.#variable();
      else if (quote === '"' && next === this.#options.escape) text += this.#escapedInQuotes();
      else text += this.#next() ?? "";
    }
    this.#at++;
    return this.#options.quotes === "keep" ? quote + text + quote : text;
  }

  /** Between double quotes only a quote, a dollar and the escape itself can be escaped. */
  #escapedInQuotes(): string {
    const escape = this.#next() ?? "";
    const next = this.#peek();
    if (next === undefined) return "";
    const isEscapable = next === '"' || next === "$" || next === escape;
    if (!isEscapable) return this.#keepEscapes ? escape + escape : escape;
    return (this.#keepEscapes ? escape : "") + (this.#next() ?? "");
  }

  #variable(): string {
    this.#at++;
    if (this.#peek() === "{") {
      this.#at++;
      return this.#braced();
    }
    const name = this.#name();
    if (name === "") return "$";
    return this.#options.variable(name) ?? (this.#options.keepUnset ? `$${name}` : "");
  }

  #braced(): string {
    const first = this.#peek();
    if (first === undefined) throw new Error("there is no closing }");
    if ("{}:".includes(first)) throw new Error(`\${${first} is no variable`);
    const name = this.#name();
    const value = this.#options.variable(name);
    const operator = this.#next();
    if (operator === "}") return value ?? (this.#options.keepUnset ? `\${${name}}` : "");
    if (operator === "/") return this.#replaced(name, value);
    const emptyIsUnset = operator === ":";
    const verb = emptyIsUnset ? this.#next() : operator;
    if (verb === undefined) throw new Error("there is no closing }");
    const modifier = (emptyIsUnset ? ":" : "") + verb;
    const isTrim = verb === "#" || verb === "%";
    if (!"+-?#%".includes(verb) || (isTrim && emptyIsUnset)) throw new Error(`\${${name}${modifier}} is not supported`);
    const word = this.read("}", isTrim).text;
    if (value === undefined && this.#options.keepUnset) return `\${${name}${modifier}${word}}`;
    return modified({ name, value, verb, word, emptyIsUnset });
  }

  /** `${name/pattern/text}`, and with two slashes in front for every match. */
  #replaced(name: string, value: string | undefined): string {
    const all = this.#peek() === "/";
    if (all) this.#at++;
    const pattern = this.read("/", true).text;
    const replacement = this.read("}", true).text;
    if (value === undefined && this.#options.keepUnset) return `\${${name}/${all ? "/" : ""}${pattern}/${replacement}}`;
    return (value ?? "").replace(new RegExp(shellPattern(pattern, true), all ? "gu" : "u"), () => replacement);
  }

  /** Digits, one special parameter, or letters, digits and underscores. */
  #name(): string {
    const rest = this.#characters.slice(this.#at, this.#at + 256).join("");
    const name = /^(?:\p{Nd}+|[@*#?\-$!]|[\p{L}\p{Nd}_]*)/u.exec(rest)?.[0] ?? "";
    this.#at += Array.from(name).length;
    return name;
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string | undefined {
    return this.#characters[this.#at++];
  }
}

function modified(o: {
  readonly name: string;
  readonly value: string | undefined;
  readonly verb: string;
  readonly word: string;
  readonly emptyIsUnset: boolean;
}): string {
  const { name, value, verb, word } = o;
  const isUnset = value === undefined || (o.emptyIsUnset && value === "");
  switch (verb) {
    case "-":
      return isUnset ? word : value;
    case "+":
      return isUnset ? "" : word;
    case "?":
      if (!isUnset) return value;
      throw new Error(`${name}: ${word || `is not allowed to be ${value === undefined ? "unset" : "empty"}`}`);
    default:
      return trimmed({ value: value ?? "", end: verb === "#" ? "start" : "end", word });
  }
}

/** `${x#pattern}` and `${x%pattern}` cut the shortest match off one end; a doubled sign cuts the longest. */
function trimmed(o: { readonly value: string; readonly end: "start" | "end"; readonly word: string }): string {
  const sign = o.end === "start" ? "#" : "%";
  const isLongest = o.word.startsWith(sign);
  const source = shellPattern(isLongest ? o.word.slice(1) : o.word, true);
  const whole = new RegExp(`^(?:${source})$`, "u");
  const characters = Array.from(o.value);
  // Both ends alike: try every length, from the shortest or the longest on.
  const lengths = Array.from({ length: characters.length + 1 }, (_, length) => length);
  for (const length of isLongest ? lengths.reverse() : lengths) {
    const cut = o.end === "start" ? length : characters.length - length;
    const [head, tail] = [characters.slice(0, cut).join(""), characters.slice(cut).join("")];
    if (whole.test(o.end === "start" ? head : tail)) return o.end === "start" ? tail : head;
  }
  return o.value;
}

/** A regular expression for a pattern of `*`, `?` and escapes. */
function shellPattern(pattern: string, greedy: boolean): string {
  return pattern.replace(/\\(.?)|\*|\?|[[\]{}.+()|^$/]/gsu, (match, escaped: string | undefined) => {
    if (match === "*") return greedy ? ".*" : ".*?";
    if (match === "?") return ".";
    if (escaped === undefined) return `\\${match}`;
    if (escaped === "}" || escaped === "/") return escaped === "}" ? "\\}" : "\\/";
    if (["*", "?", "\\"].includes(escaped)) return `\\${escaped}`;
    throw new Error(`\\${escaped} is no escape in a pattern`);
  });
}
