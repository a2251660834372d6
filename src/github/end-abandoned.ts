import type { Runner } from "../runner/runner.ts";
import { openGitHub } from "./client.ts";
import { Deployments } from "./deployments.ts";
import { keptDeployment } from "./kept-deployment.ts";
import { within } from "../runner/within.ts";

/** The runner gives post steps little time once a job was cancelled. */
const limitMs = 5_000;

/**
 * For the post step: ends the deployment of a main step that was killed before it could, so that none is in progress for ever.
 * @throws SlipwayError where GitHub does not take it.
 */
export async function endAbandoned(runner: Runner): Promise<void> {
  const kept = keptDeployment(runner);
  if (kept === undefined) return;
  const { clock, env, signal } = runner;
  const token = runner.input("github-token");
  runner.mask(token);
  await within({ clock, signal, ms: limitMs, doing: "end the deployment at GitHub" }, async (until) => {
    const api = openGitHub({ token, env, clock, signal: until });
    try {
      const description = "The run was ended before it could say how this went.";
      await new Deployments(api, kept.repository).tell(kept.id, { state: "error", description, logUrl: kept.logUrl });
    } finally {
      api.close();
    }
  });
}
