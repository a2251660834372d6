import { appendFileSync, statSync } from "node:fs";

/** GitHub drops a step's summary whole when it is larger. */
const mostBytes = 1024 * 1024;
const full = "\n\n_The rest of this summary did not fit: GitHub shows at most 1 MiB. The log of the step has it._\n";
const room = mostBytes - Buffer.byteLength(full);

/**
 * Appends sections to the step's summary file and never lets it grow beyond what GitHub shows: the first section that does not fit is cut
 * at a border between its parts, and a last line says so. Does nothing outside a runner, where there is no file.
 */
export function createSummary(path: string | undefined): { readonly add: (markdown: string) => void } {
  let isFull = false;
  return {
    add(markdown) {
      if (!path || isFull) return;
      const section = `${markdown.trimEnd()}\n\n`;
      const used = sizeOf(path);
      isFull = used + Buffer.byteLength(section) > room;
      appendFileSync(path, isFull ? wholeParts(section, room - used) + full : section);
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** As many of the paragraphs, tables and blocks at the start of `section` as fit into `bytes`. */
function wholeParts(section: string, bytes: number): string {
  let kept = "";
  let used = 0;
  for (const part of section.split(/(?<=\n)\n+/)) {
    used += Buffer.byteLength(part) + 1;
    if (used > bytes) break;
    kept += `${part}\n`;
  }
  return kept;
}
