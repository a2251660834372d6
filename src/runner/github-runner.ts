import { tmpdir } from "node:os";
import { appendKeyValue, issueCommand } from "./commands.ts";
import { systemClock } from "./clock.ts";
import { readContext } from "./context.ts";
import { createLog, type RunnerLog } from "./log.ts";
import { formsOf, maskLines, masksOf } from "./masks.ts";
import { Redactor } from "./redactor.ts";
import type { Runner } from "./runner.ts";
import type { Terminal } from "./live-lines.ts";
import { createSummary } from "./summary.ts";

/** A key with its certificates is smaller. Every mask costs the runner time for each line of the log. */
const largeSecret = 16 * 1024;

/** The runner that started this process, which it knows from its environment. */
export interface GitHubRunner extends Runner {
  readonly log: RunnerLog;
}

/** Makes the port to the runner out of this process's environment. Nothing is written before the first call. */
export function createGitHubRunner(signal: AbortSignal): GitHubRunner {
  const env = process.env;
  const masked = new Set<string>();
  const hidden = new Redactor();
  const redact = (text: string): string => hidden.redact(text);
  const terminal =
    process.stdout.isTTY && env.GITHUB_ACTIONS !== "true" ? redacting(process.stdout, redact) : undefined;
  const tell = (masks: readonly string[]): void => {
    for (const mask of masks) {
      if (!masked.has(mask) && terminal === undefined) issueCommand("add-mask", {}, mask);
      masked.add(mask);
    }
  };
  return {
    log: createLog({ debug: env.RUNNER_DEBUG === "1", terminal, redact }),
    context: readContext(env),
    clock: systemClock,
    signal,
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    temp: env.RUNNER_TEMP || tmpdir(),
    env,
    exec: async (...call) => {
      const { createExec } = await import("./exec.ts");
      return createExec({ env, signal })(...call);
    },
    input: (name) => (env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim(),
    setOutput: (name, value) => appendKeyValue("GITHUB_OUTPUT", name, String(value)),
    addSummary: createSummary(env.GITHUB_STEP_SUMMARY).add,
    mask(secret) {
      tell(masksOf(secret));
      hidden.add(formsOf(secret));
    },
    hide(secret) {
      const lines = maskLines(secret);
      const isLarge = secret.length > largeSecret;
      if (!isLarge) tell(lines);
      hidden.add(isLarge ? lines : formsOf(secret));
    },
    redact,
    saveState: (name, value) => appendKeyValue("GITHUB_STATE", name, value),
    getState: (name) => env[`STATE_${name}`] ?? "",
  };
}

/** A person at a terminal has no runner that hides secrets. */
function redacting(terminal: Terminal, redact: (text: string) => string): Terminal {
  return {
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
    write: (text) => terminal.write(redact(text)),
  };
}
