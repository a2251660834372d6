import type { Outcome, Problem } from "../error.ts";
import type { Change } from "../release/plan/plan-document.ts";
import type { ReleaseSummary } from "../release/record/record.ts";
import { historyTable } from "./history-table.ts";
import { code, codeBlock, details, escapeMarkdown } from "./markdown.ts";
import { outcomeHeading } from "./outcome-heading.ts";
import { problemList } from "./problem-list.ts";
import { planMarkdown } from "./plan-markdown.ts";
import { countChanges } from "./release-lines.ts";
import { rolloutTimeline } from "./rollout-timeline.ts";
import type { RolloutSpan } from "./rollout-timeline.ts";

/** An object that failed, as a person reads it. */
export interface ReportedFailure {
  readonly object: string;
  readonly file?: string;
  readonly line?: number;
  /** One sentence: the probable cause. */
  readonly cause: string;
  /** What to change. */
  readonly remedy?: string;
  /** What the program itself said was wrong. */
  readonly said?: string;
  /** The proof, line by line, as it comes from the cluster. */
  readonly evidence: readonly string[];
}

export interface ReleaseReport {
  readonly app: string;
  readonly namespace: string;
  readonly outcome: Outcome;
  /** What was done: "Deploy of shop r3". */
  readonly title: string;
  readonly commit: string;
  readonly actor: string;
  readonly durationMs: number;
  /** `false`: it was applied, and nobody looked whether it came up. */
  readonly watched?: boolean;
  readonly changes: readonly Change[];
  readonly rollout: readonly RolloutSpan[];
  readonly failures: readonly ReportedFailure[];
  /** Why it ended early, where no object is to blame. */
  readonly error?: { readonly message: string; readonly problems?: readonly Problem[] };
  /** How the release was taken back, one paragraph. */
  readonly restored?: string;
  /** What was found that was not as it should be, such as a release that was never finished. */
  readonly remarks?: readonly string[];
  readonly history: readonly ReleaseSummary[];
}

/** A release for the job summary: the outcome first, then why, then what changed. */
export function releaseReport(report: ReleaseReport): string {
  const sections = [
    heading(report),
    facts(report),
    reason(report),
    report.restored === undefined ? "" : `↩️ ${escapeMarkdown(report.restored)}`,
    ...(report.remarks ?? []).map((remark) => `⚠️ ${escapeMarkdown(remark)}`),
    ...report.failures.map(failure),
    changeSection(report.changes),
    rolloutTimeline(report.rollout),
    historyTable(report.history),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function heading({ title, outcome, durationMs }: ReleaseReport): string {
  return outcomeHeading({ outcome, title, durationMs });
}

function facts({ namespace, commit, actor, changes, watched = true }: ReleaseReport): string {
  return [
    `namespace ${code(namespace)}`,
    ...(commit === "" ? [] : [`commit ${code(commit.slice(0, 12))}`]),
    ...(actor === "" ? [] : [`by ${escapeMarkdown(actor)}`]),
    countChanges(changes),
    ...(watched ? [] : ["not watched: whether it comes up is not known"]),
  ].join(" · ");
}

function reason({ error }: ReleaseReport): string {
  if (error === undefined) return "";
  return [`**Why:** ${escapeMarkdown(error.message)}`, problemList(error.problems ?? [])].join("\n\n").trimEnd();
}

function failure({ object, file, line, cause, remedy, said, evidence }: ReportedFailure): string {
  const place = file === undefined ? "" : ` (${code(`${file}:${line ?? 1}`)})`;
  const proof = evidence.length === 0 ? "" : `\n\n${details("What the cluster says", codeBlock(evidence.join("\n")))}`;
  const words = said === undefined ? "" : `\n\n${codeBlock(said)}`;
  return `### ${escapeMarkdown(object)}${place}\n\n${escapeMarkdown(cause)}${remedy === undefined ? "" : `\n\n**${escapeMarkdown(remedy)}**`}${words}${proof}`;
}

function changeSection(changes: readonly Change[]): string {
  const plan = changes.some(({ action }) => action !== "unchanged") ? planMarkdown({ changes }) : "";
  return plan === "" ? "" : `### Changes\n\n${plan}`;
}
