import type { ReleaseSummary } from "./record.ts";

/** How many releases are kept, besides those that a rollback would go back to. */
const kept = 10;

/** The newest release, whatever became of it. `history` is oldest first, as everywhere. */
export function newest(history: readonly ReleaseSummary[]): ReleaseSummary | undefined {
  return history.at(-1);
}

/** The number of the release that comes next. */
export function nextRevision(history: readonly ReleaseSummary[]): number {
  return (newest(history)?.revision ?? 0) + 1;
}

/** The newest release to go back to whose smoke test passed, other than `except`. */
export function lastVerified(history: readonly ReleaseSummary[], except?: number): ReleaseSummary | undefined {
  return history.findLast(
    ({ verified, revision, damaged }) =>
      verified !== undefined && damaged === undefined && revision !== except && !wasTakenBack(history, revision),
  );
}

/** The newest release to go back to that was seen to go up as asked, other than `except`. */
export function lastSucceeded(history: readonly ReleaseSummary[], except?: number): ReleaseSummary | undefined {
  return history.findLast(
    ({ outcome, watched = true, revision, damaged }) =>
      outcome === "succeeded" &&
      watched &&
      damaged === undefined &&
      revision !== except &&
      !wasTakenBack(history, revision),
  );
}

/** Whoever takes a release back knows more of it than its smoke test did, until somebody brings it back again. */
function wasTakenBack(history: readonly ReleaseSummary[], revision: number): boolean {
  const last = history.findLast(
    ({ restores, replaces }) => restores === revision || (restores !== undefined && replaces === revision),
  );
  return last !== undefined && last.restores !== revision;
}

/** The history with a release as it is now, be it new or known. */
export function including(history: readonly ReleaseSummary[], release: ReleaseSummary): ReleaseSummary[] {
  return [...history.filter(({ revision }) => revision !== release.revision), release];
}

/**
 * What may go: all but the ten newest, and never what a rollback would go back to. What is damaged stays for a person to look at.
 */
export function expired(history: readonly ReleaseSummary[]): ReleaseSummary[] {
  const needed = new Set([lastVerified(history), lastSucceeded(history)]);
  return history.slice(0, -kept).filter((release) => !needed.has(release) && release.damaged === undefined);
}
