import { describe, expect, it } from "@jest/globals";
import type { Exec, Log } from "../runner/runner.ts";
import { commitTime } from "./commit-time.ts";

const now = new Date("2024-01-01T00:00:00Z");

async function timeWith(env: Readonly<Record<string, string>>, exec: Exec) {
  const warnings: string[] = [];
  const log = { warning: (text: string) => warnings.push(text) } as unknown as Log;
  return { time: await commitTime({ env, exec, log, workspace: "/work" }, now), warnings };
}

const git: Exec = () => Promise.resolve({ exitCode: 0, stdout: "1700000000\n", stderr: "" });
const noRepository: Exec = () => Promise.resolve({ exitCode: 128, stdout: "", stderr: "fatal: not a git repository" });
const noGit: Exec = () => Promise.reject(new Error("there is no git"));

describe("commitTime()", () => {
  it("is that of the commit that is checked out", async () => {
    expect(await timeWith({}, git)).toEqual({ time: 1_700_000_000, warnings: [] });
  });

  it("is what SOURCE_DATE_EPOCH says, where it says something", async () => {
    expect((await timeWith({ SOURCE_DATE_EPOCH: "5" }, git)).time).toBe(5);
    expect((await timeWith({ SOURCE_DATE_EPOCH: "yesterday" }, git)).time).toBe(1_700_000_000);
  });

  it.each([
    ["no repository", noRepository],
    ["no git", noGit],
  ])("is now, with a warning, where there is %s", async (_what, exec) => {
    const { time, warnings } = await timeWith({}, exec);
    expect(time).toBe(now.getTime() / 1000);
    expect(warnings).toEqual([expect.stringContaining("building again gives other digests")]);
  });
});
