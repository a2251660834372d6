import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { inputs as deployInputs } from "../../src/deploy-doks/inputs.ts";
import { run as deploy } from "../../src/deploy-doks/run.ts";
import type { Outcome } from "../../src/error.ts";
import { inputs as rollbackInputs } from "../../src/rollback/inputs.ts";
import { run as rollBack } from "../../src/rollback/run.ts";
import type { Clock } from "../../src/runner/clock.ts";
import { reportError } from "../../src/runner/error-report.ts";
import { readInputs } from "../../src/runner/inputs.ts";
import type { Log, Runner } from "../../src/runner/runner.ts";

export type ActionName = "deploy-doks" | "rollback";

export interface ActionCall {
  readonly action: ActionName;
  /** Those that are not given have the defaults of action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly temp: string;
  /** GitHub's number of the workflow run. */
  readonly runId: string;
}

/** What a run has told its user. */
export interface Told {
  readonly outcome: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  /** Every line, annotations with their level before them. */
  readonly log: readonly string[];
  readonly summary: string;
}

/** Runs an action in this process, the way `runAction` does in one of its own, on a clock of the caller. */
export async function runAction(call: ActionCall, clock: Clock): Promise<Told> {
  const outputs: Record<string, string> = {};
  const log: string[] = [];
  const summary: string[] = [];
  const values = { ...(await defaultsOf(call.action)), ...call.inputs };
  const runner: Runner = {
    log: recordingLog(log),
    context: contextOf(call.runId),
    exec: () => Promise.reject(new Error("no program is run here")),
    clock,
    signal: new AbortController().signal,
    workspace: call.workspace,
    temp: call.temp,
    env: {},
    input: (name) => (values[name] ?? "").trim(),
    setOutput: (name, value) => (outputs[name] = String(value)),
    addSummary: (markdown) => summary.push(markdown),
    mask: () => undefined,
    hide: () => undefined,
    redact: (text) => text,
    saveState: () => undefined,
    getState: () => "",
  };
  const outcome = await act(call.action, runner);
  return { outcome, outputs: { ...outputs, outcome }, log, summary: summary.join("\n") };
}

async function act(action: ActionName, runner: Runner): Promise<Outcome> {
  try {
    if (action === "rollback") return await rollBack(runner, await readInputs(runner, rollbackInputs));
    return await deploy(runner, await readInputs(runner, deployInputs));
  } catch (error) {
    return reportError(error, runner.log);
  }
}

const defaults = new Map<ActionName, Promise<Record<string, string>>>();

/** Read once: they are the same in thousands of runs. */
function defaultsOf(action: ActionName): Promise<Record<string, string>> {
  const found = defaults.get(action) ?? readDefaults(action);
  defaults.set(action, found);
  return found;
}

async function readDefaults(action: ActionName): Promise<Record<string, string>> {
  const path = join(import.meta.dirname, "../../actions", action, "action.yml");
  const { inputs } = parse(await readFile(path, "utf8")) as { inputs: Record<string, { default?: string }> };
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? ""]));
}

function recordingLog(lines: string[]): Log {
  const say = (level: string) => (text: string) => void lines.push(`${level}${text}`);
  return {
    info: say(""),
    debug: say("debug: "),
    notice: say("notice: "),
    warning: say("warning: "),
    error: say("error: "),
    group: async (title, work) => {
      lines.push(title);
      return work();
    },
  };
}

function contextOf(runId: string): Runner["context"] {
  return {
    sha: "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01",
    ref: "refs/heads/main",
    refName: "main",
    refType: "branch",
    baseRef: "",
    eventName: "push",
    actor: "octocat",
    repository: "acme/backstage",
    workflow: "Deploy",
    runId,
    runAttempt: "1",
    serverUrl: "https://github.com",
    payload: {},
  };
}
