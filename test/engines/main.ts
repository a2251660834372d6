import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SlipwayError } from "../../src/error.ts";
import { createExec } from "../../src/runner/exec.ts";
import { formatDuration } from "../../src/runner/duration.ts";
import type { WorldName } from "../outside.ts";
import { kubectlProgram, skopeoProgram } from "./clients/programs.ts";
import { helmProgram } from "./helm/program.ts";
import { prepare } from "./engines.ts";
import type { EngineName } from "./engines.ts";
import { startSharedClusters } from "./place.ts";
import type { EngineWorld } from "./place.ts";
import { writeProven } from "./proven.ts";

/** Tests that are run together, with what they need. */
interface Suite {
  readonly name: string;
  readonly needs: readonly (EngineName | "clients")[];
  readonly world: WorldName;
  /** Of the files' paths. */
  readonly tests: readonly string[];
  /** Whether files take turns in one cluster for each of jest's workers, where each would have one of its own. */
  readonly shared?: EngineWorld;
}

/** How many files are run at a time. */
const workers = 2;

const suites: readonly Suite[] = [
  {
    name: "kubectl, Helm and skopeo understand the sandbox",
    needs: ["clients"],
    world: "sandbox",
    tests: ["engines/clients/"],
  },
  {
    name: "BuildKit pulls from the sandbox's registry and pushes to it",
    needs: ["buildkit"],
    world: "sandbox",
    tests: ["suites/sandbox-registry"],
  },
  {
    name: "engines start and stop, by themselves and two at once",
    needs: ["control-plane"],
    world: "control-plane",
    tests: ["engines/(cluster|programs)/", "suites/instance"],
  },
  {
    name: "the recorded answers that the sandbox is held to are those of a real API server",
    needs: ["control-plane"],
    world: "control-plane",
    tests: ["suites/conformance"],
  },
  {
    name: "every scenario, and the demo",
    needs: ["control-plane"],
    world: "control-plane",
    shared: "control-plane",
    tests: ["test/scenarios/", "suites/demo"],
  },
  {
    name: "every scenario, and the demo, with images from a real registry",
    needs: ["node"],
    world: "node",
    shared: "node",
    tests: ["test/scenarios/", "suites/demo"],
  },
  {
    name: "images built by BuildKit and without a daemon are pulled and run",
    needs: ["node", "buildkit"],
    world: "node",
    tests: ["suites/build"],
  },
  {
    name: "a release that an autoscaler has scaled by real metrics",
    needs: ["node"],
    world: "node",
    tests: ["suites/autoscaling"],
  },
  {
    name: "charts and kustomizations, rendered by Helm and kubectl",
    needs: ["control-plane", "clients"],
    world: "control-plane",
    tests: ["suites/rendering"],
  },
  {
    name: "the example's workflows for pushes, releases and dispatches, run by act",
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
    tell(`\n=== ${suite.world}: ${suite.name}`);
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
  else if (results.every(({ missing }) => missing === undefined)) {
    await writeProven(results.map(({ suite, passed }) => ({ world: suite.world, what: suite.name, tests: passed })));
  }
}

function nothing(suite: Suite): Result {
  return { suite, passed: 0, failed: 0, skipped: [], durationMs: 0 };
}

/** Builds what the suite needs. Resolves to what this machine lacks for it, if it lacks anything. */
async function whatIsMissing({ needs }: Suite, signal: AbortSignal): Promise<string | undefined> {
  const workshop = { tell, exec: createExec({ env: process.env, signal }) };
  try {
    for (const need of needs) {
      if (need === "clients")
        await Promise.all([kubectlProgram(workshop), skopeoProgram(workshop), helmProgram(workshop)]);
      else await prepare(need, { workshop, nodeAddress: "127.0.0.1", registryPort: 1 });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return [error.message, error.hint].filter((line) => line !== undefined).join("\n");
  }
}

async function run(suite: Suite, signal: AbortSignal): Promise<Result> {
  const started = performance.now();
  const clusters =
    suite.shared === undefined ? undefined : await startSharedClusters(suite.shared, { workers, signal });
  try {
    const report = await runJest(suite, { env: clusters?.env ?? {}, signal });
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
  } finally {
    await clusters?.close();
  }
}

/** Resolves to null where jest had nothing to report. */
async function runJest(
  { world, tests }: Suite,
  { env, signal }: { readonly env: Record<string, string>; readonly signal: AbortSignal },
): Promise<JestReport | null> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-test-engines-"));
  const output = join(folder, "results.json");
  const jest = join(root, "node_modules/jest/bin/jest.js");
  const args = ["--config", join(import.meta.dirname, "jest.config.js"), "--json", "--outputFile", output];
  args.push(`--maxWorkers=${workers}`);
  const all = ["--experimental-vm-modules", "--no-warnings", jest, ...args, ...tests];
  const child = spawn(process.execPath, all, {
    cwd: root,
    env: { ...process.env, ...env, SLIPWAY_WORLD: world },
    stdio: ["ignore", "ignore", "inherit"],
  });
  signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  await once(child, "exit");
  const report = JSON.parse(await readFile(output, "utf8").catch(() => "null")) as JestReport | null;
  await rm(folder, { recursive: true });
  return report;
}

function describe({ suite, passed, failed, skipped, durationMs, missing }: Result): string {
  if (missing !== undefined) return `NOT PROVEN  ${suite.world}: ${suite.name}. ${missing.split("\n")[0] ?? ""}`;
  const counts = `${passed} passed, ${failed} failed in ${formatDuration(durationMs)}`;
  return [`${suite.world}: ${suite.name}: ${counts}`, ...skipped.map((name) => `  skipped: ${name}`)].join("\n");
}

await main();
