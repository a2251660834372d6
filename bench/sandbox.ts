import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { sandboxProcess } from "../test/sandbox-process.ts";
import { formatValue, median } from "./figure.ts";
import type { Figure } from "./figure.ts";

export const title = "sandbox: from its start until it is ready, and its memory then";

const rounds = 7;

export async function measure(): Promise<Figure[]> {
  const readyMs: number[] = [];
  const residentBytes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const sandbox = await sandboxProcess();
    readyMs.push(performance.now() - started);
    residentBytes.push(await residentMemory(sandbox.process.pid));
    await sandbox.stop();
  }
  const [fastest, slowest] = [Math.min(...readyMs), Math.max(...readyMs)].map((ms) => formatValue(ms, "milliseconds"));
  const note = `${rounds} starts, ${fastest ?? ""} to ${slowest ?? ""}`;
  return [
    { name: "ready", value: median(readyMs), unit: "milliseconds", atMost: 1_000, note },
    { name: "resident memory", value: median(residentBytes), unit: "bytes", atMost: 120e6 },
  ];
}

/** In bytes. */
async function residentMemory(pid = 0): Promise<number> {
  if (process.platform !== "linux") return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) * 1024;
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
