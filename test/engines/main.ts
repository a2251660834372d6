/**
 * `npm run test:engines`: builds and starts what is asked for, and runs the tests that need it. What this machine cannot build or start is
 * named, and not called passed.
 */
import { createExec } from "../../src/runner/exec.ts";
import { formatDuration } from "../../src/runner/duration.ts";
import { worlds } from "../outside.ts";
import type { WorldName } from "../outside.ts";
import { writeProven } from "./proven.ts";
import { runFiles } from "./run-files.ts";
import type { FileResult } from "./run-files.ts";
import { testSuites, whatIsMissing } from "./test-suites.ts";
import type { TestSuite } from "./test-suites.ts";

/** What came of one suite. */
interface Result {
  readonly suite: TestSuite;
  readonly files: readonly FileResult[];
  /** Why it was not run. */
  readonly missing?: string;
}

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  const results: Result[] = [];
  for (const world of worlds) {
    if (!stop.signal.aborted) results.push(...(await runWorld(world, stop.signal)));
  }
  tell(`\n${results.map(describe).join("\n")}\n`);
  const passed = sumOf(results, passedOf);
  const failed = sumOf(results, failedOf) + (stop.signal.aborted ? 1 : 0);
  const skipped = sumOf(results, ({ files, missing }) => skippedOf(files).length + (missing === undefined ? 0 : 1));
  tell(`${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
  if (failed > 0) process.exitCode = 1;
  else if (results.every(({ missing }) => missing === undefined)) {
    await writeProven(
      results.map((each) => ({ world: each.suite.world, what: each.suite.name, tests: passedOf(each) })),
    );
  }
}

/** All suites of a world in one go, so that no processor waits for the last file of one of them. */
async function runWorld(world: WorldName, signal: AbortSignal): Promise<Result[]> {
  const workshop = { tell, exec: createExec({ env: process.env, signal }) };
  const missing = new Map<TestSuite, string>();
  const wanted = testSuites.filter((suite) => suite.world === world);
  for (const suite of wanted) {
    tell(`\n=== ${world}: ${suite.name}`);
    const lack = await whatIsMissing(suite, workshop);
    if (lack !== undefined) {
      tell(lack);
      missing.set(suite, lack);
    }
  }
  const possible = wanted.filter((suite) => !missing.has(suite));
  const patterns = possible.map(({ files }) => files);
  const files = patterns.length === 0 ? [] : await runFiles(patterns, { world, signal });
  return wanted.map((suite) => {
    const lack = missing.get(suite);
    if (lack !== undefined) return { suite, files: [], missing: lack };
    return { suite, files: files.filter(({ path }) => suite.files.test(path)) };
  });
}

function describe(result: Result): string {
  const { suite, files, missing } = result;
  if (missing !== undefined) return `NOT PROVEN  ${suite.world}: ${suite.name}. ${missing.split("\n")[0] ?? ""}`;
  const took = formatDuration(sumOf(files, ({ durationMs }) => durationMs));
  const counts = `${passedOf(result)} passed, ${failedOf(result)} failed in ${took}`;
  return [`${suite.world}: ${suite.name}: ${counts}`, ...skippedOf(files).map((name) => `  skipped: ${name}`)].join(
    "\n",
  );
}

function passedOf({ files }: Result): number {
  return sumOf(files, ({ passed }) => passed);
}

/** A suite none of whose files has been run has failed, unless this machine cannot run it. */
function failedOf({ files, missing }: Result): number {
  return files.length === 0 && missing === undefined ? 1 : sumOf(files, ({ failed }) => failed);
}

function skippedOf(files: readonly FileResult[]): string[] {
  return files.flatMap(({ skipped }) => skipped);
}

function sumOf<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

await main();
