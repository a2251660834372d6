import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { SandboxProcess } from "../test/sandbox-process.ts";
import { difference } from "./stage.ts";
import type { RequestCounts } from "./stage.ts";

/** The version of the kubectl on PATH, undefined where there is none. */
export function findKubectl(): string | undefined {
  const { status, stdout } = spawnSync("kubectl", ["version", "--client"], { encoding: "utf8" });
  return status === 0 ? /Client Version: v?(\S+)/.exec(stdout)?.[1] : undefined;
}

/** Why a figure that compares with it is not there. */
export const noKubectl = "no kubectl on PATH";

/** Applies all files of a folder the way kubectl does on the server's side. */
export async function applyByKubectl(
  sandbox: SandboxProcess,
  { namespace, folder }: { readonly namespace: string; readonly folder: string },
): Promise<{ readonly wallMs: number; readonly requests: RequestCounts }> {
  const before = await sandbox.requestCounts();
  const started = performance.now();
  const args = ["--kubeconfig", sandbox.kubeconfig, "-n", namespace, "apply", "--server-side", "-f", folder];
  await promisify(execFile)("kubectl", args);
  const wallMs = performance.now() - started;
  return { wallMs, requests: difference(await sandbox.requestCounts(), before) };
}
