import type { Problem } from "../error.ts";
import type { LiveLines } from "./live-lines.ts";
import type { Clock } from "./clock.ts";

/** Where an annotation points: `file` relative to the workspace, `line` counted from 1. */
export type Place = Pick<Problem, "file" | "line"> & { readonly title?: string };

/**
 * What a person reads while the action runs. Every text is neutralised before it is printed: nothing that came from a cluster,
 * a registry or a package can start a runner command.
 */
export interface Log {
  info(text: string): void;
  debug(text: string): void;
  notice(text: string, place?: Place): void;
  warning(text: string, place?: Place): void;
  error(text: string, place?: Place): void;
  /** Folds what `work` logs under one title. Groups do not nest: an inner group prints its title as a line. */
  group<T>(title: string, work: () => T | Promise<T>): Promise<T>;
  /** Only where the log is a terminal. */
  readonly live?: LiveLines;
}

/** What the workflow run is about, from the runner's environment. Empty strings where the runner says nothing. */
export interface RunContext {
  readonly sha: string;
  readonly ref: string;
  readonly refName: string;
  readonly refType: string;
  readonly baseRef: string;
  readonly eventName: string;
  readonly actor: string;
  readonly repository: string;
  readonly workflow: string;
  readonly runId: string;
  readonly runAttempt: string;
  readonly serverUrl: string;
  /** The event's payload (GITHUB_EVENT_PATH), attacker-shaped. `{}` without one. */
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program with an argument array, never through a shell. Never throws for a non-zero exit: the exit code is the answer.
 * Throws `SlipwayError` (`configuration`) when there is no such program, and the reason of the job's or the call's signal when it aborts;
 * the program is then asked to end, and killed after three seconds.
 */
export type Exec = (
  command: string,
  args: readonly string[],
  options?: {
    readonly cwd?: string;
    /** Added to the process's environment, of which inputs and state are not passed on. */
    readonly env?: Readonly<Record<string, string>>;
    readonly input?: string;
    /** Called with every whole line of output as it comes; lines are also kept in the result. */
    readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
    readonly signal?: AbortSignal;
  },
) => Promise<ExecResult>;

/**
 * The GitHub runner, as an action sees it: made once by `runAction` and handed down as a port. Only `src/runner` touches the
 * process's environment, its exit code and the runner's files.
 */
export interface Runner {
  readonly log: Log;
  readonly context: RunContext;
  readonly exec: Exec;
  /** Every wait and every measured time of the action is on it. */
  readonly clock: Clock;
  /** Aborted by SIGINT or SIGTERM: the job was cancelled, and about seven seconds remain. */
  readonly signal: AbortSignal;
  /** GITHUB_WORKSPACE, else the working directory. Paths of inputs are relative to it. */
  readonly workspace: string;
  /** RUNNER_TEMP: paths in outputs lie here. */
  readonly temp: string;
  /** The process's environment, read-only: DIGITALOCEAN_API_URL, proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The raw text of an input, trimmed; "" where it is not given. Prefer `readInputs`. */
  input(name: string): string;
  setOutput(name: string, value: string | number | boolean): void;
  /** Appends Markdown to the job summary. The caller escapes untrusted text with `src/report/markdown.ts`. */
  addSummary(markdown: string): void;
  /**
   * Masks a secret leaf in everything the job prints, with the encodings the runner misses. Never give it a whole document. Values of
   * fewer than four characters and words such as `true` stay visible: they would hide half the log and protect nothing.
   */
  mask(secret: string): void;
  /**
   * Hides a secret that was not an input, such as a value of a Secret: with all its encodings in everything that this action prints. Of
   * those there may be thousands, so the runner is told of its lines alone, for the steps to come, and of none of a large file.
   */
  hide(secret: string): void;
  /**
   * Text without what was masked so far, as it is or escaped for JSON, XML or a URL: for files, which nobody masks.
   * Text for Markdown is redacted before its escapes are added.
   */
  redact(text: string): string;
  /** Keeps a value for the post step. Never a secret that outlives the job. */
  saveState(name: string, value: string): void;
  getState(name: string): string;
}
