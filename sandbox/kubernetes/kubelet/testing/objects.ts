import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "@jest/globals";
import type { Pod, PodSpec } from "../pod.ts";

/** A pod of the namespace `ns`. */
export function podOf(spec: PodSpec): Pod {
  const metadata = { name: "pod", namespace: "ns", uid: "u1", generation: 1, labels: { app: "web" } };
  return { apiVersion: "v1", kind: "Pod", metadata, spec };
}

/** Makes folders that are removed after the test. */
export function temporaryFolders(): () => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "slipway-kubelet-"));
    folders.push(folder);
    return folder;
  };
}
