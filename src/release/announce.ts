import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SlipwayError } from "../error.ts";
import { describeEvidence, inBrief } from "../kubernetes/evidence.ts";
import { reportFailure } from "../report/result-for-report.ts";
import { redacted, redactError } from "../report/redacted.ts";
import { refusalReport } from "../report/refusal-report.ts";
import { releaseReport } from "../report/release-report.ts";
import type { ReleaseReport } from "../report/release-report.ts";
import { formatDuration } from "../runner/duration.ts";
import type { Log, Runner } from "../runner/runner.ts";
import type { ReleaseResult } from "./carry-out.ts";
import { writePlan } from "./plan/announce-plan.ts";
import { planDocument } from "./plan/plan-document.ts";
import { RefusedPlan } from "./plan/refused-plan.ts";

/** More objects than these fail alike, and the report has the proof for each. */
const mostProven = 3;

/**
 * Prints how a release ended: a line for a good one; for each object that failed an annotation at its manifest, with the proof in brief for
 * the first of them.
 */
export function announceResult(log: Log, release: string, result: ReleaseResult): void {
  const { outcome, failures, watched, durationMs } = result;
  for (const [index, failure] of failures.entries()) {
    const { object, file, line, cause, remedy, said } = reportFailure(failure);
    const place = file === undefined ? {} : { file, ...(line === undefined ? {} : { line }) };
    const words = [`${object}: ${cause}`, remedy, said === undefined ? undefined : `It said: ${said}`];
    log.error(words.filter((each) => each !== undefined).join("\n"), { ...place, title: `${release} ${outcome}` });
    const proof =
      failure.evidence === undefined || index >= mostProven ? [] : describeEvidence(inBrief(failure.evidence));
    if (proof.length > 0) log.info(proof.map((each) => `  ${each}`).join("\n"));
  }
  const unseen = watched ? "" : ", not watched: whether it comes up is not known";
  log.info(`${release}: ${outcome} after ${formatDuration(durationMs)}${unseen}`);
}

/** Writes plan and report below RUNNER_TEMP, and the report into the job summary. Gives the paths, for the outputs. */
export async function writeReports(
  runner: Pick<Runner, "log" | "temp" | "addSummary" | "redact">,
  whole: ReleaseReport,
): Promise<{ readonly plan: string; readonly report: string }> {
  const report = redacted(whole, (text) => runner.redact(text));
  const stem = join(runner.temp, `slipway-${report.app}-${randomUUID().slice(0, 8)}`);
  const paths = { plan: await writePlan(runner, planDocument(report)), report: `${stem}-report.md` };
  const markdown = releaseReport(report);
  await writeFile(paths.report, markdown, { flag: "wx", mode: 0o600 });
  runner.addSummary(markdown);
  if (report.failures.length > 0) runner.log.info(`All of the proof is in the report: ${paths.report}`);
  return paths;
}

/** Adds to the job summary what kept `work` from doing anything: then there is no release to report on. */
export async function explainingRefusal<T>(
  runner: Pick<Runner, "addSummary" | "clock" | "redact" | "log">,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const started = runner.clock.now();
  try {
    return await work();
  } catch (error) {
    if (error instanceof SlipwayError) {
      const { message, problems = [] } = redactError(error, (text) => runner.redact(text));
      const { hint, outcome } = error;
      const durationMs = runner.clock.now() - started;
      const roles = error instanceof RefusedPlan ? error.roles : undefined;
      runner.addSummary(refusalReport({ title, durationMs, error: { message, problems, hint, outcome }, roles }));
      if (roles !== undefined) runner.log.info(`What gives the permissions that are missing:\n${roles}`);
    }
    throw error;
  }
}
