import type { Outcome } from "../error.ts";
import { formatDuration } from "../runner/duration.ts";
import { escapeMarkdown } from "./markdown.ts";

const signs: Readonly<Record<Outcome, string>> = {
  succeeded: "✅",
  failed: "❌",
  "timed-out": "⌛",
  cancelled: "🚫",
  unknown: "❔",
};

/** The first line of every action's summary: what was done (plain text), how it ended and how long it took. */
export function outcomeHeading(step: {
  readonly outcome: Outcome;
  readonly title: string;
  readonly durationMs: number;
}): string {
  return `## ${signs[step.outcome]} ${escapeMarkdown(step.title)}: ${step.outcome} in ${formatDuration(step.durationMs)}`;
}
