import { appendFileSync, statSync } from "node:fs";

/** GitHub drops a step's summary whole when it is larger. */
const mostBytes = 1024 * 1024;
const full = "\n_The rest of this summary did not fit: GitHub shows at most 1 MiB. The log of the step has it._\n";
const room = mostBytes - Buffer.byteLength(full);

/**
 * Appends sections to the step's summary file and never lets it grow beyond what GitHub shows: the first section that does not fit is cut
 * at a border between its blocks, and a last line says so. Does nothing outside a runner, where there is no file.
 */
export function createSummary(path: string | undefined): { readonly add: (markdown: string) => void } {
  let isFull = false;
  return {
    add(markdown) {
      if (!path || isFull) return;
      const section = `${markdown.trimEnd()}\n\n`;
      const used = sizeOf(path);
      isFull = used + Buffer.byteLength(section) > room;
      appendFileSync(path, isFull ? wholeBlocks(section, room - used) + full : section);
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The start of `section` that fits into `bytes` and ends between two blocks: outside of every fence and every `<details>`. */
function wholeBlocks(section: string, bytes: number): string {
  let end = 0;
  let position = 0;
  let used = 0;
  let fence = "";
  let depth = 0;
  for (const line of section.split("\n")) {
    used += Buffer.byteLength(line) + 1;
    if (used > bytes) break;
    position += line.length + 1;
    const mark = /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? "";
    if (fence !== "") fence = mark.startsWith(fence) ? "" : fence;
    else if (mark !== "") fence = mark;
    else depth += count(line, "<details") - count(line, "</details>");
    if (line === "" && fence === "" && depth === 0) end = position;
  }
  return section.slice(0, end);
}

function count(line: string, tag: string): number {
  return line.split(tag).length - 1;
}
