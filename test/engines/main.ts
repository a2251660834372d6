import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SlipwayError } from "../../src/error.ts";
import { createExec } from "../../src/runner/exec.ts";
import { formatDuration } from "../../src/runner/duration.ts";
import type { WorldName } from "../outside.ts";
import { prepare } from "./engines.ts";
import type { EngineName } from "./engines.ts";

/** Tests that are run together, with the engines that they need. */
interface Suite {
  readonly name: string;
  readonly needs: readonly EngineName[];
  readonly world: WorldName;
  /** Of the files' paths. */
  readonly tests: readonly string[];
}

const suites: readonly Suite[] = [
  { name: "kubectl and skopeo on the sandbox", needs: [], world: "sandbox", tests: ["engines/clients/"] },
  {
    name: "starting and stopping engines",
    needs: ["control-plane"],
    world: "control-plane",
    tests: ["engines/(cluster|programs)/", "suites/instance"],
  },
  {
    name: "the recordings of a real API server, against a real one",
    needs: ["control-plane"],
    world: "control-plane",
    tests: ["suites/conformance"],
  },
  {
    name: "scenarios on a real control plane with the sandbox's kubelet",
    needs: ["control-plane"],
    world: "control-plane",
    tests: ["test/scenarios/", "suites/demo"],
  },
  {
    name: "scenarios on a real control plane and node, with a real registry",
    needs: ["node"],
    world: "node",
    tests: ["test/scenarios/", "suites/demo"],
  },
  {
    name: "images built by BuildKit and without a daemon, on a real node",
    needs: ["node", "buildkit"],
    world: "node",
    tests: ["suites/build"],
  },
  {
    name: "workflows run by act",
    needs: ["control-plane", "act"],
    world: "control-plane",
    tests: ["suites/act"],
  },
];

/** What came of one suite. */
interface Result {
  readonly suite: Suite;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly durationMs: number;
  /** Why it was not run. */
  readonly missing?: string;
}

/** What jest tells in its JSON, as far as it is read here. */
interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly { readonly assertionResults: readonly { status: string; fullName: string }[] }[];
}

const root = join(import.meta.dirname, "../..");
const tell = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  const results: Result[] = [];
  for (const suite of suites) {
    tell(`\n=== ${suite.name}`);
    const missing = await whatIsMissing(suite, stop.signal);
    if (missing !== undefined) tell(missing);
    results.push(missing === undefined ? await run(suite, stop.signal) : { ...nothing(suite), missing });
    if (stop.signal.aborted) break;
  }
  tell(`\n${results.map(describe).join("\n")}\n`);
  const sum = (count: (result: Result) => number): number => results.reduce((total, each) => total + count(each), 0);
  const failed = sum((result) => result.failed) + (stop.signal.aborted ? 1 : 0);
  const skipped = sum((result) => result.skipped.length + (result.missing === undefined ? 0 : 1));
  tell(`${sum(({ passed }) => passed)} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
  if (failed > 0) process.exitCode = 1;
}

function nothing(suite: Suite): Result {
  return { suite, passed: 0, failed: 0, skipped: [], durationMs: 0 };
}

/** Builds what the suite needs. Resolves to what this machine lacks for it, if it lacks anything. */
async function whatIsMissing({ needs }: Suite, signal: AbortSignal): Promise<string | undefined> {
  const workshop = { tell, exec: createExec({ env: process.env, signal }) };
  try {
    for (const engine of needs) await prepare(engine, { workshop, nodeAddress: "127.0.0.1", registryPort: 1 });
    return undefined;
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return [error.message, error.hint].filter((line) => line !== undefined).join("\n");
  }
}

async function run(suite: Suite, signal: AbortSignal): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-test-engines-"));
  const output = join(folder, "results.json");
  const started = performance.now();
  const jest = join(root, "node_modules/jest/bin/jest.js");
  const args = ["--config", join(import.meta.dirname, "jest.config.js"), "--json", "--outputFile", output];
  const child = spawn(process.execPath, ["--experimental-vm-modules", "--no-warnings", jest, ...args, ...suite.tests], {
    cwd: root,
    env: { ...process.env, SLIPWAY_WORLD: suite.world },
    stdio: ["ignore", "ignore", "inherit"],
  });
  signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  await once(child, "exit");
  const report = JSON.parse(await readFile(output, "utf8").catch(() => "null")) as JestReport | null;
  await rm(folder, { recursive: true });
  const durationMs = performance.now() - started;
  if (report === null) return { ...nothing(suite), failed: 1, durationMs };
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    suite,
    durationMs,
    passed: report.numPassedTests,
    // A file that cannot even be read has no test that could fail.
    failed: Math.max(report.numFailedTests, report.numFailedTestSuites),
    skipped: tests.filter(({ status }) => status === "pending" || status === "todo").map(({ fullName }) => fullName),
  };
}

function describe({ suite, passed, failed, skipped, durationMs, missing }: Result): string {
  if (missing !== undefined) return `${suite.name}: NOT PROVEN. ${missing.split("\n")[0] ?? ""}`;
  const counts = `${passed} passed, ${failed} failed in ${formatDuration(durationMs)}`;
  return [`${suite.name}: ${counts}`, ...skipped.map((name) => `  skipped: ${name}`)].join("\n");
}

await main();
