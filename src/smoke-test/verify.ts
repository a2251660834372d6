import { openApi } from "../cluster/open.ts";
import { SlipwayError } from "../error.ts";
import { newest } from "../release/record/history.ts";
import type { ReleaseSummary } from "../release/record/record.ts";
import { releaseStore } from "../release/record/store.ts";
import type { ReleaseStore } from "../release/record/store.ts";
import type { Runner } from "../runner/runner.ts";
import type { SmokeTestInputs } from "./inputs.ts";

/** The release under test, and how to mark it. */
export interface TestedRelease {
  readonly summary: ReleaseSummary;
  readonly store: ReleaseStore;
  close(): void;
}

/** What became of marking a release verified, as a sentence without its full stop. */
export interface Verdict {
  readonly verified: boolean;
  readonly text: string;
  /** Why it could not be marked: the step fails, since a rollback would miss it. */
  readonly error?: SlipwayError;
}

/**
 * Reads the record of the release that the input `revision` names; undefined where none is named.
 * @throws SlipwayError where app, namespace or revision are missing, there is no such release, or it did not succeed.
 */
export async function openRelease(runner: Runner, inputs: SmokeTestInputs): Promise<TestedRelease | undefined> {
  const release = namedRelease(inputs);
  if (release === undefined) return undefined;
  const { app, revision } = release;
  const api = await openApi(runner, inputs, inputs.timeout);
  try {
    const store = releaseStore(api, release);
    const history = await store.history();
    const summary = history.find((each) => each.revision === revision);
    if (summary === undefined) throw noRelease(release, history);
    if (summary.outcome !== "succeeded") throw notDeployed(app, summary);
    return { summary, store, close: () => api.close() };
  } catch (error) {
    api.close();
    throw error;
  }
}

interface NamedRelease {
  readonly app: string;
  readonly namespace: string;
  readonly revision: number;
}

function namedRelease({ app, namespace, revision, cluster, kubeconfig }: SmokeTestInputs): NamedRelease | undefined {
  if (revision === undefined && cluster === undefined && kubeconfig === undefined) return undefined;
  if (app !== undefined && namespace !== undefined && revision !== undefined) return { app, namespace, revision };
  const given = { app, namespace, revision };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  throw new SlipwayError(`Cannot tell which release to mark verified: got no ${missing.join(", no ")}`, {
    code: "configuration",
    hint: 'Give "app", "namespace" and "revision" as the outputs of deploy-doks have them, or none of them and no cluster.',
  });
}

/** Marks the release verified, unless somebody has deployed since: then it was not this release alone that answered. */
export async function markVerified({ summary, store }: Pick<TestedRelease, "summary" | "store">): Promise<Verdict> {
  const release = `r${summary.revision}`;
  try {
    const history = await store.history();
    const latest = newest(history);
    const current = history.find(({ revision }) => revision === summary.revision);
    if (current === undefined) return notMarked(release, "its record is gone");
    if (latest !== undefined && latest !== current) {
      const actor = latest.actor === "" ? "" : ` by ${latest.actor}`;
      return notMarked(release, `r${latest.revision}${actor} was deployed meanwhile`);
    }
    await store.annotate({ ...current, verified: new Date().toISOString() });
    return { verified: true, text: `${release} is verified` };
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return { verified: false, text: `${release} could not be marked verified`, error };
  }
}

function notMarked(release: string, why: string): Verdict {
  return { verified: false, text: `${release} is not marked verified, because ${why}` };
}

function noRelease({ app, namespace, revision }: NamedRelease, history: readonly ReleaseSummary[]): SlipwayError {
  const known = history.map((each) => `r${each.revision}`).join(", ") || "no release at all";
  return new SlipwayError(
    `Cannot test ${app} because there is no release r${revision} in the namespace ${namespace}: got ${known}`,
    { code: "configuration", hint: 'Pass the output "revision" of deploy-doks.' },
  );
}

function notDeployed(app: string, { revision, outcome }: ReleaseSummary): SlipwayError {
  return new SlipwayError(`Cannot test ${app} r${revision} because its deploy did not succeed: got ${outcome}`, {
    code: "refused",
    hint: "Test a release that was deployed.",
  });
}
