import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { stopSignal } from "./command.ts";
import type { ImageConfig } from "./command.ts";
import { ContainerError, runError } from "./container-error.ts";
import type { ContainerLog } from "./container-log.ts";
import type { ContainerRoot } from "./container-root.ts";
import { findExecutable } from "./executable.ts";
import type { ExecEnd } from "./handler.ts";
import type { GroupProcess, ProcessOptions, Supervisor } from "./supervisor.ts";

export interface ContainerProcessOptions {
  readonly supervisor: Supervisor;
  /** The container's id. */
  readonly id: string;
  readonly root: ContainerRoot;
  readonly image: ImageConfig;
  readonly command: readonly string[];
  /** As the pod declares it, not translated yet. */
  readonly env: ReadonlyMap<string, string>;
  readonly memoryLimit: number | undefined;
  readonly log: ContainerLog;
}

export interface ContainerEnd {
  readonly exitCode: number;
  readonly reason: "Completed" | "Error" | "OOMKilled";
}

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const memoryCheckMs = 500;
const longestExecOutput = 10 * 1024;

/** A container's main process, and what can be done with it. */
export class ContainerProcess {
  /** Resolves when nothing of the container runs any more. */
  readonly ended: Promise<ContainerEnd>;
  readonly #options: ContainerProcessOptions;
  readonly #process: GroupProcess;
  readonly #over = new AbortController();
  #ranOutOfMemory = false;

  private constructor(options: ContainerProcessOptions, process: GroupProcess) {
    this.#options = options;
    this.#process = process;
    this.ended = this.#awaitEnd();
    if (options.memoryLimit !== undefined) void this.#watchMemory(options.memoryLimit);
  }

  /** @throws ContainerError */
  static async start(options: ContainerProcessOptions): Promise<ContainerProcess> {
    const onOutput: ProcessOptions["onOutput"] = (stream, chunk) => options.log.write(stream, chunk);
    return new ContainerProcess(options, await launch({ ...options, onOutput }));
  }

  /** Asks it to end, and kills it when it has not after `graceMs`. Called again, the earlier of the two moments holds. */
  stop(graceMs: number): void {
    this.#process.signal(stopSignal(this.#options.image));
    this.killAfter(graceMs);
  }

  killAfter(ms: number): void {
    // It may have ended before anybody asked it to. A timer would hold the sandbox up, and kill whoever has its number by then.
    if (this.#over.signal.aborted) return;
    const timer = setTimeout(() => this.#process.kill(), ms);
    this.#over.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  /** Runs one more command in the container; it is killed after `timeoutMs`. One that cannot be started ends with 126. */
  async exec(command: readonly string[], timeoutMs: number): Promise<ExecEnd> {
    const seen = { output: "", timedOut: false };
    const onOutput: ProcessOptions["onOutput"] = (_stream, chunk) => {
      if (seen.output.length < longestExecOutput) seen.output += chunk.toString();
    };
    try {
      const process = await launch({ ...this.#options, command, onOutput });
      const timer = setTimeout(() => {
        seen.timedOut = true;
        process.kill();
      }, timeoutMs);
      const { exitCode } = await process.ended;
      clearTimeout(timer);
      return { exitCode: seen.timedOut ? "timed out" : exitCode, output: seen.output.trim() };
    } catch (error) {
      if (error instanceof ContainerError) return { exitCode: 126, output: error.message };
      throw error;
    }
  }

  async #awaitEnd(): Promise<ContainerEnd> {
    const { exitCode } = await this.#process.ended;
    this.#over.abort();
    await this.#options.supervisor.sweep(this.#options.id);
    this.#options.log.close();
    if (this.#ranOutOfMemory) return { exitCode: 137, reason: "OOMKilled" };
    return { exitCode, reason: exitCode === 0 ? "Completed" : "Error" };
  }

  async #watchMemory(limit: number): Promise<void> {
    while (!this.#over.signal.aborted) {
      if (privateMemory(this.#process.pid) > limit) {
        this.#ranOutOfMemory = true;
        this.#process.kill();
        return;
      }
      await sleep(memoryCheckMs, undefined, { ref: false });
    }
  }
}

async function launch(
  o: Omit<ContainerProcessOptions, "log"> & Pick<ProcessOptions, "onOutput">,
): Promise<GroupProcess> {
  const { root } = o;
  const env = processEnvironment(o);
  const [program = "", ...args] = o.command;
  const path = o.env.get("PATH") ?? imageVariables(o.image).get("PATH") ?? defaultPath;
  const { file, leading } = findExecutable(root, program, path);
  const translated = args.map((arg) => root.translate(arg));
  try {
    return await o.supervisor.start({
      file,
      args: [...leading, ...translated],
      argv0: leading.length === 0 ? program : file,
      cwd: root.workingDirectory,
      env,
      container: o.id,
      onOutput: o.onOutput,
    });
  } catch (error) {
    throw runError(`exec: "${program}": ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The image's variables, then the pod's, with paths that lie in the container translated. */
function processEnvironment(o: Pick<ContainerProcessOptions, "root" | "image" | "env">): Map<string, string> {
  const home = { HOME: o.root.directory, TMPDIR: o.root.resolve("/tmp") };
  const all = new Map([["PATH", defaultPath], ...imageVariables(o.image), ...o.env]);
  const translated = [...all].map(
    ([name, value]) => [name, name === "PATH" ? value : o.root.translate(value)] as const,
  );
  const path = (all.get("PATH") ?? "").split(":").map((each) => o.root.resolve(each));
  return new Map([...Object.entries(home), ...translated, ["PATH", path.join(":")]]);
}

function imageVariables(image: ImageConfig): Map<string, string> {
  return new Map(
    (image.Env ?? []).map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
}

/** Bytes that a process and its descendants do not share with files: what a memory limit is about. 0 where the system does not tell. */
function privateMemory(pid: number): number {
  try {
    const [, resident = 0, shared = 0] = readFileSync(`/proc/${pid}/statm`, "latin1").split(" ").map(Number);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").trim();
    const below = children === "" ? [] : children.split(" ").map((child) => privateMemory(Number(child)));
    return below.reduce((sum, each) => sum + each, (resident - shared) * 4096);
  } catch {
    return 0; // It ended meanwhile, or there is no /proc.
  }
}
