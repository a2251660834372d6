import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a Node process has used by its end. */
export interface Usage {
  /** User and system time of all its threads. */
  readonly processorMs: number;
  /** The most memory that it had resident at once, in bytes. */
  readonly peakBytes: number;
}

/** Makes Node processes tell what they used. */
export interface UsageMeter {
  /** To add to the environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** What the last process to end has told. */
  read(): Promise<Usage>;
}

/**
 * Loaded into the process before its own code; it acts when that has ended. Linux counts into `maxRSS` what the parent had resident
 * when it forked, VmHWM only what the process itself had.
 */
const reporter = `
const { readFileSync, writeFileSync } = require("node:fs");
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const status = process.platform === "linux" ? readFileSync("/proc/self/status", "utf8") : "";
  const peak = Number(/^VmHWM:\\s*(\\d+) kB$/m.exec(status)?.[1] ?? maxRSS);
  const usage = { processorMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: peak * 1024 };
  writeFileSync(process.env.SLIPWAY_BENCH_USAGE, JSON.stringify(usage));
});
`;

/** Its files lie in `folder`, which the caller makes and removes. */
export async function usageMeter(folder: string): Promise<UsageMeter> {
  const [program, result] = [join(folder, "report-usage.cjs"), join(folder, "usage.json")];
  await writeFile(program, reporter);
  return {
    env: { NODE_OPTIONS: `--require ${JSON.stringify(program)}`, SLIPWAY_BENCH_USAGE: result },
    read: async () => JSON.parse(await readFile(result, "utf8")) as Usage,
  };
}
