import { posix } from "node:path";
import { SlipwayError } from "../error.ts";
import { expression, literal } from "./wildcard.ts";

/** One line of a .dockerignore file. */
interface Rule {
  /** `!pattern`: what an earlier line left out is in again. */
  readonly isException: boolean;
  readonly pattern: string;
  readonly expression: RegExp;
  readonly line: number;
}

/** What the lines say of one path, kept for the paths below it: a rule that leaves a directory out leaves out what is in it. */
export interface Verdict {
  readonly isIgnored: boolean;
  /** Per rule, whether it matches the path or a directory above it. */
  readonly matches: readonly boolean[];
  /** The line that decided. */
  readonly line: number | undefined;
}

/**
 * Which files of a build context stay out of the build. Rules and matching are those of github.com/moby/patternmatcher, which BuildKit
 * uses: Go's patterns with `**`, cases count, the last line that matches decides.
 */
export class Ignore {
  /** Relative to the workspace; "" where there is no such file. */
  readonly file: string;
  readonly #rules: readonly Rule[];
  readonly #exceptions: readonly Rule[];

  /** @throws SlipwayError `configuration` at the line of a pattern that is malformed. */
  constructor(text: string, file: string) {
    this.file = file;
    this.#rules = text
      .replace(/^\ufeff/, "")
      .split("\n")
      .map((line, index) => parseRule(line.replace(/\r$/, ""), { file, line: index + 1 }))
      .filter((rule) => rule !== undefined);
    this.#exceptions = this.#rules.filter((rule) => rule.isException);
  }

  /** Judges a path relative to the context, such as `a/b`, by the verdict on the directory it is in (undefined for the context itself). */
  judge(path: string, parent: Verdict | undefined): Verdict {
    let isIgnored = false;
    let line: number | undefined;
    const matches = this.#rules.map((rule, index) => {
      const isInherited = parent?.matches[index] === true;
      // A rule that would change nothing is not looked at, and so is not inherited either. That is how BuildKit counts.
      const isMatch = isInherited || (rule.isException === isIgnored && rule.expression.test(path));
      if (isMatch) [isIgnored, line] = [!rule.isException, rule.line];
      return isMatch;
    });
    return { isIgnored, matches, line };
  }

  /** Whether something below an ignored directory could be in again, so that it has to be looked through. */
  mayReach(directory: string): boolean {
    return this.#exceptions.some(({ pattern }) => {
      const plain = pattern.replace(/(?:\/\*\*?)$/, "");
      return /[*[\]?^\\]/.test(plain) || `${plain}/`.startsWith(`${directory}/`);
    });
  }
}

function parseRule(text: string, place: { readonly file: string; readonly line: number }): Rule | undefined {
  if (text.startsWith("#") || text.trim() === "") return undefined;
  const isException = text.trim().startsWith("!");
  const given = text.trim().replace(/^!\s*/, "");
  if (given === "") throw malformed(text, place);
  const pattern = posix
    .normalize(given)
    .replace(/^\/(?=.)/, "")
    .replace(/(?<=.)\/$/, "");
  const expression = compile(pattern);
  if (expression === undefined) throw malformed(text, place);
  return { isException, pattern, expression, line: place.line };
}

function malformed(text: string, { file, line }: { readonly file: string; readonly line: number }): SlipwayError {
  const problem = {
    message: `"${text.trim()}" is not a pattern`,
    hint: "Close every [ and write something after ! and \\.",
    file,
    line,
  };
  return new SlipwayError(`Cannot read ${file} because of line ${line}`, {
    code: "configuration",
    problems: [problem],
  });
}

/**
 * `**` stands for any number of directories, none included; at the end for everything. At the start of a pattern without any other
 * wildcard, the path need only end in the rest: `**.md` is every file of that kind.
 */
function compile(pattern: string): RegExp | undefined {
  const isSuffix = /^\*\*[^*?[\]\\]+$/.test(pattern);
  const source = pattern.replace(
    /\*\*\/?|\*|\?|\\(.)|[.+()|{}$]/gsu,
    (match, escaped: string | undefined, offset: number) => {
      if (match.startsWith("**")) {
        const isAll = offset + match.length === pattern.length || (isSuffix && match === "**");
        return isAll ? ".*" : "(?:.*/)?";
      }
      if (match === "*") return "[^/]*";
      return match === "?" ? "[^/]" : literal(escaped ?? match);
    },
  );
  return expression(source);
}
