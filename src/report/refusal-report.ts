import type { SlipwayError } from "../error.ts";
import { escapeMarkdown } from "./markdown.ts";
import { outcomeHeading } from "./outcome-heading.ts";
import { problemList } from "./problem-list.ts";

/** Why a step did nothing, for the job summary. */
export function refusalReport(step: {
  /** What was asked for: "Deploy of shop". */
  readonly title: string;
  readonly durationMs: number;
  readonly error: Pick<SlipwayError, "message" | "hint" | "problems" | "outcome">;
}): string {
  const { outcome, message, hint, problems } = step.error;
  const sections = [
    outcomeHeading({ ...step, outcome }),
    escapeMarkdown(message),
    hint === undefined ? "" : escapeMarkdown(hint),
    problemList(problems),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}
