import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "yaml";
import { annotationOf, parseCommand, parseKeyValues, SecretMasker, type Annotation } from "./runner-output.ts";

const root = join(import.meta.dirname, "..");

/** One step of a job: how its process is started and ended. */
export interface Step {
  /** What stands under `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The job's folder, which the caller makes and removes: RUNNER_TEMP, the runner's files and the workspace lie in it. */
  readonly folder: string;
  /** GITHUB_WORKSPACE; `<folder>/workspace` if not given. */
  readonly workspace?: string;
  /** Added to the environment of a push to main; GITHUB_* variables replace those of the run. Nothing else is inherited but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** The event's payload. */
  readonly event?: unknown;
  /** Aborting it cancels the job as the runner does: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
  readonly signal?: AbortSignal;
  /** Aborting it kills the process at once, as a runner that is lost does. The run ends with exit code 137. */
  readonly kill?: AbortSignal;
  /** The process is killed and the run rejects when it takes longer; two minutes if not given. */
  readonly deadlineMs?: number;
  /** Called with each line as it comes, secrets masked, commands as the action wrote them. */
  readonly onLine?: (line: string) => void;
}

/** A step that `uses:` one of our actions. Inputs that it does not give have the defaults of action.yml. */
export interface ActionStep extends Step {
  /** The folder's name under actions/. */
  readonly action: string;
  /** What to run: the built bundle, or with `source` src/<action>/main.ts as it is. SLIPWAY_ENTRY=source changes it for a whole test run. */
  readonly entry?: "bundle" | "source";
}

/** What came of one process: the main or the post step. */
export interface ActionRun {
  readonly exitCode: number;
  /** As the log shows it: without masking commands, secrets as asterisks. Other commands stand as the action wrote them. */
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly durationMs: number;
  /** What the action has told the runner to hide so far. */
  readonly hidden: readonly string[];
}

export interface MainRun extends ActionRun {
  /** Runs the post step, as at the end of the job. */
  post(): Promise<ActionRun>;
}

interface Manifest {
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string };
}

/** Runs an action the way the runner does: a process of its own, with INPUT_* variables and the runner's files. */
export async function runBundle(step: ActionStep): Promise<MainRun> {
  const manifest = parse(await readFile(join(root, "actions", step.action, "action.yml"), "utf8")) as Manifest;
  return runScript({ ...step, inputs: withDefaults(step, manifest), script: scriptOf(step, manifest) });
}

/** Runs any script as an action: `runBundle` without the action.yml. */
export async function runScript(step: Step & { readonly script: string }): Promise<MainRun> {
  const inputs = Object.entries(step.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const);
  const environment = { ...(await jobEnvironment(step)), ...Object.fromEntries(inputs) };
  const { script, signal } = step;
  const masker = new SecretMasker();
  const main = await runProcess({ step, script, environment, signal, masker });
  return {
    ...main,
    post() {
      const state = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value] as const);
      // Without the signal: post steps run in a cancelled job too.
      return runProcess({
        step,
        script,
        environment: { ...environment, ...Object.fromEntries(state) },
        signal: undefined,
        masker,
      });
    },
  };
}

function withDefaults(step: ActionStep, { inputs: declared = {} }: Manifest): Record<string, string> {
  const unknown = Object.keys(step.inputs).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`actions/${step.action}/action.yml has no input ${unknown.join(", ")}`);
  const values = Object.entries(declared).map(
    ([name, input]) => [name, step.inputs[name] ?? input.default ?? ""] as const,
  );
  return Object.fromEntries(values);
}

function scriptOf({ action, entry }: ActionStep, { runs }: Manifest): string {
  const fromSource = (entry ?? process.env.SLIPWAY_ENTRY) === "source";
  const script = fromSource ? join(root, "src", action, "main.ts") : join(root, "actions", action, runs.main);
  if (!existsSync(script)) throw new Error(`There is no ${script}${fromSource ? "" : ': run "npm run build" first'}`);
  return script;
}

