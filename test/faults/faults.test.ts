import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { casesOf, playCase } from "./case.ts";
import { flowNames, openFlows } from "./flows.ts";
import type { Flow } from "./flows.ts";

/** Of each flow; all of them are played by `npm run test:faults`. */
const sampleSize = 4;

let folder: string;
let flows: readonly Flow[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-faults-"));
  flows = await openFlows(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(flowNames)("%s", (name) => {
  it("tells the truth, loses nothing and is made good by the next run, whatever goes wrong on the way", async () => {
    const cases = flows.filter((flow) => flow.name === name).flatMap(casesOf);
    const step = Math.floor(cases.length / sampleSize);
    for (const [index, each] of cases.entries()) {
      if (index % step !== Math.floor(step / 2)) continue;
      const { name: what, reached, findings } = await playCase(each);
      expect({ what, reached, findings }).toEqual({ what, reached: true, findings: [] });
    }
  });
});
