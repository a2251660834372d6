/** Text as Go's `%q` quotes it: the form in which histories show commands. */
export function quoteGo(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
    "\x07": "\\a",
  };
  const quoted = text.replace(/["\\\p{C}]|[^\P{Z} ]/gu, (character) => named[character] ?? hexadecimal(character));
  return `"${quoted}"`;
}

function hexadecimal(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Nanoseconds as Go writes a duration: `1m30s`, `500ms`, `0s`. */
export function formatGoDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  if (nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
  const hours = Math.floor(nanoseconds / 3600e9);
  const minutes = Math.floor(nanoseconds / 60e9) % 60;
  const seconds = (nanoseconds % 60e9) / 1e9;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
