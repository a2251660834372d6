import { visible } from "../runner/untrusted.ts";

/** An empty comment: it shows nothing, and what stands around it is no longer one word. */
const seam = "<!-- -->";

/**
 * Text for a place inside a line of Markdown, made to show as it is: it cannot become HTML, a link, an image, a mention, a reference, a
 * table border, emphasis or the start of a block. Line breaks become spaces.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    .replace(/[\\`*_{}[\]()!|~$^]/g, "\\$&")
    .replace(/@|#|:(?=\/\/)|www(?=\.)/gi, `$&${seam}`) // GitHub finds these after Markdown is read, so a backslash is not enough
    .replace(/^(?:[-+=#]|\d+(?=\.))/, (start) =>
      start.length === 1 && /\D/.test(start) ? `\\${start}` : `${start}${seam}`,
    );
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as code inside a line. Markdown is not read in it, and GitHub looks for no mentions. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line) + 1);
  const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Markdown that leads to a page; as it is where the address, which may be anybody's, is not one of the web. */
export function link(markdown: string, address: string): string {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return markdown;
  const safe = new URL(address).href.replace(/[()<>|`\\*_[\]]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  return `[${markdown}](${safe})`;
}

/** Lines as a block of code, in the colours of `language`. */
export function codeBlock(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${visible(text).trimEnd()}\n${fence}`;
}

/** A table. Headers and cells are Markdown; whatever they hold, each stays one cell. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A part that opens when a person clicks on `summary` (plain text). `body` is Markdown. */
export function details(summary: string, body: string): string {
  const title = oneLine(summary).replace(/[&<>]/g, (character) => entities[character] ?? character);
  return `<details><summary>${title}</summary>\n\n${body.trim()}\n\n</details>`;
}

function cell(markdown: string): string {
  return oneLine(markdown).replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|");
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
