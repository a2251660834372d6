import { nearest } from "../../runner/nearest.ts";
import { mistake, type Place } from "./mistake.ts";

export type FlagKind = "text" | "yes-or-no";

/** Flags by name; a yes-or-no flag is "true" or "false". */
export type Flags = Readonly<Record<string, string>>;

/** Reads the `--name=value` words of one instruction. @throws SlipwayError for one that is unknown, twice there, or wrong. */
export function readFlags(o: {
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly known: Readonly<Record<string, FlagKind>>;
  readonly place: Place;
}): Flags {
  const { keyword, known, place } = o;
  const values: Record<string, string> = {};
  for (const word of o.flags) {
    const [, name = "", given] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) throw unknownFlag({ keyword, name, known, place });
    if (Object.hasOwn(values, name)) throw mistake(place, `${keyword} has --${name} twice`, "Remove one of the two.");
    values[name] =
      kind === "text" ? requireText({ keyword, name, given, place }) : yesOrNo({ keyword, name, given, place });
  }
  return values;
}

/** What to do about an instruction that needs BuildKit. */
export const useDocker = 'Set "builder: docker" for this image, or take it out of the Dockerfile.';

interface Flag {
  readonly keyword: string;
  readonly name: string;
  readonly given: string | undefined;
  readonly place: Place;
}

function requireText({ keyword, name, given, place }: Flag): string {
  if (given !== undefined) return given;
  throw mistake(place, `${keyword} --${name} has no value`, `Write it like --${name}=value.`);
}

function yesOrNo({ keyword, name, given, place }: Flag): string {
  const value = (given ?? "true").toLowerCase();
  if (value === "true" || value === "false") return value;
  throw mistake(
    place,
    `${keyword} --${name} is neither true nor false: got "${given ?? ""}"`,
    `Write --${name} or --${name}=false.`,
  );
}

function unknownFlag(o: {
  readonly keyword: string;
  readonly name: string;
  readonly known: Readonly<Record<string, FlagKind>>;
  readonly place: Place;
}) {
  const names = Object.keys(o.known);
  const meant = nearest(o.name, names);
  const list =
    names.length === 0 ? `${o.keyword} has no flags.` : `Known: ${names.map((name) => `--${name}`).join(", ")}.`;
  return mistake(
    o.place,
    `${o.keyword} has an unknown flag --${o.name}`,
    meant ? `Did you mean --${meant}? ${list}` : list,
  );
}
