import { describe, expect, it } from "@jest/globals";
import { SlipwayError } from "../error.ts";
import { createExec } from "./exec.ts";
import type { Exec } from "./runner.ts";

const node = process.execPath;

function exec(env: Record<string, string> = {}, signal = new AbortController().signal): Exec {
  return createExec({ env: { PATH: process.env.PATH, ...env }, signal });
}

describe("exec()", () => {
  it("returns the exit code and both outputs of a program", async () => {
    const result = await exec()(node, ["-e", "console.log('out'); console.error('err'); process.exitCode = 3"]);
    expect(result).toEqual({ exitCode: 3, stdout: "out\n", stderr: "err\n" });
  });

  it("gives arguments as they are, whatever a shell would make of them", async () => {
    const args = ["a b", "$HOME", "`id`", "; rm -rf x", "'\"", "*", ""];
    const { stdout } = await exec()(node, ["-p", "JSON.stringify(process.argv.slice(1))", "--", ...args]);
    expect(JSON.parse(stdout)).toEqual(args);
  });

  it("gives input, and does not mind a program that reads none", async () => {
    const echo = await exec()(node, ["-e", "process.stdin.pipe(process.stdout)"], { input: "héllo\n" });
    expect(echo.stdout).toBe("héllo\n");
    const deaf = await exec()(node, ["-e", "process.exit(0)"], { input: "x".repeat(1_000_000) });
    expect(deaf.exitCode).toBe(0);
  });

  it("calls onLine with whole lines, however the output is cut", async () => {
    const lines: string[] = [];
    const program = `
      const bytes = Buffer.from("first\\r\\nsé");
      process.stdout.write(bytes.subarray(0, -1), () => setTimeout(() => {
        process.stdout.write(bytes.subarray(-1));
        process.stdout.write("cond\\n\\nlast");
      }, 30));`;
    const { stdout } = await exec()(node, ["-e", program], { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(["first", "sécond", "", "last"]);
    expect(stdout).toBe("first\r\nsécond\n\nlast");
  });

  it("passes the environment on without inputs and state, and adds what it is given", async () => {
    const env = { KEPT: "1", "INPUT_DIGITALOCEAN-TOKEN": "t", STATE_credential: "c", REPLACED: "old" };
    const { stdout } = await exec(env)(node, ["-p", "JSON.stringify(process.env)"], { env: { REPLACED: "new" } });
    const seen = JSON.parse(stdout) as Record<string, string>;
    expect(seen).toMatchObject({ KEPT: "1", REPLACED: "new" });
    expect(Object.keys(seen).filter((name) => /INPUT|STATE/.test(name))).toEqual([]);
  });

  it("runs in the folder it is given", async () => {
    const { stdout } = await exec()(node, ["-p", "process.cwd()"], { cwd: "/" });
    expect(stdout).toBe("/\n");
  });

  it("says which program is not there", async () => {
    const failure: unknown = await exec()("no-such-program", []).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SlipwayError);
    expect(failure).toMatchObject({
      code: "configuration",
      message: "Cannot run no-such-program because there is no such program on PATH",
    });
  });

  it("reports a program that a signal ended as a shell does", async () => {
    expect(await exec()(node, ["-e", "process.kill(process.pid, 'SIGKILL')"])).toMatchObject({ exitCode: 137 });
  });

  it("does not wait for what a program left running", async () => {
    const started = performance.now();
    const program = `require("node:child_process").spawn("sleep", ["20"], { stdio: "inherit", detached: true }).unref()`;
    expect(await exec()(node, ["-e", program])).toMatchObject({ exitCode: 0 });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("exec() in a cancelled job", () => {
  it("does not start a program", async () => {
    await expect(exec({}, AbortSignal.abort(new Error("cancelled")))(node, [])).rejects.toThrow("cancelled");
  });

  it.each([
    ["asks a program to end", "console.log('up'); setInterval(() => {}, 1000)"],
    [
      "kills one that does not listen",
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
    ],
  ])("%s, and throws the reason", async (_, program) => {
    const job = new AbortController();
    const run = exec({}, job.signal)(node, ["-e", program], { onLine: () => job.abort(new Error("cancelled")) });
    await expect(run).rejects.toThrow("cancelled");
  });

  it("also listens to the signal of the call", async () => {
    const call = new AbortController();
    const options = { signal: call.signal, onLine: () => call.abort(new Error("too slow")) };
    const run = exec()(node, ["-e", "console.log('up'); setInterval(() => {}, 1000)"], options);
    await expect(run).rejects.toThrow("too slow");
  });
});
