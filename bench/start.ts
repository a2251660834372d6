import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBundles } from "./bundles.ts";
import { formatValue, median } from "./figure.ts";
import type { Figure, MeasureOptions } from "./figure.ts";
import { usageMeter } from "./usage.ts";
import type { UsageMeter } from "./usage.ts";

export const title = "start: each bundled action to its first input error, against `node -e 0`, in processor time";

const rounds = 25;
const bar = 1.6;

/** Something to start: what it is called, and Node's arguments. */
interface Contestant {
  readonly name: string;
  readonly args: readonly string[];
  /** Held against the bar; what others made is not. */
  readonly isOurs: boolean;
  readonly wallMs: number[];
  readonly processorMs: number[];
}

/** All are started in turn, round after round, so that whatever else the machine does disturbs all alike. */
export async function measure({ peer }: MeasureOptions): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  try {
    const empty = contestant("node -e 0", ["-e", "0"]);
    const ours = (await findBundles()).map(({ action, entry }) => contestant(action, [entry], true));
    const others = peer === undefined ? [] : [contestant(peer.split("/").slice(-3).join("/"), [peer])];
    const all = [empty, ...ours, ...others];
    const env = await runnerEnvironment(folder);
    const meter = await usageMeter(folder);
    // The first round only warms the file cache up.
    for (let round = 0; round <= rounds; round++) {
      for (const each of all) await start(each, { env, meter, warming: round === 0 });
    }
    return [...ours, ...others].map((each) => compare(each, empty));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function contestant(name: string, args: readonly string[], isOurs = false): Contestant {
  return { name, args, isOurs, wallMs: [], processorMs: [] };
}

/** Of a step that forgot everything under `with:`. */
async function runnerEnvironment(folder: string): Promise<Record<string, string>> {
  const files = Object.fromEntries(
    ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"].map((name) => [name, join(folder, name)]),
  );
  await Promise.all(Object.values(files).map((path) => writeFile(path, "")));
  const { PATH = "", HOME = folder } = process.env;
  return { PATH, HOME, GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder, ...files };
}

/** Once for the wall clock, undisturbed, and once for the processor time. */
async function start(
  { name, args, isOurs, wallMs, processorMs }: Contestant,
  how: { readonly env: Readonly<Record<string, string>>; readonly meter: UsageMeter; readonly warming: boolean },
): Promise<void> {
  const { env, meter, warming } = how;
  const started = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  const tookMs = performance.now() - started;
  if (warming && isOurs && !/^::error.* is required and was not given/m.test(stdout)) {
    throw new Error(`${name} did not tell that its inputs are missing. It printed:\n${stdout}${stderr}`);
  }
  spawnSync(process.execPath, args, { env: { ...env, ...meter.env } });
  const usage = await meter.read();
  if (warming) return;
  wallMs.push(tookMs);
  processorMs.push(usage.processorMs);
}

/**
 * Processor time decides, because the wall clock of a machine that does other things too says more about those. On an idle one the
 * wall clock's ratio is a little lower.
 */
function compare(one: Contestant, empty: Contestant): Figure {
  const [wall, emptyWall] = [median(one.wallMs), median(empty.wallMs)];
  const [ours, theirs] = [wall, emptyWall].map((ms) => formatValue(ms, "milliseconds"));
  return {
    name: one.name,
    value: median(one.processorMs) / median(empty.processorMs),
    unit: "times",
    ...(one.isOurs ? { atMost: bar } : {}),
    note: `wall clock ${formatValue(wall / emptyWall, "times")}: ${ours ?? ""} against ${theirs ?? ""}`,
  };
}
