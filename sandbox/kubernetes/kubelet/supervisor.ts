import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { killGroup, killMarked, markVariable } from "./survivors.ts";

export interface ProcessOptions {
  readonly file: string;
  readonly args: readonly string[];
  /** What the program sees as its own name. */
  readonly argv0: string;
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  /** Processes of one container share it. */
  readonly container: string;
  readonly onOutput: (stream: "stdout" | "stderr", chunk: Buffer) => void;
}

export interface ProcessEnd {
  /** 128 + the signal's number when a signal ended it. */
  readonly exitCode: number;
}

/** A child process that leads a process group of its own. */
export interface GroupProcess {
  readonly pid: number;
  /** Resolves when the process has ended, the rest of its group is killed, and its output is read. */
  readonly ended: Promise<ProcessEnd>;
  /** Sends a signal to the process alone, as a container runtime does; what it started is its own business. */
  signal(signal: NodeJS.Signals | number): void;
  /** Kills the whole group. */
  kill(): void;
}

/** Starts the processes of one kubelet, and sees to it that none of them outlives it, however it ends. */
export class Supervisor {
  readonly #reaper: ChildProcess;
  readonly #mark: string;

  private constructor(reaper: ChildProcess, mark: string) {
    this.#reaper = reaper;
    this.#mark = mark;
  }

  /** `rootDir` is removed in the end. */
  static start(rootDir: string): Supervisor {
    const mark = `${randomUUID()}/`;
    const program = join(import.meta.dirname, "reaper.ts");
    const reaper = spawn(process.execPath, ["--no-warnings", program, mark, rootDir], {
      // Out of the terminal's process group: Ctrl-C is for the owner, which then stops in its own time.
      detached: true,
      stdio: ["pipe", "ignore", "inherit"],
      env: {},
    });
    // Should the reaper be killed, the kubelet goes on; only its own sudden death would leave processes behind then.
    reaper.stdin.on("error", () => undefined);
    reaper.unref();
    return new Supervisor(reaper, mark);
  }

  /** @throws what the system says when the program cannot be started. */
  async start(options: ProcessOptions): Promise<GroupProcess> {
    const mark = `${this.#mark}${options.container}`;
    const child = spawn(options.file, options.args, {
      argv0: options.argv0,
      cwd: options.cwd,
      env: { ...Object.fromEntries(options.env), [markVariable]: mark },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (child.pid !== undefined) this.#tell(`+${child.pid}`);
    const end = endOf(child);
    await once(child, "spawn");
    const { pid } = child;
    if (pid === undefined) throw new Error(`${options.file} has no process id`);
    child.stdout.on("data", (chunk: Buffer) => options.onOutput("stdout", chunk));
    child.stderr.on("data", (chunk: Buffer) => options.onOutput("stderr", chunk));
    const ended = end.then(async (result) => {
      killGroup(pid);
      await outputRead([child.stdout, child.stderr]);
      this.#tell(`-${pid}`);
      return result;
    });
    return { pid, ended, signal: (signal) => child.kill(signal), kill: () => killGroup(pid) };
  }

  /** Kills what is left of a container: processes that went into the background. */
  async sweep(container: string): Promise<void> {
    await killMarked(`${this.#mark}${container}`);
  }

  /** Kills every process that is left, and removes the root directory. */
  async stop(): Promise<void> {
    const gone =
      this.#reaper.exitCode === null && this.#reaper.signalCode === null ? once(this.#reaper, "exit") : undefined;
    this.#reaper.ref();
    this.#reaper.stdin?.end();
    await gone;
  }

  #tell(line: string): void {
    this.#reaper.stdin?.write(`${line}\n`);
  }
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      resolve({ exitCode: signal === null ? (code ?? 0) : 128 + constants.signals[signal] });
    });
  });
}

/** A process that left its group may hold the pipes for ever, so this waits a second at most. */
async function outputRead(streams: readonly Readable[]): Promise<void> {
  const timer = setTimeout(() => streams.forEach((stream) => stream.destroy()), 1_000);
  await Promise.allSettled(streams.map((stream) => finished(stream)));
  clearTimeout(timer);
}
