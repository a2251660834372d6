import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readKubeconfig } from "../../src/kubernetes/access.ts";
import { connect } from "../../src/kubernetes/client.ts";
import type { Outside } from "../outside.ts";
import { startCloud } from "./cloud.ts";
import type { Account, Cloud } from "./cloud.ts";
import { leaveNoTrace, untilFree } from "./leave-no-trace.ts";
import { closePlace, newPlace, sharedPlace, startEngines } from "./place.ts";
import type { EngineWorld, Place } from "./place.ts";
import type { Variables } from "./unit.ts";

/**
 * Opens a cluster with a cloud around it for the scenarios of one file: the one that the worker's files share, else one of its own that
 * ends with this process, whatever becomes of it. Who asks for a node address has one of its own.
 */
export async function openEngines(
  world: EngineWorld,
  { nodeAddress }: { readonly nodeAddress?: string },
): Promise<Outside> {
  const shared = nodeAddress === undefined ? sharedPlace() : undefined;
  const place = shared ?? (await newPlace(nodeAddress));
  const closing: (() => Promise<void> | void)[] = shared === undefined ? [() => closePlace(place)] : [];
  const stop = async (): Promise<void> => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const variables = await startEngines(world, place);
    const administrator = connect(readKubeconfig(await readFile(variables.KUBECONFIG ?? "", "utf8")));
    closing.push(() => administrator.close());
    if (shared !== undefined) closing.push(await leaveNoTrace(administrator));
    const cloud = await startCloud({ registryPort: place.cloudPort });
    closing.push(() => cloud.close());
    const untilNamespaceIsFree = (name: string): Promise<void> => untilFree(administrator, name);
    return { ...(await furnish({ place, variables, cloud })), untilNamespaceIsFree, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Furniture {
  readonly place: Place;
  readonly variables: Variables;
  readonly cloud: Cloud;
}

async function furnish({
  place,
  variables,
  cloud,
}: Furniture): Promise<Omit<Outside, "stop" | "untilNamespaceIsFree">> {
  const account = await cloud.addCluster(variables.KUBECONFIG ?? "");
  const kubeconfig = join(place.folder, "kubeconfig");
  await writeFile(kubeconfig, account.kubeconfig, { mode: 0o600 });
  return {
    kubeconfig,
    registry: variables.REGISTRY ?? cloud.registry.address,
    cloudRegistry: `${cloud.registry.address}/sandbox`,
    digitaloceanApiUrl: account.digitaloceanApiUrl,
    digitaloceanToken: cloud.token,
    nodeAddress: place.nodeAddress,
    ...hands(cloud, account),
    // Their keepers would tell nobody.
    ended: new Promise(() => undefined),
  };
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
