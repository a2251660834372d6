/** What a pattern of Go's path/filepath makes of a path; undefined where it is malformed, and so matches nothing. */
export function wildcard(pattern: string): RegExp | undefined {
  let isMalformed = /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern);
  const source = pattern.replace(
    /\\(.)|\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|./gsu,
    (match, escaped: string | undefined, not: string | undefined, set: string | undefined) => {
      if (match === "*") return "[^/]*";
      if (match === "?") return "[^/]";
      isMalformed ||= match === "[";
      if (set === undefined) return literal(escaped ?? match);
      return `[${not ?? ""}${set.replace(/\\(.)|[^-]/gsu, (one, inSet: string | undefined) => literal(inSet ?? one))}]`;
    },
  );
  return isMalformed ? undefined : expression(source);
}

/** A regular expression for whole texts; undefined where the source is none. */
export function expression(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, "su");
  } catch {
    return undefined;
  }
}

/** A character that stands for itself in a regular expression. */
export function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** Whether a name holds a character that makes it a pattern. */
export function hasWildcard(name: string): boolean {
  return /[*?[]/.test(name.replace(/\\./gs, ""));
}
