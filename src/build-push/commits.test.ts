import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { silentLog } from "../../test/silent-log.ts";
import type { Exec, Runner } from "../runner/runner.ts";
import { commitOf, headCommit } from "./commits.ts";

const run = promisify(execFile);
const now = new Date("2026-01-02T03:04:05Z");
const first = 1_700_000_000;

/** Whoever has the repository has git, nearly always; the tests ask for no more than Node and npm. */
const hasGit = await run("git", ["--version"]).then(
  () => true,
  () => false,
);
const itWithGit = hasGit ? it : () => undefined;

let workspace: string;
let warnings: string[];
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), "slipway-commits-"));
  warnings = [];
});
afterEach(() => rm(workspace, { recursive: true }));

const exec: Exec = async (command, args, options) => {
  const { stdout, stderr } = await run(command, [...args], { cwd: options?.cwd });
  return { exitCode: 0, stdout, stderr };
};

function runner(env: Record<string, string> = {}): Pick<Runner, "context" | "env" | "exec" | "workspace" | "log"> {
  const log = { ...silentLog, warning: (text: string) => void warnings.push(text) };
  return { context: { sha: "head" } as Runner["context"], env, exec, workspace, log };
}

/** Commits files, `seconds` after the first commit. Gives the commit's name. */
async function commit(files: Record<string, string>, seconds: number): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  const date = `${first + seconds} +0000`;
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b"];
  await run("git", ["init", "-q"], { cwd: workspace });
  await run("git", ["add", "."], { cwd: workspace });
  await run("git", [...identity, "commit", "-q", "-m", "x"], { cwd: workspace, env });
  return (await run("git", ["rev-parse", "HEAD"], { cwd: workspace })).stdout.trim();
}

describe("headCommit()", () => {
  itWithGit("is the run's commit, at the time of what is checked out", async () => {
    await commit({ "a/x": "1" }, 0);
    expect(await headCommit(runner(), now)).toEqual({ sha: "head", epoch: first });
    expect(warnings).toEqual([]);
  });

  itWithGit("takes the time from SOURCE_DATE_EPOCH before any other", async () => {
    await commit({ "a/x": "1" }, 0);
    expect((await headCommit(runner({ SOURCE_DATE_EPOCH: "42" }), now)).epoch).toBe(42);
  });

  it("is now, with a warning, where there is no repository", async () => {
    expect((await headCommit(runner(), now)).epoch).toBe(now.getTime() / 1000);
    expect(warnings).toEqual([expect.stringContaining("the workspace is no git repository")]);
  });
});

describe("commitOf()", () => {
  const head = { sha: "head", epoch: 7 };

  itWithGit("is the last commit that touched the paths, not the newest", async () => {
    const backend = await commit({ "backend/x": "1", "k8s/y": "1" }, 0);
    const config = await commit({ "k8s/y": "2" }, 60);
    expect(await commitOf(runner(), ["backend", "backend/Dockerfile"], head)).toEqual({ sha: backend, epoch: first });
    expect(await commitOf(runner(), ["."], head)).toEqual({ sha: config, epoch: first + 60 });
    expect(await commitOf(runner({ SOURCE_DATE_EPOCH: "42" }), ["backend"], head)).toEqual({ sha: backend, epoch: 42 });
  });

  itWithGit("is the head where git does not know", async () => {
    expect(await commitOf(runner(), ["backend"], head)).toEqual(head);
    await commit({ "a/x": "1" }, 0);
    expect(await commitOf(runner(), ["no/such/path"], head)).toEqual(head);
    expect(await commitOf(runner(), [".."], head)).toEqual(head);
  });
});
