/** Longer lines slow the runner's secret masker and the log viewer down, and no person reads them. */
const longestLine = 8192;

/** Terminal escape sequences as a whole: CSI (colours, cursor), OSC (titles, links) and the two-character ones. */

const escapeSequence =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/**
 * Everything that does not show: control characters but tab and newline, bidirectional controls (they reorder what a person reads) and
 * zero-width characters. The runner compares by culture, which ignores these, so `:\u00ad:` would still start a command.
 */
const invisible = /[^\P{Cc}\t\n]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;

/** Text without what a person cannot see: terminal escapes, control characters, zero-width and bidirectional ones. Lines end in `\n`. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n") // the runner reads a lone CR as the end of a line
    .replace(escapeSequence, "")
    .replace(invisible, "");
}

/**
 * Text of somebody else's making (pod logs, events, HTTP bodies, error messages) made safe to print: only what is visible, no runner
 * command (`::cmd::` at a line's start, `##[cmd]` anywhere), no endless lines. Doing it twice changes nothing.
 * What the runner obeys: ActionCommand.cs of actions/runner.
 */
export function neutralise(text: string): string {
  return visible(text)
    .replace(/^([^\S\n]*):(?=:)/gm, "$1: ")
    .replace(/##(?=\[)/g, "## ")
    .split("\n")
    .map(cut)
    .join("\n");
}

function cut(line: string): string {
  if (line.length <= longestLine) return line;
  const kept = line.slice(0, longestLine - 40).replace(/[\ud800-\udbff]$/, ""); // never half of a surrogate pair
  return `${kept} … and ${line.length - kept.length} more characters`;
}
