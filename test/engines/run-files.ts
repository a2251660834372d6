import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorldName } from "../outside.ts";
import { startSharedClusters } from "./place.ts";

/** How many files are run at a time, on two processors: much of it is waiting. */
const workers = 3;

/** What came of one test file. */
export interface FileResult {
  readonly path: string;
  readonly passed: number;
  /** At least one of a file that could not even be read. */
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly durationMs: number;
}

/** What jest tells in its JSON, as far as it is read here. */
interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const root = join(import.meta.dirname, "../..");

/** Runs all test files that match, in one world. Real engines are started once for each worker, and its files take turns in them. */
export async function runFiles(
  files: readonly RegExp[],
  { world, signal }: { readonly world: WorldName; readonly signal: AbortSignal },
): Promise<FileResult[]> {
  const clusters = world === "sandbox" ? undefined : await startSharedClusters(world, { workers, signal });
  try {
    const { testResults } = await runJest(files, { env: { ...clusters?.env, SLIPWAY_WORLD: world }, signal });
    return testResults.map(({ name: path, status, startTime, endTime, assertionResults }) => {
      const namesOf = (...wanted: string[]): string[] =>
        assertionResults.filter((test) => wanted.includes(test.status)).map(({ fullName }) => fullName);
      return {
        path,
        passed: namesOf("passed").length,
        failed: Math.max(namesOf("failed").length, status === "failed" ? 1 : 0),
        skipped: namesOf("pending", "todo"),
        durationMs: endTime - startTime,
      };
    });
  } finally {
    await clusters?.close();
  }
}

/** Shows what jest says. Resolves to no results where it had nothing to report. */
async function runJest(
  files: readonly RegExp[],
  { env, signal }: { readonly env: Record<string, string>; readonly signal: AbortSignal },
): Promise<JestReport> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-test-engines-"));
  const output = join(folder, "results.json");
  const jest = join(root, "node_modules/jest/bin/jest.js");
  const options = ["--config", join(import.meta.dirname, "jest.config.js"), `--maxWorkers=${workers}`];
  const args = [jest, ...options, "--json", "--outputFile", output, ...files.map(({ source }) => source)];
  const child = spawn(process.execPath, ["--experimental-vm-modules", "--no-warnings", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  await once(child, "exit");
  const report = await readFile(output, "utf8").catch(() => '{ "testResults": [] }');
  await rm(folder, { recursive: true });
  return JSON.parse(report) as JestReport;
}
