// node:child_process and not @actions/exec: that one has no way to stop a program when the job is cancelled, echoes output past
// `neutralise`, and splits one command string into words. What is left to write here is short.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { SlipwayError } from "../error.ts";
import type { Exec, ExecResult } from "./runner.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type ExecOptions = NonNullable<Parameters<Exec>[2]>;

/** From SIGTERM to SIGKILL. The runner gives a cancelled job about seven seconds in all. */
const graceMs = 3000;
/** How long output may stay open after the program ended, because a child of its own still holds it. */
const lingerMs = 1000;

/**
 * Runs programs for an action: with its environment less the inputs and the state (tokens are nobody else's business), until they end or
 * the job is cancelled.
 */
export function createExec(context: { readonly env: Environment; readonly signal: AbortSignal }): Exec {
  const inherited = withoutInputs(context.env);
  return async (command, args, options = {}) => {
    const signal = options.signal ? AbortSignal.any([context.signal, options.signal]) : context.signal;
    signal.throwIfAborted();
    return run({ command, args, options, env: { ...inherited, ...options.env }, signal });
  };
}

function withoutInputs(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:INPUT|STATE)_/.test(name)));
}

interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: ExecOptions;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

function run({ command, args, options, env, signal }: Run): Promise<ExecResult> {
  const child = spawn(command, args, { cwd: options.cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  const stdout = collect(child.stdout, (line) => options.onLine?.(line, "stdout"));
  const stderr = collect(child.stderr, (line) => options.onLine?.(line, "stderr"));
  child.stdin.on("error", () => undefined); // A program need not read its input; its exit code tells whether it minded.
  child.stdin.end(options.input ?? "");

  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    const stop = (): void => {
      child.kill("SIGTERM");
      timers.push(setTimeout(() => child.kill("SIGKILL"), graceMs));
    };
    signal.addEventListener("abort", stop, { once: true });
    const settle = (): void => {
      signal.removeEventListener("abort", stop);
      timers.forEach(clearTimeout);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return; // It runs; only a signal could not be delivered.
      settle();
      reject(notStarted(command, options.cwd, error));
    });
    child.on("exit", () => {
      timers.push(setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), lingerMs));
    });
    child.on("close", (code, killedBy) => {
      settle();
      if (signal.aborted) reject(signal.reason as Error);
      else
        resolve({
          exitCode: code ?? 128 + constants.signals[killedBy ?? "SIGTERM"],
          stdout: stdout(),
          stderr: stderr(),
        });
    });
  });
}

/** Gathers a stream's text, calling `onLine` for each whole line as it comes. A last line without its end counts too. */
function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => string {
  let text = "";
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text += chunk;
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  stream.on("close", () => {
    if (rest !== "") onLine(rest);
  });
  return () => text;
}

function notStarted(command: string, cwd: string | undefined, error: NodeJS.ErrnoException): SlipwayError {
  const why =
    error.code === "ENOENT" ? `there is no such program on PATH${cwd ? `, or no folder ${cwd}` : ""}` : error.message;
  return new SlipwayError(`Cannot run ${command} because ${why}`, {
    code: "configuration",
    hint: `Install ${command} in an earlier step of the job.`,
    cause: error,
  });
}
