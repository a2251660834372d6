import type { Problem } from "../error.ts";
import { isExactInteger } from "../kubernetes/exact-json.ts";
import type { Json } from "../kubernetes/object.ts";
import type { Change, PlanDocument } from "../release/plan/plan-document.ts";
import type { ReleaseReport, ReportedFailure } from "./release-report.ts";

type Redact = (text: string) => string;

/** The report with everything that came from manifests, programs and the cluster redacted, before Markdown escapes any of it. */
export function redacted(report: ReleaseReport, redact: Redact): ReleaseReport {
  const { changes, failures, error, restored } = report;
  return {
    ...report,
    changes: changes.map((change) => redactChange(change, redact)),
    failures: failures.map((failure) => redactFailure(failure, redact)),
    ...(error === undefined ? {} : { error: redactError(error, redact) }),
    ...(restored === undefined ? {} : { restored: redact(restored) }),
  };
}

/** A plan with everything that came from manifests and the cluster redacted. */
export function redactPlan(plan: PlanDocument, redact: Redact): PlanDocument {
  return {
    ...plan,
    changes: plan.changes.map((change) => redactChange(change, redact)),
    problems: plan.problems.map((problem) => redactProblem(problem, redact)),
  };
}

/** A line of a plan, redacted: before its values are shortened. */
export function redactChange(change: Change, redact: Redact): Change {
  const fields = change.fields.map(({ path, before, after, ...told }) => ({
    ...told,
    path: redact(path),
    ...(before === undefined ? {} : { before: redactValue(before, redact) }),
    ...(after === undefined ? {} : { after: redactValue(after, redact) }),
  }));
  const { taken, warnings, unchecked } = change;
  return {
    ...change,
    fields,
    ...(taken === undefined ? {} : { taken: taken.map(redact) }),
    ...(warnings === undefined ? {} : { warnings: warnings.map((warning) => redactProblem(warning, redact)) }),
    ...(unchecked === undefined ? {} : { unchecked: redact(unchecked) }),
  };
}

function redactValue(value: Json, redact: Redact): Json {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((each) => redactValue(each, redact));
  if (value === null || typeof value !== "object" || isExactInteger(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), redactValue(each, redact)]));
}

function redactFailure({ remedy, said, ...failure }: ReportedFailure, redact: Redact): ReportedFailure {
  return {
    ...failure,
    cause: redact(failure.cause),
    ...(remedy === undefined ? {} : { remedy: redact(remedy) }),
    ...(said === undefined ? {} : { said: redact(said) }),
    evidence: failure.evidence.map(redact),
  };
}

/** What stopped a release, redacted. */
export function redactError(
  { message, problems = [] }: NonNullable<ReleaseReport["error"]>,
  redact: Redact,
): NonNullable<ReleaseReport["error"]> {
  return { message: redact(message), problems: problems.map((problem) => redactProblem(problem, redact)) };
}

function redactProblem({ message, hint, ...place }: Problem, redact: Redact): Problem {
  return { ...place, message: redact(message), ...(hint === undefined ? {} : { hint: redact(hint) }) };
}
