import { SlipwayError } from "../../error.ts";
import type { Outcome } from "../../error.ts";
import { inParallel } from "../../parallel.ts";
import type { Log } from "../../runner/runner.ts";
import { expired } from "./history.ts";
import { parallelRequests } from "../ports.ts";
import type { ReleaseRecord, ReleaseSummary } from "./record.ts";
import type { ReleaseStore } from "./store.ts";

/** How the work on a release ended, and what stopped it where no object is to blame. */
export interface Ending {
  readonly outcome: Outcome;
  readonly error?: Error;
}

export interface OutcomeRequest {
  readonly store: ReleaseStore;
  readonly log: Log;
  /** The releases before this one. */
  readonly history: readonly ReleaseSummary[];
  /** With the outcome in its summary. */
  readonly record: ReleaseRecord;
  readonly ended: Ending;
}

/** A cancelled job has seconds left, and a server that gave no answer may go on giving none. */
const lastWordsMs = 3_000;

/**
 * Writes down how a release ended, and removes the records that have expired. Never throws. Gives the ending back; a success that could
 * not be recorded is none, since nobody could verify it or go back to it.
 */
export async function recordOutcome(request: OutcomeRequest): Promise<Ending> {
  const { store, log, record, ended } = request;
  const { revision } = record.summary;
  const isHurried = ended.outcome === "cancelled" || ended.outcome === "unknown";
  try {
    await store.update(record, isHurried ? AbortSignal.timeout(lastWordsMs) : undefined);
  } catch (error) {
    if (ended.outcome === "succeeded") return { outcome: "unknown", error: unrecorded(revision, error) };
    log.warning(`The outcome "${ended.outcome}" of r${revision} could not be recorded: ${messageOf(error)}`);
    return ended;
  }
  if (!isHurried) await removeExpired(request);
  return ended;
}

async function removeExpired({ store, log, history, record }: OutcomeRequest): Promise<void> {
  try {
    const old = expired([...history, record.summary]);
    await inParallel(old, parallelRequests, ({ revision }) => store.remove(revision));
  } catch (error) {
    log.warning(`Old release records could not be removed: ${messageOf(error)}`);
  }
}

/** Writes down that a workflow run wanted what is there: none that is older may change it (`refuseToOvertake`). Never throws. */
export async function recordConfirmation(
  { store, log }: Pick<OutcomeRequest, "store" | "log">,
  { revision, runId, watched }: Pick<ReleaseSummary, "revision" | "runId"> & { readonly watched: boolean },
): Promise<void> {
  try {
    // Read again, since a smoke test may have marked it meanwhile.
    const release = (await store.history()).find((each) => each.revision === revision);
    if (release === undefined) return;
    const { watched: before, ...rest } = release;
    const isNews = runId !== "" && !isNewer(release.confirmedBy ?? release.runId, runId);
    // What was only applied then has been seen to be current now.
    const isSeen = before === false && watched;
    if (!isNews && !isSeen) return;
    await store.annotate({ ...(isSeen ? rest : release), ...(isNews ? { confirmedBy: runId } : {}) });
  } catch (error) {
    log.warning(`That this run found r${revision} in place could not be recorded: ${messageOf(error)}`);
  }
}

/** Whether a workflow run is the other one, or started after it. A release made outside of any has none. */
function isNewer(runId: string, other: string): boolean {
  return runId !== "" && BigInt(runId) >= BigInt(other);
}

function unrecorded(revision: number, cause: unknown): SlipwayError {
  return new SlipwayError(`Cannot record that r${revision} succeeded because the cluster did not take the record`, {
    code: "unreachable",
    hint: "All of its objects are up. Deploy again: nothing will change, and it is recorded then.",
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
