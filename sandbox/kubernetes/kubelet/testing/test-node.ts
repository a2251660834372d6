import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import { makeCertificates } from "../../../certificates.ts";
import { startRegistry } from "../../../registry/server.ts";
import type { Registry } from "../../../registry/server.ts";
import { AddressPool } from "../../addresses.ts";
import { startApiServer } from "../../api/server.ts";
import type { Pod, PodSpec } from "../pod.ts";
import { startKubelet } from "../start.ts";
import { eventually } from "./eventually.ts";
import { putImage } from "./test-image.ts";

/** A cluster of an API server, a registry and one node; there are no controllers. Its namespace is `ns`. */
export interface TestNode {
  readonly api: KubernetesApi;
  readonly registry: Registry;
  readonly addresses: AddressPool;
  readonly rootDir: string;
  /** The name of the image that `node` starts in; its working directory is /app, which holds web.js. */
  readonly image: string;
  createPod(name: string, spec: PodSpec): Promise<Pod>;
  pod(name: string): Promise<Pod | undefined>;
  /** Waits until a pod is as it should be. */
  until(name: string, is: (pod: Pod) => boolean): Promise<Pod>;
  deletePod(name: string): Promise<void>;
  /** What the kubelet's server answers for a container's log. */
  log(pod: string, query?: string): Promise<string>;
  stop(): Promise<void>;
}

const nodeName = "node1";
const nodePath = "/usr/local/bin/node";

/** Serves the files of the image it is in: 200 for those that exist, 404 otherwise. It does not mind being asked to end. */
const web = `
const { existsSync } = require("node:fs");
process.on("SIGTERM", () => console.log("SIGTERM"));
require("node:http").createServer((request, response) => {
  response.statusCode = existsSync(require("node:path").join(__dirname, "..", request.url)) ? 200 : 404;
  response.end(process.env.HOST + " " + request.url);
}).listen(8080, process.env.HOST, () => console.log("serving"));
`;

export async function startTestNode(o: { readonly backOffMs: number }): Promise<TestNode> {
  const addresses = await AddressPool.open();
  const serviceAddresses = {
    take: () => addresses.nextServiceAddress(),
    release: (address: string) => addresses.release(address),
  };
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]), serviceAddresses });
  const registry = await startRegistry();
  await putImage(registry, {
    repository: "test/web",
    tag: "1",
    files: { [nodePath]: "", "bin/sh": "", "bin/busybox": '#!/bin/sh\nexec "$@"\n', "app/web.js": web },
    config: { Cmd: ["node", "web.js"], WorkingDir: "/app", Env: ["PATH=/usr/local/bin:/bin"] },
  });
  const api = server.inProcess("system:admin");
  await makeNamespace(api);
  const ending = new AbortController();
  const rootDir = await mkdtemp(join(tmpdir(), "slipway-node-"));
  const problems: string[] = [];
  const kubelet = await startKubelet({
    api: server.inProcess(`system:node:${nodeName}`),
    nodeName,
    capacity: { cpu: "4", memory: "8Gi", pods: "110" },
    podAddresses: addresses,
    rootDir,
    signal: ending.signal,
    hostPrograms: { [nodePath]: process.execPath, "/bin/sh": "/bin/sh" },
    backOffMs: o.backOffMs,
    log: (line) => problems.push(line),
  });
  const path = (name: string): string => `/api/v1/namespaces/ns/pods/${name}`;
  const pod = async (name: string): Promise<Pod | undefined> => {
    const { items } = await api.request<{ items: Pod[] }>({ method: "GET", path: "/api/v1/namespaces/ns/pods" });
    return items.find(({ metadata }) => metadata.name === name);
  };
  return {
    api,
    registry,
    addresses,
    rootDir,
    image: `${registry.address}/test/web:1`,
    pod,
    createPod: (name, spec) =>
      api.request<Pod>({
        method: "POST",
        path: "/api/v1/namespaces/ns/pods",
        body: {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name },
          spec: { nodeName, automountServiceAccountToken: false, ...spec },
        },
      }),
    until: (name, is) =>
      eventually(`pod ${name}`, async () => {
        const found = await pod(name);
        return found !== undefined && is(found) ? found : undefined;
      }),
    deletePod: async (name) => {
      await api.request({ method: "DELETE", path: path(name) });
    },
    log: (name, query = "") => readLog(api, name, query),
    stop: async () => {
      await kubelet.stop();
      ending.abort();
      await registry.close();
      await server.close();
      addresses.close();
      if (problems.length > 0) throw new Error(problems.join("\n"));
    },
  };
}

async function makeNamespace(api: KubernetesApi): Promise<void> {
  const make = (path: string, kind: string, name: string) =>
    api.request({ method: "POST", path, body: { apiVersion: "v1", kind, metadata: { name } } });
  await make("/api/v1/namespaces", "Namespace", "ns");
  await make("/api/v1/namespaces/ns/serviceaccounts", "ServiceAccount", "default");
}

async function readLog(api: KubernetesApi, pod: string, query: string): Promise<string> {
  interface Node {
    status: { daemonEndpoints: { kubeletEndpoint: { Port: number } } };
  }
  const node = await api.request<Node>({ method: "GET", path: `/api/v1/nodes/${nodeName}` });
  const port = node.status.daemonEndpoints.kubeletEndpoint.Port;
  return (await fetch(`http://127.0.0.1:${port}/containerLogs/ns/${pod}/main${query}`)).text();
}

/** Variables that tell a process at which address it is to listen. */
export const hostVariable = { name: "HOST", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } };

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
}
