import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The address of the machine that the cluster thinks it is alone on: loopback will not do for API servers and nodes. */
export const machineAddress = "10.200.0.1";
/** Pods get addresses of it: the sandbox's kubelet as AddressPool does, a real node in a bridge of its own. */
export const podNetwork = "10.244";
export const podRange = `${podNetwork}.0.0/17`;
export const serviceRange = "10.96.0.0/16";

const run = promisify(execFile);

/** Makes something of a new network namespace, which has nothing but a loopback interface that is down. */
export async function raiseNetwork(o: { readonly localRanges: readonly string[] }): Promise<void> {
  await run("ip", ["link", "set", "lo", "up"]);
  await run("ip", ["address", "add", `${machineAddress}/32`, "dev", "lo"]);
  // All of these addresses are this machine's own: processes can listen on them, and nothing leaves it.
  for (const range of o.localRanges) await run("ip", ["route", "add", "local", range, "dev", "lo"]);
}
