import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sandboxProcess } from "../../sandbox-process.ts";
import { quietWorkshop } from "../programs/cache.ts";
import { finished, startProgram } from "./program.ts";
import { kubectlProgram } from "./programs.ts";
import type { Finished } from "./program.ts";

export interface Background {
  readonly found: string;
  /** What it said on standard error, once it has ended. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** kubectl in front of a sandbox of its own. */
export interface Kubectl {
  readonly registry: string;
  /** Runs it to its end, in the namespace `shop`. */
  run(...args: readonly string[]): Promise<Finished>;
  /** Runs it until its standard output matches, and stops it then. What it has said by then. */
  follow(until: RegExp, ...args: readonly string[]): Promise<string>;
  /** Runs it, and resolves when its standard output matches with what the first group holds. */
  background(until: RegExp, ...args: readonly string[]): Promise<Background>;
  /** The path of a manifest with this text. */
  file(name: string, manifest: string): Promise<string>;
  close(): Promise<void>;
}

export async function openKubectl(): Promise<Kubectl> {
  const program = await kubectlProgram(quietWorkshop());
  const folder = await mkdtemp(join(tmpdir(), "slipway-kubectl-"));
  const sandbox = await sandboxProcess();
  // What it caches of the API goes away with the folder.
  const env = { HOME: folder, KUBECONFIG: sandbox.kubeconfig };
  const start = (args: readonly string[]) => startProgram(program, ["--namespace=shop", ...args], env);
  return {
    registry: sandbox.registry,
    run: (...args) => finished(start(args)),
    async follow(until, ...args) {
      const { child, ended } = start(args);
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (until.test(said)) child.kill();
      });
      await ended;
      return said;
    },
    async background(until, ...args) {
      const { child, ended } = start(args);
      const stderr = text(child.stderr);
      const found = new Promise<string>((resolve, reject) => {
        let said = "";
        child.stdout.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          const [, group] = until.exec(said) ?? [];
          if (group !== undefined) resolve(group);
        });
        void ended.then(async () => reject(new Error(`kubectl ended: ${said}${await stderr}`)));
      });
      return {
        found: await found,
        ended: ended.then(() => stderr),
        async stop() {
          child.kill();
          await ended;
        },
      };
    },
    async file(name, manifest) {
      const path = join(folder, name);
      await writeFile(path, manifest);
      return path;
    },
    async close() {
      await sandbox.stop();
      await rm(folder, { recursive: true });
    },
  };
}
