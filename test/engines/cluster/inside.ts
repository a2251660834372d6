import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { SlipwayError } from "../../../src/error.ts";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { Supervisor } from "../../../sandbox/kubernetes/kubelet/supervisor.ts";
import { Parts } from "../parts.ts";
import { startApiServer, startControllers } from "./control-plane.ts";
import { makeCredentials } from "./credentials.ts";
import type { Credentials } from "./credentials.ts";
import { openGate, publish } from "./gate.ts";
import { startMetricsServer } from "./metrics.ts";
import { podRange, raiseNetwork, serviceRange } from "./network.ts";
import { startRealNode } from "./real-node.ts";
import type { NodeSettings } from "./real-node.ts";
import { nodeName, startSandboxNode } from "./sandbox-node.ts";

/** What the cluster is told by the process that starts it, as JSON. */
export interface InsideOptions {
  readonly folder: string;
  /** Where the API server listens. */
  readonly port: number;
  /** The program that is each part of Kubernetes. */
  readonly program: string;
  /** Ports of the machine's own loopback that are to be found on the cluster's: those of registries. */
  readonly reach: readonly number[];
  /** What to leave out: the node, or all but etcd and the API server. */
  readonly only?: "api-server" | "control-plane";
  /** A real node's. Without it the sandbox's kubelet is the node. */
  readonly node?: NodeSettings & { readonly cgroup: string };
}

/** The two gates between the cluster and the machine, in the cluster's folder. */
export const gates = { inside: "inside.gate", outside: "outside.gate" };
export const ready = "ready\n";

/**
 * A cluster's first process. It lives in namespaces of its own, of processes, files and network, which end with it: so nothing of the
 * cluster can outlive it, and no two clusters meet.
 */
async function main(o: InsideOptions): Promise<string> {
  const { folder } = o;
  await raiseNetwork({ localRanges: o.node === undefined ? [podRange, serviceRange] : [] });
  await openGate(join(folder, gates.inside), () => true);
  const outside = join(folder, gates.outside);
  for (const port of o.reach) await publish({ host: "127.0.0.1", port, gate: outside, to: port });
  await mkdir(join(folder, "parts"));
  const parts = new Parts(Supervisor.start(join(folder, "parts")), join(folder, "logs"));
  const server = `https://127.0.0.1:${o.port}`;
  const credentials = await makeCredentials({ folder: join(folder, "credentials"), server });
  const controlPlane = { ...o, credentials, parts };
  const api = await startApiServer(controlPlane);
  if (o.only !== "api-server") {
    await startControllers(controlPlane);
    await parts.until("ServiceAccount for pods", () => defaultAccount(api), 30_000);
  }
  if (o.only === undefined) {
    await startNode(api, { ...o, credentials, parts });
    await parts.until("ready node", () => nodeIsReady(api), 30_000);
  }
  process.stdout.write(ready);
  return parts.ended;
}

async function startNode(
  api: KubernetesApi,
  o: InsideOptions & { readonly credentials: Credentials; readonly parts: Parts },
): Promise<void> {
  const { node, reach } = o;
  if (node === undefined) return startSandboxNode({ ...o, api });
  const registries = reach.map((port) => `127.0.0.1:${port}`);
  await startRealNode({ ...o, settings: node, cgroup: node.cgroup, registries });
  await startMetricsServer({ ...o, program: node.metricsServer, api });
}

async function nodeIsReady(api: KubernetesApi): Promise<true | undefined> {
  type Node = KubernetesObject & { spec: { taints?: unknown[] } };
  const node = await api.request<Node>({ method: "GET", path: `/api/v1/nodes/${nodeName}` });
  // The controllers take the taint of a new node away when it is ready.
  return node.spec.taints === undefined ? true : undefined;
}

/** Pods cannot be made before. */
function defaultAccount(api: KubernetesApi): Promise<unknown> {
  return api.request({ method: "GET", path: "/api/v1/namespaces/default/serviceaccounts/default" });
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.stderr.write(`${await main(JSON.parse(process.argv[2] ?? "") as InsideOptions)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof SlipwayError ? error.message : String((error as Error).stack)}\n`);
  }
  process.exit(1);
}
