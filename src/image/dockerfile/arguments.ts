import type { KeyValue } from "./instruction.ts";
import { mistake, type Place } from "./mistake.ts";
import { blanks } from "./statements.ts";

/** The strings of a JSON array; undefined for the form without brackets. @throws SlipwayError for an array of anything but strings. */
export function jsonWords(text: string, place: Place): readonly string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const words = value.filter((item) => typeof item === "string");
  if (words.length === value.length) return words;
  throw mistake(
    place,
    "An array of an instruction holds something that is not text",
    "Put every item in double quotes.",
  );
}

export function blankSeparated(text: string): readonly string[] {
  return text === "" ? [] : text.split(blanks);
}

/** Words as white space separates them, except inside quotes; quotes and escapes stay, for variables are replaced later. */
export function quotedWords(text: string, escape: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  let isWord = false;
  let quote = "";
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (quote === "" && /\s/.test(character)) {
      if (isWord) words.push(word);
      [word, isWord] = ["", false];
      continue;
    }
    isWord = true;
    if (character === escape && quote !== "'") {
      const next = characters[++at];
      // An escape with nothing after it is left out.
      word += next === undefined ? "" : character + next;
      continue;
    }
    word += character;
    if (character === quote) quote = "";
    else if (quote === "" && /['"]/.test(character)) quote = character;
  }
  if (isWord && word !== "") words.push(word);
  return words;
}

/** `key=value …` of ENV and LABEL, or their old form `key value` whose value is the rest of the line. */
export function keyValues(o: {
  readonly keyword: string;
  readonly rest: string;
  readonly escape: string;
  readonly place: Place;
}): readonly KeyValue[] {
  const { keyword, rest, place } = o;
  const words = quotedWords(rest, o.escape);
  const example = `Write it like ${keyword} name=value.`;
  if (words.length === 0) throw mistake(place, `${keyword} has no arguments`, example);
  const pairs = words[0]?.includes("=") ? words.map(pairOf) : [oldPair(rest)];
  for (const [index, pair] of pairs.entries()) {
    const word = words[index] ?? rest;
    if (pair === undefined) throw mistake(place, `${keyword} has a word without "=": got ${word}`, example);
    if (pair.key === "") throw mistake(place, `${keyword} has a value without a name: got ${word}`, example);
  }
  return pairs.filter((pair) => pair !== undefined);
}

function pairOf(word: string): KeyValue | undefined {
  const equals = word.indexOf("=");
  return equals === -1 ? undefined : { key: word.slice(0, equals), value: word.slice(equals + 1) };
}

function oldPair(rest: string): KeyValue | undefined {
  const [, key, value] = /^(\S+?)[\t\v\f\r ]+(.*)$/s.exec(rest) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds of a duration as Go writes it, such as `1m30s` or `0.5s`. @throws SlipwayError where it is none. */
export function goDuration(text: string, place: Place): number {
  const parts = [...text.matchAll(/([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/g)];
  const isWhole = text !== "" && parts.map(([part]) => part).join("") === text;
  const nanoseconds = parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? NaN), 0);
  if (text === "0") return 0;
  if (!isWhole) throw mistake(place, `"${text}" is not a duration`, "Write it like 30s, 1m30s or 500ms.");
  if (nanoseconds !== 0 && nanoseconds < 1e6)
    throw mistake(place, `"${text}" is shorter than 1ms`, "That is the shortest duration.");
  return Math.round(nanoseconds);
}
