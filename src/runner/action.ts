import { SlipwayError, type Outcome } from "../error.ts";
import { explain, reportError } from "./error-report.ts";
import { createGitHubRunner, type GitHubRunner } from "./github-runner.ts";
import type { Runner } from "./runner.ts";

/** An action: what it does, and what its post step cleans up. The two run in processes of their own; state passes between them. */
export interface Action {
  /** Resolves to how the run ended; what it throws decides otherwise. */
  main(runner: Runner): Promise<Outcome>;
  post?(runner: Runner): Promise<void>;
}

/** How long connections and timers that were left open may keep the process alive after its work is done. */
const lingerMs = 1000;

/**
 * Runs an action's main or post step as the runner started it, and turns the result into annotations, the output `outcome` and the exit
 * code. The one place that does: everything else throws or returns.
 */
export async function runAction(action: Action): Promise<void> {
  const runner = createGitHubRunner(cancellation());
  const isPost = runner.getState("isPost") === "true";
  const end = (outcome: Outcome): void => {
    process.removeListener("exit", endedEarly);
    if (!isPost) runner.setOutput("outcome", outcome);
    finish(runner, outcome);
  };
  const endedEarly = (): void => end(reportError(new Error("The action ended before its work was done"), runner.log));
  process.once("exit", endedEarly);
  process.once("uncaughtException", (error) => {
    end(reportError(error, runner.log));
    process.exit();
  });
  end(await (isPost ? post(action, runner) : main(action, runner)));
}

async function main(action: Action, runner: GitHubRunner): Promise<Outcome> {
  runner.saveState("isPost", "true");
  try {
    return await action.main(runner);
  } catch (error) {
    return reportError(cancelledOr(error, runner.signal), runner.log);
  }
}

/** What could not be cleaned up is a warning: it expires by itself, and a good release must not turn red for it. */
async function post(action: Action, runner: GitHubRunner): Promise<Outcome> {
  try {
    await action.post?.(runner);
  } catch (error) {
    if (!(error instanceof SlipwayError)) return reportError(error, runner.log);
    runner.log.warning(explain(error));
  }
  return "succeeded";
}

/** What a cancelled job's requests, timers and programs throw is the cancellation itself. */
function cancelledOr(error: unknown, signal: AbortSignal): unknown {
  const isAbort = error instanceof Error && error.name === "AbortError";
  return signal.aborted && isAbort ? signal.reason : error;
}

/** Aborted once the runner cancels the job: SIGINT first, SIGTERM seconds later. Any further signal changes nothing. */
function cancellation(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => controller.abort(new SlipwayError("The job was cancelled", { code: "cancelled" })));
  }
  return controller.signal;
}

function finish(runner: GitHubRunner, outcome: Outcome): void {
  runner.log.end();
  process.exitCode = outcome === "succeeded" && !runner.signal.aborted ? 0 : 1;
  // Does not keep the process alive itself, so it only ever fires where something else does.
  const lingering = setTimeout(() => {
    runner.log.debug(`Ending although still open: ${process.getActiveResourcesInfo().join(", ")}`);
    process.exit();
  }, lingerMs);
  lingering.unref();
}