async function jobEnvironment(step: Step): Promise<Record<string, string>> {
  const { folder, workspace = join(folder, "workspace"), event = {}, env } = step;
  const temp = join(folder, "temp");
  const eventPath = join(folder, `event-${randomUUID()}.json`);
  await Promise.all([mkdir(temp, { recursive: true }), mkdir(workspace, { recursive: true })]);
  await writeFile(eventPath, JSON.stringify(event));
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? folder,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_EVENT_NAME: "push",
    GITHUB_REPOSITORY: "acme/backstage",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_WORKFLOW: "Deploy",
    GITHUB_RUN_ID: "1000",
    GITHUB_RUN_NUMBER: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_ACTOR: "octocat",
    GITHUB_SHA: "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01",
    GITHUB_REF: "refs/heads/main",
    GITHUB_REF_NAME: "main",
    GITHUB_REF_TYPE: "branch",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: temp,
    ...env,
  };
}

interface Launch {
  readonly step: Step;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** The runner keeps what it was told to hide until the end of the job. */
  readonly masker: SecretMasker;
}

async function runProcess(launch: Launch): Promise<ActionRun> {
  const { step, masker } = launch;
  const files = await runnerFiles(step.folder);
  const log = new StepLog(masker, step.onLine);
  const started = performance.now();
  const environment = { ...launch.environment, ...files };
  const { exitCode, stderr } = await spawnScript({ ...launch, environment }, log);
  const durationMs = performance.now() - started;
  const read = async (path: string): Promise<string> => readFile(path, "utf8");
  return {
    exitCode,
    durationMs,
    stdout: log.lines.join("\n"),
    stderr: masker.mask(stderr),
    outputs: { ...log.legacyOutputs, ...parseKeyValues(await read(files.GITHUB_OUTPUT)) },
    state: parseKeyValues(await read(files.GITHUB_STATE)),
    summary: masker.mask(await read(files.GITHUB_STEP_SUMMARY)),
    annotations: log.annotations,
    hidden: masker.told,
  };
}

/** What the runner makes of the lines an action prints. */
class StepLog {
  readonly lines: string[] = [];
  readonly annotations: Annotation[] = [];
  /** Outputs set by a command in the log, which is how untrusted text would forge them. */
  readonly legacyOutputs: Record<string, string> = {};
  readonly #masker: SecretMasker;
  readonly #onLine: ((line: string) => void) | undefined;

  constructor(masker: SecretMasker, onLine: ((line: string) => void) | undefined) {
    this.#masker = masker;
    this.#onLine = onLine;
  }

  add(line: string): void {
    const command = parseCommand(line);
    if (command?.name === "add-mask") {
      this.#masker.add(command.data);
      return;
    }
    const masked = this.#masker.mask(line);
    this.lines.push(masked);
    this.#onLine?.(masked);
    if (command?.name === "set-output") this.legacyOutputs[command.properties.name ?? ""] = command.data;
    const annotation = command && annotationOf(command);
    if (annotation) this.annotations.push({ ...annotation, message: this.#masker.mask(annotation.message) });
  }
}

async function runnerFiles(
  folder: string,
): Promise<Record<"GITHUB_OUTPUT" | "GITHUB_STATE" | "GITHUB_STEP_SUMMARY", string>> {
  const step = join(folder, "runner-files", randomUUID());
  await mkdir(step, { recursive: true });
  const files = {
    GITHUB_OUTPUT: join(step, "output"),
    GITHUB_STATE: join(step, "state"),
    GITHUB_STEP_SUMMARY: join(step, "summary.md"),
  };
  await Promise.all(Object.values(files).map((path) => writeFile(path, "")));
  return files;
}

function spawnScript(launch: Launch, log: StepLog): Promise<{ exitCode: number; stderr: string }> {
  const { script, environment: env, signal } = launch;
  const { deadlineMs = 120_000 } = launch.step;
  const child = spawn(process.execPath, [script], {
    cwd: env.GITHUB_WORKSPACE,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on("line", (line) => log.add(line));

  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    const deadline = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new Error(`${script} did not end within ${deadlineMs} ms. It printed:\n${log.lines.join("\n")}\n${stderr}`),
      );
    }, deadlineMs);
    const cancel = (): void => {
      child.kill("SIGINT");
      timers.push(
        setTimeout(() => child.kill("SIGTERM"), 7_500),
        setTimeout(() => child.kill("SIGKILL"), 10_000),
      );
    };
    launch.step.kill?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
    if (signal?.aborted) cancel();
    else signal?.addEventListener("abort", cancel, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      [deadline, ...timers].forEach(clearTimeout);
      signal?.removeEventListener("abort", cancel);
      resolve({ exitCode: code ?? 137, stderr });
    });
  });
}
