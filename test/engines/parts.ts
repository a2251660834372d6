import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SlipwayError } from "../../src/error.ts";
import { formatDuration } from "../../src/runner/duration.ts";
import type { Supervisor } from "../../sandbox/kubernetes/kubelet/supervisor.ts";

export interface Part {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The programs that an engine consists of. They write to log files, and are expected to run until the engine is stopped. */
export class Parts {
  readonly #supervisor: Supervisor;
  readonly #folder: string;
  #end: (why: string) => void = () => undefined;
  /** Resolves when a program has ended, with its last words. */
  readonly ended: Promise<string>;

  /** `folder` is for the logs, which go with the supervisor's root directory. */
  constructor(supervisor: Supervisor, folder: string) {
    this.#supervisor = supervisor;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  async start({ name, file, args, env }: Part): Promise<void> {
    const log = createWriteStream(join(this.#folder, `${name}.log`));
    let said = "";
    const running = await this.#supervisor.start({
      file,
      args,
      argv0: file,
      cwd: "/",
      env: new Map(Object.entries({ PATH: process.env.PATH ?? "", HOME: this.#folder, ...env })),
      container: name,
      onOutput: (_stream, chunk) => {
        log.write(chunk);
        said = `${said}${chunk.toString()}`.slice(-4096);
      },
    });
    void running.ended.then(({ exitCode }) => {
      log.end();
      const lastLines = said.trim().split("\n").slice(-5).join("\n");
      this.#end(`${name} has ended: got exit code ${exitCode}, after the words\n${lastLines}`);
    });
  }

  /**
   * Looks until there is something to see.
   * @param what reads on after "there was no"
   * @throws SlipwayError when a program ends before, or the time is up
   */
  async until<T>(what: string, look: () => Promise<T | undefined>, limitMs: number): Promise<T> {
    return Promise.race([this.ended.then(cannotGoOn), until(what, look, limitMs)]);
  }
}

/** Looks until there is something to see. What goes wrong meanwhile counts as nothing, and is told when the time is up. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, limitMs: number): Promise<T> {
  const deadline = performance.now() + limitMs;
  let last: unknown = "nothing";
  while (performance.now() < deadline) {
    const found = await look().catch((error: unknown) => void (last = error));
    if (found !== undefined) return found;
    await sleep(50);
  }
  const got = last instanceof Error ? last.message : String(last);
  const waited = formatDuration(limitMs);
  throw new SlipwayError(`Cannot go on because there was no ${what} within ${waited}: got ${got}`, { code: "timeout" });
}

function cannotGoOn(why: string): never {
  throw new SlipwayError(`Cannot go on because ${why}`, { code: "refused" });
}
