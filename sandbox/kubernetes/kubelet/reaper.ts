import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { killGroup, killMarked } from "./survivors.ts";

/**
 * A small process beside the kubelet that outlives it by a moment, whatever ends it, SIGKILL too: it is told of each process group
 * on its standard input ("+123", "-123"), and when that ends, kills those that are left and removes the kubelet's files.
 */
async function main(): Promise<void> {
  const [, , mark, rootDir] = process.argv;
  if (!mark || !rootDir) throw new Error("usage: reaper.ts MARK DIRECTORY");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const groups = new Set<number>();
  for await (const line of createInterface({ input: process.stdin })) {
    const group = Number(line.slice(1));
    if (line.startsWith("+")) groups.add(group);
    else groups.delete(group);
  }
  for (const group of groups) killGroup(group);
  await killMarked(mark);
  await rm(rootDir, { recursive: true, force: true, maxRetries: 5 });
}

await main();
