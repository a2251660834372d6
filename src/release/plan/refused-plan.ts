import { SlipwayError } from "../../error.ts";
import type { Problem } from "../../error.ts";
import type { Plan } from "./plan.ts";

/** Why a release cannot be carried out, with all of its plan that could be made. */
export class RefusedPlan extends SlipwayError {
  readonly app: string;
  /** Of the app's record; "" where that is not known. */
  readonly namespace: string;
  readonly plan: Plan;
  /** What gives the permissions that are missing, as YAML to apply. */
  readonly roles: string | undefined;

  constructor(given: Pick<RefusedPlan, "app" | "namespace" | "plan" | "problems" | "roles">) {
    const count = given.problems.length === 1 ? "one problem" : `${given.problems.length} problems`;
    super(`Cannot deploy because the cluster would refuse it: got ${count}, and nothing was changed`, {
      code: "configuration",
      problems: given.problems.toSorted(byPlace),
    });
    this.app = given.app;
    this.namespace = given.namespace;
    this.plan = given.plan;
    this.roles = given.roles;
  }
}

function byPlace(a: Problem, b: Problem): number {
  return (a.file ?? "").localeCompare(b.file ?? "") || (a.line ?? 0) - (b.line ?? 0);
}
