import type { Problem } from "../error.ts";
import { describeEvidence, lastWords } from "../kubernetes/evidence.ts";
import { locate } from "../kubernetes/evidence/field.ts";
import { containersOf, podTemplateOf, podTemplatePath } from "../kubernetes/pod-template.ts";
import type { Failure, ReleaseResult } from "../release/carry-out.ts";
import { nameOf } from "../release/release-object.ts";
import { placeAt } from "../release/server-problems.ts";
import type { ReleaseReport, ReportedFailure } from "./release-report.ts";

/** A failed object as a person reads it, in the log and in the summary. */
export function reportFailure(failure: Failure): ReportedFailure {
  const { released, verdict, evidence } = failure;
  const said = evidence === undefined ? undefined : lastWords(evidence);
  return {
    object: nameOf(released.object),
    ...placeOf(failure),
    cause: evidence?.cause ?? verdict.message,
    ...(said === undefined ? {} : { said }),
    ...(evidence?.remedy === undefined ? {} : { remedy: evidence.remedy }),
    evidence: evidence === undefined ? [] : describeEvidence(evidence),
  };
}

/** Where the field that is to blame stands, else the container that is not well, else the object. */
function placeOf({ released, evidence }: Failure): Pick<Problem, "file" | "line"> {
  const field = locate(released.object, evidence?.field ?? []);
  if (field.length > 0) return placeAt(released, field);
  const name = evidence?.containers[0]?.container;
  const template = podTemplateOf(released.object);
  const found =
    template === undefined ? undefined : containersOf(template).find(({ container }) => container.name === name);
  return placeAt(released, found === undefined ? [] : [...(podTemplatePath(released.object) ?? []), ...found.path]);
}

/** The part of a report that tells how carrying a plan out ended. */
export function resultForReport(
  result: ReleaseResult,
): Pick<ReleaseReport, "outcome" | "durationMs" | "watched" | "rollout" | "failures" | "error"> {
  const { outcome, durationMs, watched, error } = result;
  return {
    outcome,
    durationMs,
    watched,
    rollout: result.rollout.map(({ verdict, ...span }) => ({ ...span, status: verdict.status })),
    failures: result.failures.map(reportFailure),
    ...(error === undefined ? {} : { error }),
  };
}
