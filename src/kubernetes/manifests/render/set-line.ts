import { exactInteger } from "../../exact-json.ts";
import type { Json } from "../../object.ts";

type Values = Record<string, Json>;

/** What is wrong with a line, without the values of it: they may be secrets. */
export class SetLineError extends Error {}

/** Helm's own bounds (pkg/strvals). */
const maxIndex = 65_536;
const maxDepth = 30;

/**
 * Puts what a line in the grammar of `helm --set` says into `values`: `a.b=1,c[0].d=x,e={p,q}`; a backslash takes a character for
 * itself. `true`, `false`, `null` and whole numbers without leading zeros are what they look like, anything else is text.
 * @throws SetLineError
 */
export function applySetLine(line: string, values: Values): void {
  const reader = new SetLine(line);
  while (!reader.isAtEnd) reader.assignment(values);
}

class SetLine {
  readonly #text: readonly string[];
  #at = 0;

  constructor(line: string) {
    this.#text = Array.from(line);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  assignment(values: Values): void {
    this.#key(values, 0);
  }

  #key(values: Values, depth: number): void {
    if (depth > maxDepth) throw new SetLineError(`a path has more than ${maxDepth} parts`);
    const [name, stop] = this.#until("=[,.");
    if (name === "") throw new SetLineError("a name is missing: write NAME=VALUE");
    if (name === "__proto__") throw new SetLineError("__proto__ is no name");
    if (stop === "=") values[name] = this.#value();
    else if (stop === "[") values[name] = this.#item(asList(own(values, name), name), depth);
    else if (stop === ".") this.#inside(values, name, depth);
    else throw new SetLineError(`${name} has no value: write NAME=VALUE`);
  }

  #inside(values: Values, name: string, depth: number): void {
    const inner = own(values, name);
    if (inner !== undefined && inner !== null && !isMap(inner)) throw new SetLineError(`${name} is no map here`);
    const map = isMap(inner) ? inner : {};
    this.#key(map, depth + 1);
    values[name] = map;
  }

  /** After the opening bracket of an index. */
  #item(list: readonly Json[], depth: number): Json[] {
    const [digits, close] = this.#until("]");
    const index = Number(digits);
    if (close === "" || !/^\d+$/.test(digits) || index > maxIndex) {
      throw new SetLineError(`an index is not a number from 0 to ${maxIndex} in brackets`);
    }
    const [extra, stop] = this.#until("[.=");
    if (extra !== "" || stop === "") throw new SetLineError("after an index comes =, . or another index");
    const items: Json[] = Array.from({ length: Math.max(list.length, index + 1) }, (_, at) => list[at] ?? null);
    items[index] = this.#itemValue(items[index] ?? null, { stop, depth });
    return items;
  }

  #itemValue(before: Json, { stop, depth }: { readonly stop: string; readonly depth: number }): Json {
    if (stop === "=") return this.#value();
    if (stop === "[") return this.#item(asList(before, "an item"), depth + 1);
    const map = isMap(before) ? before : {};
    this.#key(map, depth + 1);
    return map;
  }

  #value(): Json {
    if (this.#text[this.#at] !== "{") return typed(this.#until(",")[0]);
    this.#at += 1;
    const list: Json[] = [];
    for (;;) {
      const [item, stop] = this.#until(",}");
      if (stop === "") throw new SetLineError("a list has no closing brace");
      list.push(typed(item));
      if (stop === ",") continue;
      if (this.#text[this.#at] === ",") this.#at += 1;
      return list;
    }
  }

  /** The text up to one of these characters, which is passed over, and that character; "" at the end. */
  #until(stops: string): [text: string, stop: string] {
    let text = "";
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] ?? "";
      if (stops.includes(character)) {
        this.#at += 1;
        return [text, character];
      }
      if (character === "\\") this.#at += 1;
      text += character === "\\" ? (this.#text[this.#at] ?? "") : character;
    }
    return [text, ""];
  }
}

function typed(text: string): Json {
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  if (word === "null") return null;
  if (!/^(?:0|[1-9]\d*|[-+]\d+)$/.test(text)) return text;
  const value = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? exactInteger(value) : text;
}

function own(values: Values, name: string): Json | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function asList(value: Json | undefined, name: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new SetLineError(`${name} is no list here`);
}

function isMap(value: Json | undefined): value is Values {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
