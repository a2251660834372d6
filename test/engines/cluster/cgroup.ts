import { existsSync } from "node:fs";
import { mkdir, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemErrorCode } from "../../../sandbox/kubernetes/system-error.ts";

const root = "/sys/fs/cgroup";
const prefix = "slipway-node-";

/** Makes a group for the pods of one node in every hierarchy of control groups, of which version 2 has one. */
export async function makeCgroup(name: string): Promise<void> {
  for (const hierarchy of await hierarchies()) await mkdir(join(hierarchy, name), { recursive: true });
}

/** A name for the group of a node that this process starts. */
export function cgroupName(): string {
  return `${prefix}${process.pid}`;
}

/** Removes the groups of nodes whose process has ended, or is this one, which has ended all that it started. */
export async function removeCgroups(): Promise<void> {
  for (const hierarchy of await hierarchies()) {
    for (const name of await readdir(hierarchy)) {
      const isLeft = name === cgroupName() || !existsSync(`/proc/${name.slice(prefix.length)}`);
      if (name.startsWith(prefix) && isLeft) await removeTree(join(hierarchy, name));
    }
  }
}

async function hierarchies(): Promise<string[]> {
  if (existsSync(join(root, "cgroup.controllers"))) return [root];
  return (await readdir(root).catch(() => [])).map((name) => join(root, name));
}

/** What is in it has been killed, which may take the kernel a moment: until then the group is busy. */
async function removeTree(folder: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === "ENOENT") return;
      if (code !== "EBUSY" || performance.now() > deadline) throw error;
    }
    await sleep(50);
  }
}
