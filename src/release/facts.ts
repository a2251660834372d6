import type { RunContext } from "../runner/runner.ts";
import type { ReleaseFacts } from "./carry-out.ts";

/** What the record tells of the run that made a release. */
export function factsOf(app: string, context: RunContext): Omit<ReleaseFacts, "images"> {
  const { sha: commit, actor, repository, runId, runAttempt, serverUrl } = context;
  const run = runId === "" || serverUrl === "" ? "" : `${serverUrl}/${repository}/actions/runs/${runId}`;
  const attempt = /^[1-9]\d{0,5}$/.test(runAttempt) ? { runAttempt: Number(runAttempt) } : {};
  return { app, commit, actor, repository, run, runId, ...attempt };
}
