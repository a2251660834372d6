import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { playCase, sampleOf } from "./case.ts";
import type { Case } from "./case.ts";
import { allFaults } from "./faults.ts";
import { flowNames, openFlows } from "./flows.ts";

let folder: string;
let sample: readonly Case[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-faults-"));
  sample = sampleOf(await openFlows(folder));
});
afterAll(() => rm(folder, { recursive: true }));

it("has every flow and every kind of fault in the sample of what `npm run test:faults` plays", () => {
  expect(new Set(sample.map(({ flow }) => flow.name))).toEqual(new Set(flowNames));
  expect(new Set(sample.map(({ fault }) => fault.name))).toEqual(new Set(allFaults.map(({ name }) => name)));
});

describe.each(flowNames)("%s", (name) => {
  it("tells the truth, loses nothing and is made good by the next run, whatever goes wrong on the way", async () => {
    for (const each of sample.filter(({ flow }) => flow.name === name)) {
      const { name: what, reached, findings } = await playCase(each);
      expect({ what, reached, findings }).toEqual({ what, reached: true, findings: [] });
    }
  });
});
