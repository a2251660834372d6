import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { makeCertificates } from "../../../certificates.ts";
import { startApiServer } from "../../api/server.ts";
import { ignoring } from "../cluster.ts";
import type { Pod } from "../kinds.ts";
import { startControllers } from "../start.ts";
import { startFakeNode } from "./fake-node.ts";
import type { Fate } from "./fake-node.ts";

const patienceMs = 15_000;

export interface TestCluster {
  /** What an administrator may do. */
  readonly api: KubernetesApi;
  /** What the controllers said: each line is a reconcile that failed and was tried again. */
  readonly log: readonly string[];
  get<T extends KubernetesObject>(path: string): Promise<T>;
  list<T extends KubernetesObject>(path: string): Promise<T[]>;
  create<T extends KubernetesObject>(path: string, body: object): Promise<T>;
  patch<T extends KubernetesObject>(path: string, body: object): Promise<T>;
  delete(path: string, options?: object): Promise<void>;
  /** Resolves with the object at `path` once it is as wanted (`undefined` stands for gone). Fails after 15 s, with its last state. */
  until<T extends KubernetesObject>(path: string, wanted: (object: T | undefined) => boolean): Promise<T | undefined>;
  stop(): Promise<void>;
}

export interface TestClusterOptions {
  /** What becomes of pods; without it nothing does. */
  readonly fate?: (pod: Pod) => Fate;
  /** Stands between the controllers and the API server. */
  readonly between?: (api: KubernetesApi) => KubernetesApi;
}

/** An API server with a namespace `ns`, all controllers, and a node whose pods become what `fate` says. */
export async function startTestCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const { between = (each: KubernetesApi) => each, fate } = options;
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]) });
  const ended = new AbortController();
  const { signal } = ended;
  const as = (user: string) => server.inProcess(user, ["system:masters"]);
  const api = as("admin");
  const log: string[] = [];
  await startFakeNode({ api: as("system:node:node1"), signal, ...(fate === undefined ? {} : { fate }) });
  const controllers = await startControllers({
    api: between(as("system:kube-controller-manager")),
    signal,
    caPem: server.caPem,
    log: (line) => log.push(line),
  });
  const cluster: TestCluster = {
    api,
    log,
    get: (path) => api.request({ method: "GET", path }),
    list: <T extends KubernetesObject>(path: string) =>
      api.request<{ items: T[] }>({ method: "GET", path }).then(({ items }) => items),
    create: (path, body) => api.request({ method: "POST", path, body }),
    patch: (path, body) =>
      api.request({ method: "PATCH", path, body, contentType: "application/strategic-merge-patch+json" }),
    delete: (path, body) => api.request({ method: "DELETE", path, body }),
    until: <T extends KubernetesObject>(path: string, wanted: (object: T | undefined) => boolean) =>
      waitFor<T | undefined>(path, () => ignoring(404, api.request<T>({ method: "GET", path })), wanted),
    async stop() {
      await controllers.stop();
      ended.abort();
      await server.close();
    },
  };
  await cluster.create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } });
  await cluster.until("/api/v1/namespaces/ns/serviceaccounts/default", (account) => account !== undefined);
  return cluster;
}

/** Looks again and again until what it sees is as wanted. Fails after 15 s with what it saw last. */
export async function waitFor<T>(what: string, look: () => T | Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`Waited too long for ${what}: got ${JSON.stringify(seen, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
