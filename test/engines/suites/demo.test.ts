import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { createExec } from "../../../src/runner/exec.ts";

describe("the demo", () => {
  it("keeps all of its promises on real engines too", async () => {
    const exec = createExec({ env: process.env, signal: AbortSignal.timeout(300_000) });
    const { exitCode, stdout, stderr } = await exec(process.execPath, [
      join(import.meta.dirname, "../../../demo/main.ts"),
    ]);
    // Of lines that are written anew while something runs, the last state counts.
    const story = `${stdout}${stderr}`.replace(/^.*\r(?!$)/gm, "");
    expect(exitCode === 0 ? "" : story).toBe("");
  }, 330_000);
});
