/**
 * The start of some Markdown that fits into `bytes` and ends between two blocks or two rows of a table: outside of every fence and every
 * `<details>`.
 */
export function wholeBlocks(markdown: string, bytes: number): string {
  let end = 0;
  let position = 0;
  let used = 0;
  let fence = "";
  let depth = 0;
  for (const line of markdown.split("\n")) {
    used += Buffer.byteLength(line) + 1;
    if (used > bytes) break;
    position += line.length + 1;
    const mark = /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? "";
    if (fence !== "") fence = mark.startsWith(fence) ? "" : fence;
    else if (mark !== "") fence = mark;
    else depth += count(line, "<details") - count(line, "</details>");
    const isBorder = line === "" || /^\|.*\|$/.test(line);
    if (isBorder && fence === "" && depth === 0) end = position;
  }
  return markdown.slice(0, end);
}

function count(line: string, tag: string): number {
  return line.split(tag).length - 1;
}
