import type { SlipwayError } from "../error.ts";
import { codeBlock, details, escapeMarkdown } from "./markdown.ts";
import { outcomeHeading } from "./outcome-heading.ts";
import { problemList } from "./problem-list.ts";

/** Why a step did nothing, for the job summary. */
export function refusalReport(step: {
  /** What was asked for: "Deploy of shop". */
  readonly title: string;
  readonly durationMs: number;
  readonly error: Pick<SlipwayError, "message" | "hint" | "problems" | "outcome">;
  /** What gives the permissions that are missing, as YAML to apply. */
  readonly roles?: string | undefined;
}): string {
  const { outcome, message, hint, problems } = step.error;
  const sections = [
    outcomeHeading({ ...step, outcome }),
    escapeMarkdown(message),
    hint === undefined ? "" : escapeMarkdown(hint),
    problemList(problems),
    step.roles === undefined
      ? ""
      : details("What gives the permissions that are missing", codeBlock(step.roles, "yaml")),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}
