/**
 * `npm run bench`: measures Slipway on this machine, side by side with what it is compared with, and says which bars hold. Ends with 1 when
 * one does not. `npm run bench -- NAME` measures one thing, or several.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import * as build from "./build.ts";
import * as deploy from "./deploy.ts";
import * as engines from "./engines.ts";
import { formatFigures, isMissed, isUnmeasured } from "./figure.ts";
import type { Figure, Measure } from "./figure.ts";
import * as sandbox from "./sandbox.ts";
import * as size from "./size.ts";
import * as start from "./start.ts";
import * as verdicts from "./verdicts.ts";

const measures: Readonly<Record<string, Measure>> = { size, start, build, deploy, verdicts, sandbox, engines };

const help = `Usage: npm run bench -- [NAME ...] [options]

Measures ${Object.keys(measures).join(", ")}: those that are named, or all
that need no more than Node.
The actions are measured as they are in actions/*/dist: build them first, with
npm run build.

Options:
  --json FILE  writes the figures into FILE, too
  --peer FILE  measures the start of another JavaScript action beside ours: its
               entry script, such as login-action/dist/index.js
  --help       this text
`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, peer: { type: "string" }, help: { type: "boolean", default: false } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(measures, name));
if (options.help) process.stdout.write(help);
else if (unknown.length > 0) refuse(unknown);
else await main(Object.entries(measures).filter(([name]) => positionals.length === 0 || positionals.includes(name)));

async function main(chosen: readonly (readonly [string, Measure])[]): Promise<void> {
  const machine = {
    node: process.version,
    platform: process.platform,
    processors: availableParallelism(),
    model: cpus()[0]?.model ?? "unknown",
  };
  print(`Node ${machine.node}, ${machine.processors} processors, ${machine.model}`);
  const figures: Record<string, readonly Figure[]> = {};
  for (const [name, measure] of chosen) {
    print(`\n${measure.title}`);
    if (measure.needs !== undefined && !positionals.includes(name)) {
      print(`   not measured: it needs ${measure.needs}. "npm run bench -- ${name}" does it.`);
      continue;
    }
    figures[name] = await measure.measure({ peer: options.peer });
    for (const line of formatFigures(figures[name])) print(line);
  }
  if (options.json !== undefined)
    await writeFile(options.json, `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
  conclude(Object.values(figures).flat());
}

function refuse(names: readonly string[]): void {
  process.stderr.write(`There is no measure ${names.join(" or ")}. There are ${Object.keys(measures).join(", ")}.\n`);
  process.exitCode = 1;
}

function conclude(figures: readonly Figure[]): void {
  const bars = figures.filter(({ atMost }) => atMost !== undefined);
  const missed = bars.filter(isMissed).length;
  const unmeasured = bars.filter(isUnmeasured).length;
  const known = bars.length - unmeasured;
  const verdict = missed === 0 ? `All ${known} bars hold` : `${missed} of ${known} bars do not hold`;
  print(`\n${verdict}${unmeasured === 0 ? "" : `; ${unmeasured} more were not measured, and are not known to hold`}.`);
  if (missed > 0) process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
