import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface Finished {
  /** Null where it had to be killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<unknown>;
}

const limitMs = 30_000;

/** Starts a program, which is killed when it takes too long. Of this process's environment only PATH reaches it. */
export function startProgram(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child = spawn(file, args, { env: { PATH: process.env.PATH, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
  return { child, ended: once(child, "close").finally(() => clearTimeout(timer)) };
}

/** What a program has said when it ends. */
export async function finished({ child, ended }: Started): Promise<Finished> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode, stdout, stderr };
}
