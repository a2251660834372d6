import type { ReleaseSummary } from "./record.ts";

/** How many releases are kept, besides the last verified one. */
const kept = 10;

/** The newest release, whatever became of it. `history` is oldest first, as everywhere. */
export function newest(history: readonly ReleaseSummary[]): ReleaseSummary | undefined {
  return history.at(-1);
}

/** The newest release whose smoke test passed, other than `except`. */
export function lastVerified(history: readonly ReleaseSummary[], except?: number): ReleaseSummary | undefined {
  return history.findLast(({ verified, revision }) => verified !== undefined && revision !== except);
}

/** The newest release that went up as asked, other than `except`. */
export function lastSucceeded(history: readonly ReleaseSummary[], except?: number): ReleaseSummary | undefined {
  return history.findLast(({ outcome, revision }) => outcome === "succeeded" && revision !== except);
}

/**
 * The releases whose objects may still be in the cluster: the last that succeeded and pruned what came before, and all since, which
 * may have applied a part of theirs. Newest first.
 */
export function mayBeLive(history: readonly ReleaseSummary[]): ReleaseSummary[] {
  const last = history.findLastIndex(({ outcome, pruned = true }) => outcome === "succeeded" && pruned);
  return history.slice(Math.max(last, 0)).reverse();
}

/** What may go once the newest release has succeeded: all but ten, never the last verified one. */
export function expired(history: readonly ReleaseSummary[]): ReleaseSummary[] {
  const verified = lastVerified(history)?.revision;
  return history.slice(0, -kept).filter(({ revision }) => revision !== verified);
}
