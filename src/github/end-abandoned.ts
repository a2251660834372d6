import type { Runner } from "../runner/runner.ts";
import { within } from "../runner/within.ts";
import { keptDeployment } from "./kept-deployment.ts";
import type { KeptDeployment } from "./kept-deployment.ts";

/** The runner gives post steps little time once a job was cancelled. */
const limitMs = 5_000;

/**
 * For the post step: ends the deployment of a main step that was killed before it could, so that none is in progress for ever. Mostly there
 * is none, and then nothing is loaded.
 * @throws SlipwayError where GitHub does not take it.
 */
export async function endAbandoned(runner: Runner): Promise<void> {
  const kept = keptDeployment(runner);
  if (kept === undefined) return;
  const { clock, signal } = runner;
  await within({ clock, signal, ms: limitMs, doing: "end the deployment at GitHub" }, (until) =>
    end({ ...runner, signal: until }, kept),
  );
}

async function end(runner: Runner, { repository, id, logUrl }: KeptDeployment): Promise<void> {
  const [{ openGitHub }, { Deployments }] = await Promise.all([import("./client.ts"), import("./deployments.ts")]);
  const token = runner.input("github-token");
  runner.mask(token);
  const api = openGitHub({ ...runner, token });
  try {
    const description = "The run was ended before it could say how this went.";
    await new Deployments(api, repository).tell(id, { state: "error", description, logUrl });
  } finally {
    api.close();
  }
}
