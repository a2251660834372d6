import { randomInt } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExec } from "../../src/runner/exec.ts";
import type { Outside } from "../outside.ts";
import { startCloud } from "./cloud.ts";
import type { Account, Cloud } from "./cloud.ts";
import { prepare } from "./engines.ts";
import { Instance } from "./instance.ts";
import type { Variables } from "./unit.ts";

/** Starts engines for the scenarios of one file. They end with this process, whatever becomes of it. */
export async function openEngines(
  world: "control-plane" | "node",
  { nodeAddress = randomLoopback() }: { readonly nodeAddress?: string },
): Promise<Outside> {
  const instance = new Instance(await mkdtemp(join(tmpdir(), "slipway-engines-")));
  const cloud = await startCloud();
  const stop = async (): Promise<void> => {
    await cloud.close();
    await instance.close();
  };
  try {
    const { signal } = new AbortController();
    const { requests } = await prepare(world, {
      workshop: {
        tell: (line) => void process.stderr.write(`${line}\n`),
        exec: createExec({ env: process.env, signal }),
      },
      nodeAddress,
      registryPort: await instance.registryPort(),
      reach: [portOf(cloud.registry.address)],
    });
    let variables: Variables = {};
    for (const request of requests) {
      variables = { ...variables, ...(await instance.start(request, { stays: false, signal })) };
    }
    const account = await cloud.addCluster(variables.KUBECONFIG ?? "");
    const kubeconfig = join(instance.folder, "kubeconfig");
    await writeFile(kubeconfig, account.kubeconfig, { mode: 0o600 });
    return {
      kubeconfig,
      registry: variables.REGISTRY ?? cloud.registry.address,
      cloudRegistry: `${cloud.registry.address}/sandbox`,
      digitaloceanApiUrl: account.digitaloceanApiUrl,
      digitaloceanToken: cloud.token,
      nodeAddress,
      ...hands(cloud, account),
      // Their keepers would tell nobody.
      ended: new Promise(() => undefined),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the sandbox is asked from another process is here in this one. */
function hands(
  { faults }: Cloud,
  account: Account,
): Pick<Outside, "addFault" | "clearFaults" | "compact" | "disconnect" | "requestCounts"> {
  return {
    addFault(fault) {
      faults.add(fault);
      return Promise.resolve();
    },
    clearFaults() {
      faults.clear();
      return Promise.resolve();
    },
    compact: () => account.compact(),
    disconnect() {
      account.disconnect();
      return Promise.resolve();
    },
    requestCounts: () => Promise.resolve(faults.requestCounts()),
  };
}

function portOf(address: string): number {
  return Number(address.split(":").at(-1));
}

/** Of no sandbox's pods: these have addresses of 127.16.0.0 and above. */
function randomLoopback(): string {
  return `127.${randomInt(2, 16)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}
