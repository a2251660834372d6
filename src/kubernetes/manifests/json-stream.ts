/** A string, or a bracket. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/gs;

/**
 * Where the JSON objects of a text begin and end, if it is nothing but JSON objects one after the other, as `kubectl` and `jq` print them.
 * Undefined for any other text, and for a single object.
 */
export function jsonStream(text: string): [from: number, to: number][] | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const parts: [number, number][] = [];
  let [open, from] = [0, 0];
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === "{" || found === "[") {
      if (open === 0 && (found === "[" || text.slice(from, index).trim() !== "")) return undefined;
      open += 1;
    } else if (found === "}" || found === "]") {
      open -= 1;
      if (open < 0) return undefined;
      if (open > 0) continue;
      parts.push([from, index + 1]);
      from = index + 1;
    }
  }
  return parts.length > 1 && open === 0 && text.slice(from).trim() === "" ? parts : undefined;
}
