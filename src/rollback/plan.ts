import { SlipwayError } from "../error.ts";
import { lastSucceeded, lastVerified, newest } from "../release/record/history.ts";
import type { ReleaseSummary } from "../release/record/record.ts";
import type { Destination } from "./inputs.ts";

export interface RollbackQuestion {
  readonly app: string;
  /** Oldest first. */
  readonly history: readonly ReleaseSummary[];
  readonly to: Destination;
  readonly ifRevision: number | undefined;
}

export type RollbackDecision =
  | { readonly from: ReleaseSummary; readonly target: ReleaseSummary }
  /** The release was taken back already, by the deploy itself. */
  | { readonly from: ReleaseSummary; readonly alreadyRestored: number };

/**
 * Which release to go back to, from the history alone.
 * @throws SlipwayError `refused` where there is none, or where `ifRevision` is not the newest release any more.
 */
export function decideRollback({ app, history, to, ifRevision }: RollbackQuestion): RollbackDecision {
  const from = newest(history);
  if (from === undefined)
    throw refused(
      `Cannot roll back ${app} because it was never deployed: got an empty history`,
      "Check app and namespace.",
    );
  if (ifRevision !== undefined && ifRevision !== from.revision) {
    const { restores, replaces, outcome } = from;
    const isWanted = restores !== undefined && (typeof to === "string" || to === restores);
    if (isWanted && replaces === ifRevision && outcome === "succeeded") return { from, alreadyRestored: restores };
    throw refused(
      `Cannot roll back ${app} because r${ifRevision} is not its newest release: got r${from.revision}, deployed since${from.actor === "" ? "" : ` by ${from.actor}`}`,
      "Nothing was changed. Look at the newest release first; to take that one back, leave if-revision out.",
    );
  }
  return { from, target: findTarget({ app, history, to, from }) };
}

function findTarget(question: {
  readonly app: string;
  readonly history: readonly ReleaseSummary[];
  readonly to: Destination;
  readonly from: ReleaseSummary;
}): ReleaseSummary {
  const { app, history, to, from } = question;
  const kept = history.map(({ revision }) => `r${revision}`).join(", ");
  if (to === "last-verified") {
    const target = lastVerified(history, from.revision);
    if (target !== undefined) return target;
    throw refused(
      `Cannot roll back ${app} because no release before r${from.revision} is verified: got ${kept}`,
      "A release is verified when smoke-test passes with its revision. To go back to one that is not, name its number in `to`.",
    );
  }
  if (to === "previous") {
    const target = lastSucceeded(history, from.revision);
    if (target !== undefined) return target;
    throw refused(
      `Cannot roll back ${app} because no release before r${from.revision} succeeded: got ${kept}`,
      "Deploy a good release instead.",
    );
  }
  const target = history.find(({ revision }) => revision === to);
  if (target !== undefined) return target;
  throw refused(
    `Cannot roll back ${app} because there is no release r${to}: got ${kept}`,
    "Name one of those in `to`.",
  );
}

function refused(message: string, hint: string): SlipwayError {
  return new SlipwayError(message, { code: "refused", hint });
}
