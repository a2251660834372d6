import type { ReleaseSummary } from "./record.ts";

/** How many releases are kept, besides the last verified one. */
const kept = 10;

/** The newest release, whatever became of it. `history` is oldest first, as everywhere. */
export function newest(history: readonly ReleaseSummary[]): ReleaseSummary | undefined {
  return history.at(-1);
}

/** The newest release to go back to whose smoke test passed, other than `except`. */
export function lastVerified(history: readonly ReleaseSummary[], except?: number): ReleaseSummary | undefined {
  return history.findLast(
    ({ verified, revision }) => verified !== undefined && revision !== except && !wasTakenBack(history, revision),
  );
}

/** The newest release to go back to that went up as asked, other than `except`. */
export function lastSucceeded(history: readonly ReleaseSummary[], except?: number): ReleaseSummary | undefined {
  return history.findLast(
    ({ outcome, revision }) => outcome === "succeeded" && revision !== except && !wasTakenBack(history, revision),
  );
}

/** Whoever takes a release back knows more of it than its smoke test did, until somebody brings it back again. */
function wasTakenBack(history: readonly ReleaseSummary[], revision: number): boolean {
  const last = history.findLast(
    ({ restores, replaces }) => restores === revision || (restores !== undefined && replaces === revision),
  );
  return last !== undefined && last.restores !== revision;
}

/**
 * The releases whose objects may still be in the cluster: the last that succeeded and pruned what came before, and all since, which
 * may have applied a part of theirs. Newest first.
 */
export function mayBeLive(history: readonly ReleaseSummary[]): ReleaseSummary[] {
  const last = history.findLastIndex(({ outcome, pruned = true }) => outcome === "succeeded" && pruned);
  return history.slice(Math.max(last, 0)).reverse();
}

/** The history with a release as it is now, be it new or known. */
export function including(history: readonly ReleaseSummary[], release: ReleaseSummary): ReleaseSummary[] {
  return [...history.filter(({ revision }) => revision !== release.revision), release];
}

/** What may go once the newest release has succeeded: all but ten, never the last verified one. */
export function expired(history: readonly ReleaseSummary[]): ReleaseSummary[] {
  const verified = lastVerified(history)?.revision;
  return history.slice(0, -kept).filter(({ revision }) => revision !== verified);
}
