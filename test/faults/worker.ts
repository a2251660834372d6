import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { playCase } from "./case.ts";
import type { CaseName } from "./case.ts";
import { allFaults } from "./faults.ts";
import { openFlows } from "./flows.ts";

/**
 * Plays the cases that its parent names, one after the other, and answers with each result. A process of its own, since time is let pass
 * whenever its process has nothing to do.
 */
const folder = await mkdtemp(join(tmpdir(), "slipway-faults-"));
const flows = await openFlows(folder);
process.on("message", ({ flow, at, fault, by }: CaseName) => {
  const [one, kind] = [flows.find(({ name }) => name === flow), allFaults.find(({ name }) => name === fault)];
  if (one === undefined || kind === undefined) throw new Error(`there is no ${flow} with ${fault}`);
  void playCase({ flow: one, at, fault: kind, by }).then((result) => process.send?.(result));
});
process.once("disconnect", () => void rm(folder, { recursive: true, maxRetries: 5 }).then(() => process.exit()));
process.send?.("ready");
