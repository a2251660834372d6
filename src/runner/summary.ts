import { appendFileSync, statSync } from "node:fs";
import { wholeBlocks } from "./whole-blocks.ts";

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
