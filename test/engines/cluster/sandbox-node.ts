import { join } from "node:path";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import { AddressPool } from "../../../sandbox/kubernetes/addresses.ts";
import { startKubelet } from "../../../sandbox/kubernetes/kubelet/start.ts";
import { startServiceProxy } from "../../../sandbox/kubernetes/kubelet/service-proxy.ts";
import { nodePath } from "../../../sandbox/registry/seed.ts";
import type { Credentials } from "./credentials.ts";
import { podNetwork, serviceRange } from "./network.ts";

export const nodeName = "node1";

/** Starts the sandbox's kubelet as the node of a real control plane, with what stands in for kube-proxy there. */
export async function startSandboxNode(o: {
  readonly api: KubernetesApi;
  readonly credentials: Credentials;
  readonly folder: string;
}): Promise<void> {
  const { api, credentials } = o;
  // It ends with this process.
  const { signal } = new AbortController();
  const isOwn = (address: string): boolean => address.startsWith(serviceRange.replace(/\.0\.0\/16$/, "."));
  await startServiceProxy({ api, signal, isOwn });
  const serving = await credentials.server("kubelet", ["127.0.0.1", nodeName]);
  await startKubelet({
    api,
    nodeName,
    capacity: { cpu: "8", memory: "16Gi", pods: "110" },
    podAddresses: AddressPool.of(podNetwork),
    rootDir: join(o.folder, "kubelet"),
    tls: { certPem: serving.certPem, keyPem: serving.keyPem, clientCaPem: credentials.caPem },
    hostPrograms: { [nodePath]: process.execPath },
    signal,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
}
