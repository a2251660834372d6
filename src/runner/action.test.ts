import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { runScript, type ActionRun, type MainRun } from "../../test/action-process.ts";

const script = join(import.meta.dirname, "../../test/fixtures/runner-scenarios.ts");

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "slipway-action-"))));
afterAll(() => rm(folder, { recursive: true }));

function run(scenario: string, more: Partial<Parameters<typeof runScript>[0]> = {}): Promise<MainRun> {
  return runScript({ folder, script, deadlineMs: 20_000, ...more, inputs: { scenario, ...more.inputs } });
}

describe("runAction()", () => {
  it("writes outputs, state and summary where the runner reads them", async () => {
    const { exitCode, outputs, state, summary } = await run("success");
    expect({ exitCode, outputs, state, summary }).toEqual({
      exitCode: 0,
      outputs: { "one-line": "value", lines: "first\nend-of-value\nlast", number: "3", outcome: "succeeded" },
      state: { isPost: "true", credential: "c-1" },
      summary: "## Done\n\n",
    });
  });

  it("runs the post step in a process of its own, with the state of the main step", async () => {
    const post = await (await run("success")).post();
    expect(post).toMatchObject({ exitCode: 0, stdout: "::group::Clean up\nc-1\n::endgroup::", outputs: {} });
  });

  it("fails the step for every outcome but succeeded", async () => {
    expect(await run("timed-out")).toMatchObject({ exitCode: 1, outputs: { outcome: "timed-out" }, annotations: [] });
  });

  it("warns, and no more, when the post step cannot clean up", async () => {
    const post = await (await run("timed-out")).post();
    expect(post).toMatchObject({
      exitCode: 0,
      annotations: [{ level: "warning", message: "Cannot revoke the credential" }],
    });
  });

  it("annotates each problem at its file and line, with its hint", async () => {
    expect(await run("problems")).toMatchObject({
      exitCode: 1,
      stderr: "",
      outputs: { outcome: "failed" },
      annotations: [
        { level: "error", message: "replicas is not a number\nWrite replicas: 3.", file: "k8s/server.yaml", line: 12 },
        { level: "error", message: "kind is missing", file: "k8s/auth.yaml", line: 1 },
      ],
    });
  });

  it("names the causes below the hint", async () => {
    const { annotations, outputs } = await run("causes");
    expect(annotations.map(({ message }) => message.split("\n"))).toEqual([
      [
        "Cannot reach the cluster",
        "Open the control plane's firewall for the runner.",
        "Caused by: fetch failed",
        "Caused by: connect ECONNREFUSED 127.0.0.1:6443",
      ],
    ]);
    expect(outputs).toEqual({ outcome: "unknown" });
  });

  it.each(["bug", "unhandled rejection", "never settles"])("calls a bug a bug: %s", async (scenario) => {
    const { exitCode, outputs, annotations } = await run(scenario);
    expect(exitCode).not.toBe(0);
    expect(outputs).toEqual({ outcome: "failed" });
    expect(annotations).toEqual([
      expect.objectContaining({ message: expect.stringContaining("This is a bug in Slipway.") }),
    ]);
  });

  it("prints the stack of a bug", async () => {
    const { stdout } = await run("bug");
    expect(stdout).toMatch(/TypeError: Cannot read properties of undefined/);
    expect(stdout).toMatch(/at bug .*runner-scenarios\.ts/);
  });

  it("ends although something was left open, and says what in the debug log", async () => {
    const { exitCode, durationMs, stdout } = await run("open handle", { env: { RUNNER_DEBUG: "1" } });
    expect({ exitCode, soon: durationMs < 8_000 }).toEqual({ exitCode: 0, soon: true });
    expect(stdout).toMatch(/^::debug::Ending although still open: .*TCPServerWrap/);
  });
});

describe("a cancelled job", () => {
  async function cancel(scenario: string): Promise<ActionRun> {
    const job = new AbortController();
    const onLine = (line: string): void => {
      if (line === "waiting") job.abort();
    };
    return run(scenario, { signal: job.signal, onLine });
  }

  it.each(["waits", "runs a program"])("ends soon, as cancelled, when the action %s", async (scenario) => {
    const { exitCode, outputs, annotations, durationMs } = await cancel(scenario);
    expect({ exitCode, outputs, annotations, soon: durationMs < 5_000 }).toEqual({
      exitCode: 1,
      outputs: { outcome: "cancelled" },
      annotations: [{ level: "warning", message: "The job was cancelled" }],
      soon: true,
    });
  });

  it("reports how the action finished when it would not stop halfway, and fails the step all the same", async () => {
    expect(await cancel("finishes first")).toMatchObject({
      exitCode: 1,
      outputs: { outcome: "succeeded" },
      annotations: [],
    });
  });
});

describe("the log", () => {
  it("says in the tenth annotation how many more there are, and shows those as lines", async () => {
    const { annotations, stdout } = await run("many errors");
    const errors = annotations.filter(({ level }) => level === "error").map(({ message }) => message);
    expect(errors).toHaveLength(10);
    expect(errors.slice(8)).toEqual(["error 9", "5 more errors: the log of this step has them all."]);
    expect(stdout.split("\n").filter((line) => line.startsWith("Error: "))).toEqual(
      [10, 11, 12, 13, 14].map((n) => `Error: a.yaml:${n}: error ${n}`),
    );
    expect(annotations.filter(({ level }) => level === "warning")).toHaveLength(1);
  });

  it("shows a tenth annotation that is the last as it is", async () => {
    const { annotations } = await run("ten errors");
    expect(annotations.map(({ message }) => message).at(-1)).toBe("error 10");
  });

  it("cuts an annotation to what GitHub keeps, and has all of it as a line", async () => {
    const { annotations, stdout } = await run("long error");
    expect(annotations[0]?.message.length).toBeLessThan(4096);
    expect(stdout).toContain("x end\n");
  });

  it("folds groups, and prints a group inside a group as a line", async () => {
    const { stdout } = await run("groups");
    expect(stdout).toBe(
      ["::group::outer : :error::title", "inside", "inner", "further inside", "::endgroup::"].join("\n"),
    );
  });

  it("lets no text set outputs or annotate by itself", async () => {
    const { outputs, annotations } = await run("hostile text", { env: { RUNNER_DEBUG: "1" } });
    expect(outputs).toEqual({ outcome: "failed" });
    expect(annotations).toHaveLength(7);
  });
});

describe("mask()", () => {
  it("hides a secret and its encodings in log, annotations and summary", async () => {
    const token = "dop_v1_4f7c/9+e2b$x";
    const run1 = await run("secrets", { inputs: { token } });
    expect(run1.stdout.split("\n").slice(0, 2)).toEqual(["plain ***", "hex ***"]);
    expect(run1.annotations[0]?.message).toBe("The server said: bad token ***");
    expect(run1.summary).toMatch(/^header .{0,10}\*\*\*.{0,3}\n/);
    expect(JSON.stringify([run1.outputs, run1.state])).not.toContain(token);
  });
});

describe("addSummary()", () => {
  it("never lets the summary grow beyond what GitHub shows, and says so", async () => {
    const { summary } = await run("big summary");
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
    expect(summary).toMatch(/\n\n_The rest of this summary did not fit[^\n]*_\n$/);
    expect(summary).toContain("## Section 20\n");
  });
});

it("leaves no file of its own behind", async () => {
  await run("secrets", { inputs: { token: "dop_v1_0123456789" } });
  expect(await readdir(join(folder, "temp"))).toEqual([]);
});
