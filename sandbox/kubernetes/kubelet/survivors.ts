import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { systemErrorCode } from "../system-error.ts";

/**
 * The variable that every process of a sandbox's containers inherits: it finds those that left their process group (daemons), as
 * nothing else tells them apart without root.
 */
export const markVariable = "SLIPWAY_CONTAINER";

/** Sends SIGKILL to every member of a process group. A group that is gone is none of anyone's business. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    // EPERM: macOS says so of a group that has only dead members left.
    if (!["ESRCH", "EPERM"].includes(systemErrorCode(error))) throw error;
  }
}

/** Kills all processes whose mark begins with `mark`, until there are none. Only Linux tells; elsewhere it does nothing. */
export async function killMarked(mark: string): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const found = marked(mark);
    if (found.length === 0) return;
    for (const pid of found) killProcess(pid);
    await sleep(10);
  }
}

function marked(mark: string): number[] {
  if (process.platform !== "linux") return [];
  const wanted = `${markVariable}=${mark}`;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => isMarked(`/proc/${pid}/environ`, wanted)).map(Number);
}

function isMarked(file: string, wanted: string): boolean {
  try {
    return `\0${readFileSync(file, "latin1")}`.includes(`\0${wanted}`);
  } catch {
    return false; // It ended meanwhile, or belongs to somebody else.
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (systemErrorCode(error) !== "ESRCH") throw error;
  }
}
