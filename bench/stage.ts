import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBundle } from "../test/action-process.ts";
import type { MainRun } from "../test/action-process.ts";
import { sandboxProcess } from "../test/sandbox-process.ts";
import type { SandboxProcess } from "../test/sandbox-process.ts";
import { usageMeter } from "./usage.ts";
import type { Usage } from "./usage.ts";

/** A sandbox, and a runner for the bundled actions that counts what they ask of it. */
export interface Stage {
  readonly sandbox: SandboxProcess;
  /** For the measure's own files. */
  readonly folder: string;
  act(step: ActStep): Promise<MeasuredRun>;
  close(): Promise<void>;
}

export interface ActStep {
  readonly action: string;
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What one run of an action took; its post step, which cleans up at the end of the job, is run and not counted. */
export interface MeasuredRun {
  readonly run: MainRun;
  /** From the start of the process to its end. */
  readonly wallMs: number;
  readonly usage: Usage;
  readonly requests: RequestCounts;
}

/** Such as `kubernetes PATCH` to its number. */
export type RequestCounts = Readonly<Record<string, number>>;

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  const meter = await usageMeter(folder);
  const sandbox = await sandboxProcess();
  return {
    sandbox,
    folder,
    async act({ action, workspace, inputs }) {
      const env = { ...meter.env, DIGITALOCEAN_API_URL: sandbox.digitaloceanApiUrl, SOURCE_DATE_EPOCH: "1767323045" };
      const before = await sandbox.requestCounts();
      const job = await mkdtemp(join(folder, "job-"));
      const run = await runBundle({ action, inputs, folder: job, workspace, env });
      const [usage, after] = [await meter.read(), await sandbox.requestCounts()];
      await run.post();
      if (run.exitCode !== 0) throw new Error(`${action} ended with ${run.exitCode}:\n${run.stdout}\n${run.stderr}`);
      return { run, wallMs: run.durationMs, usage, requests: difference(after, before) };
    },
    async close() {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What was counted between two counts. */
export function difference(after: RequestCounts, before: RequestCounts): RequestCounts {
  const grown = Object.entries(after).map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}

/** How many of them begin like this. */
export function countOf(counts: RequestCounts, beginning: string): number {
  const fitting = Object.entries(counts).filter(([kind]) => kind.startsWith(beginning));
  return fitting.reduce((sum, [, count]) => sum + count, 0);
}

/** `600 PATCH, 20 GET`: what the requests to one service were. */
export function describeCounts(counts: RequestCounts, service: string): string {
  return Object.entries(counts)
    .filter(([kind]) => kind.startsWith(`${service} `))
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind.slice(service.length + 1)}`)
    .join(", ");
}
