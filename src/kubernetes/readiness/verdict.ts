import type { Absence } from "./absence.ts";

/** How far the cluster is with one object. */
export interface Verdict {
  readonly status: "current" | "in-progress" | "failed";
  /** One word for machines, Kubernetes' own where it has one: `ErrImagePull`, `ProgressDeadlineExceeded`. */
  readonly reason: string;
  /** For people; begins with a lower-case letter, so that it can follow the object's name and a colon. */
  readonly message: string;
  /** Of a failure: something else that is just coming up may still mend it, as a database does for the program that waits for it. */
  readonly mayRecover?: true;
  /** Of a verdict in progress that has to do: which limit ran out, in words that a colon can follow. */
  readonly limit?: string;
  /** Of a failure: what is not there. It may have come meanwhile, so a look at the cluster has to confirm it. */
  readonly absence?: Absence;
}

export function current(reason = "Current", message = "current"): Verdict {
  return { status: "current", reason, message };
}

export function inProgress(reason: string, message: string): Verdict {
  return { status: "in-progress", reason, message };
}

export function failed(reason: string, message: string): Verdict {
  return { status: "failed", reason, message };
}
