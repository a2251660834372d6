import type { RunContext } from "../runner/runner.ts";
import type { ReleaseFacts } from "./carry-out.ts";

/** What the record tells of the run that made a release. */
export function factsOf(app: string, context: RunContext): Omit<ReleaseFacts, "images"> {
  const { sha: commit, actor, repository, runId, serverUrl } = context;
  const run = runId === "" || serverUrl === "" ? "" : `${serverUrl}/${repository}/actions/runs/${runId}`;
  return { app, commit, actor, repository, run, runId };
}
