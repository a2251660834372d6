import { formatDuration } from "../runner/duration.ts";
import type { CheckResult } from "../smoke-test/check.ts";
import { code, escapeMarkdown, table } from "./markdown.ts";
import { outcomeHeading } from "./outcome-heading.ts";
import type { SmokeReport } from "./smoke-report.ts";
import { smokeSubject } from "./smoke-report.ts";

/** A smoke test for the job summary: what failed and why comes first. */
export function smokeSummary(report: SmokeReport): string {
  const { outcome, results, verdict, durationMs } = report;
  const failed = results.filter(({ passed }) => !passed);
  const passed = results.filter((each) => each.passed);
  const facts = [
    `${passed.length} of ${results.length} checks passed`,
    ...(verdict === undefined ? [] : [verdict.text]),
  ];
  const sections = [
    outcomeHeading({ outcome, title: `Smoke test${smokeSubject(report)}`, durationMs }),
    escapeMarkdown(facts.join(" · ")),
    table(["Check", "Result", "Tries", "Latency"], [...failed, ...passed].map(row)),
  ];
  return `${sections.join("\n\n")}\n`;
}

function row({ name, target, passed, mismatches, attempts, latencyMs, share }: CheckResult): string[] {
  const wrong = mismatches.map(({ is, got }) => escapeMarkdown(is) + (got === undefined ? "" : `: got ${code(got)}`));
  const version =
    share === undefined ? "passed" : `passed, the expected version on ${share.right} of ${share.of} connections`;
  return [
    `${passed ? "✅" : "❌"} ${escapeMarkdown(name)}<br>${code(target)}`,
    passed ? version : wrong.join("<br>"),
    String(attempts),
    latencyMs === undefined ? "" : formatDuration(latencyMs),
  ];
}
