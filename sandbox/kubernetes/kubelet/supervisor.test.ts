import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "@jest/globals";
import { eventually } from "./testing/eventually.ts";

it.each(["SIGKILL", "SIGTERM"] as const)(
  "nothing outlives a kubelet that is ended by %s: no process, no file",
  async (signal) => {
    const owner = spawn(process.execPath, ["--no-warnings", join(import.meta.dirname, "testing/owner.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
      const { pids, rootDir } = JSON.parse(line) as { pids: number[]; rootDir: string };
      expect(pids.map(isAlive)).toEqual([true, true, true]);
      owner.kill(signal);
      await eventually("the end of all", () => (pids.some(isAlive) || existsSync(rootDir) ? undefined : true));
    } finally {
      owner.kill("SIGKILL");
    }
  },
);

/** A process that only waits for its parent to take note of its end is dead. */
function isAlive(pid: number): boolean {
  if (process.platform === "linux") return existsSync(`/proc/${pid}/exe`);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
