import { describeEvidence } from "../kubernetes/evidence.ts";
import type { Failure, ReleaseResult } from "../release/carry-out.ts";
import { nameOf } from "../release/release-object.ts";
import { place } from "../release/server-problems.ts";
import type { ReleaseReport, ReportedFailure } from "./release-report.ts";

/** A failed object as a person reads it, in the log and in the summary. */
export function reportFailure({ released, verdict, evidence }: Failure): ReportedFailure {
  const { file, line } = place(released, undefined);
  return {
    object: nameOf(released.object),
    where: file === undefined ? "" : `${file}:${line ?? 1}`,
    cause: evidence?.cause ?? verdict.message,
    evidence: evidence === undefined ? [] : describeEvidence(evidence),
  };
}

/** The part of a report that tells how carrying a plan out ended. */
export function resultForReport(
  result: ReleaseResult,
): Pick<ReleaseReport, "outcome" | "revision" | "durationMs" | "rollout" | "failures" | "error"> {
  const { outcome, revision, durationMs, error } = result;
  return {
    outcome,
    revision,
    durationMs,
    rollout: result.rollout.map(({ object, untilMs, verdict }) => ({ object, untilMs, status: verdict.status })),
    failures: result.failures.map(reportFailure),
    ...(error === undefined ? {} : { error: error.message }),
  };
}
