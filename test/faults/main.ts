import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { formatDuration } from "../../src/runner/duration.ts";
import { casesOf, processCasesOf } from "./case.ts";
import type { Case, CaseName, CaseResult } from "./case.ts";
import { openFlows } from "./flows.ts";
import { Tally } from "./tally.ts";

/** Longer than any case takes, however busy the machine is. */
const caseLimitMs = 120_000;

const started = performance.now();
const folder = await mkdtemp(join(tmpdir(), "slipway-faults-"));
const flows = await openFlows(folder);
await rm(folder, { recursive: true });
const queue = mixed(flows.flatMap(casesOf), flows.flatMap(processCasesOf)).map(nameOf);
const count = queue.length;
const tally = new Tally(flows, count);
process.stdout.write(`${count} cases: every fault at every request, and a kill at every write\n`);
// One more than there are processors: each of them waits now and then.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, () => work()));
const failed = tally.finish();
process.stdout.write(`${count - failed} passed, ${failed} failed in ${formatDuration(performance.now() - started)}\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** Both evenly spread: processes take real time, in which simulations use the processors. */
function mixed(...lists: readonly (readonly Case[])[]): Case[] {
  const placed = lists.flatMap((list) => list.map((each, index) => ({ each, place: (index + 0.5) / list.length })));
  return placed.sort((a, b) => a.place - b.place).map(({ each }) => each);
}

function nameOf({ flow, at, fault, by }: Case): CaseName {
  return { flow: flow.name, at, fault: fault.name, by };
}

/** Has a process play cases until none is left, and another one where it has died. */
async function work(): Promise<void> {
  while (queue.length > 0) {
    // Each case makes much that is soon forgotten.
    const worker = fork(join(import.meta.dirname, "worker.ts"), { execArgv: ["--max-semi-space-size=64"] });
    try {
      await answer(worker, () => undefined);
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const given = next;
        tally.add((await answer(worker, () => worker.send(given))) ?? lost(given));
        if (worker.exitCode !== null || worker.signalCode !== null) break;
      }
    } finally {
      if (worker.connected) worker.disconnect();
    }
  }
}

/** What the worker answers; undefined where it dies instead, or takes too long. */
function answer(worker: ChildProcess, ask: () => void): Promise<CaseResult | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => worker.kill("SIGKILL"), caseLimitMs);
    const end = (result?: CaseResult): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(result);
    };
    worker.once("message", (result: CaseResult) => end(result));
    worker.once("exit", () => end());
    ask();
  });
}

function lost({ flow, at, fault, by }: CaseName): CaseResult {
  const text = "it brought its process down, or did not end";
  return {
    flow,
    by,
    name: `${at.what} #${at.nth}, ${fault}`,
    reached: true,
    outcome: "lost",
    findings: [{ wrong: "bug", text }],
  };
}
