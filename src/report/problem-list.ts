import type { Problem } from "../error.ts";
import { code, escapeMarkdown } from "./markdown.ts";

/** An item for each problem: where it is, what it is, and what to do about it. */
export function problemList(problems: readonly Problem[]): string {
  const items = problems.map(({ file, line, message, hint }) => {
    const place = file === undefined ? "" : `${code([file, line].filter(Boolean).join(":"))} `;
    const next = hint === undefined ? "" : `<br>${escapeMarkdown(hint)}`;
    return `- ${place}${escapeMarkdown(message)}${next}`;
  });
  return items.join("\n");
}
