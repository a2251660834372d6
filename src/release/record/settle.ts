import { ApiError } from "../../kubernetes/api-error.ts";
import type { Log } from "../../runner/runner.ts";
import { recordName } from "./record-secrets.ts";
import type { RecordOwner } from "./record-secrets.ts";
import type { ReleaseSummary } from "./record.ts";
import type { ReleaseStore } from "./store.ts";

/** What whoever has taken the lock finds. */
export interface Settled {
  /** Oldest first. */
  readonly history: readonly ReleaseSummary[];
  /** What was found that is not as it should be, for the report. */
  readonly remarks: readonly string[];
}

/**
 * The history, once what killed runs left behind is told of and put in order: whoever holds the lock is the only one who deploys. What
 * they left half done in the cluster needs nothing else, since every plan compares with the cluster itself.
 */
export async function settle(log: Log, store: ReleaseStore, owner: RecordOwner): Promise<Settled> {
  const { releases, orphans } = await store.list();
  const remarks = releases.flatMap((release) => remarkOn(release, owner) ?? []);
  for (const { text, isBad } of remarks) {
    if (isBad) log.warning(text);
    else log.notice(text);
  }
  const history = await Promise.all(releases.map((release) => settleOne(store, release)));
  if (orphans.length > 0) await removeOrphans(log, store, orphans);
  return { history, remarks: remarks.map(({ text }) => text) };
}

async function removeOrphans(log: Log, store: ReleaseStore, orphans: readonly string[]): Promise<void> {
  const names = orphans.join(", ");
  log.info(`Removing ${names}: a run was killed while it wrote that record, so it is none`);
  try {
    await store.removeOrphans(orphans);
  } catch (error) {
    // They are in nobody's way.
    if (!(error instanceof ApiError)) throw error;
    log.warning(`${names} could not be removed: ${error.message}`);
  }
}

async function settleOne(store: ReleaseStore, release: ReleaseSummary): Promise<ReleaseSummary> {
  if (release.outcome !== "pending") return release;
  const known = { ...release, outcome: "unknown" as const };
  await store.annotate(known);
  return known;
}

function remarkOn(
  release: ReleaseSummary,
  { app, namespace }: RecordOwner,
): { readonly text: string; readonly isBad: boolean } | undefined {
  const { revision, outcome, damaged } = release;
  if (damaged !== undefined) {
    const name = recordName(app, revision);
    const text = `The release record ${name} is damaged, because ${damaged}. It is left as it is, and nothing can go back to r${revision}. "kubectl delete secret ${name} -n ${namespace}" ends this warning.`;
    return { text, isBad: true };
  }
  if (outcome !== "pending") return undefined;
  const who = release.actor === "" ? "" : ` of ${release.actor}`;
  const run = release.run === "" ? "" : ` (${release.run})`;
  const text = `r${revision} was never finished: its run${who}${run} was killed or cut off. What it left half done is compared with what is wanted now, and finished or undone.`;
  return { text, isBad: false };
}
