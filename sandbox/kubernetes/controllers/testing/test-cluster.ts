import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { makeCertificates } from "../../../certificates.ts";
import { startApiServer } from "../../api/server.ts";
import { startControllers } from "../start.ts";
import type { Pod } from "../kinds.ts";
import { startFakeNode } from "./fake-node.ts";
import type { Fate } from "./fake-node.ts";

const patienceMs = 15_000;

export interface TestCluster {
  readonly api: KubernetesApi;
  /** Lines the controllers logged: each is a reconcile that failed and was tried again. */
  readonly log: readonly string[];
  get<T extends KubernetesObject>(path: string): Promise<T>;
  list<T extends KubernetesObject>(path: string): Promise<T[]>;
  create<T extends KubernetesObject>(path: string, body: object): Promise<T>;
  patch<T extends KubernetesObject>(path: string, body: object): Promise<T>;
  /** Resolves with the object at `path` once it is as wanted (`undefined` stands for gone). Fails after 15 s, with its last state. */
  until<T extends KubernetesObject>(path: string, wanted: (object: T | undefined) => boolean): Promise<T | undefined>;
  stop(): Promise<void>;
}

/** An API server with all controllers and a node whose pods become what `fate` says. */
export async function startTestCluster(fate: (pod: Pod) => Fate = () => "ready"): Promise<TestCluster> {
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]) });
  const stopped = new AbortController();
  const api = server.inProcess("system:kube-controller-manager", ["system:masters"]);
  const node = server.inProcess("system:node:node1", ["system:masters"]);
  const user = server.inProcess("admin", ["system:masters"]);
  const log: string[] = [];
  await startFakeNode({ api: node, signal: stopped.signal, fate });
  const controllers = await startControllers({
    api,
    signal: stopped.signal,
    caPem: server.caPem,
    log: (line) => log.push(line),
  });
  const request = <T>(method: "GET" | "POST", path: string, body?: object) => user.request<T>({ method, path, body });
  return {
    api: user,
    log,
    get: (path) => request("GET", path),
    list: async <T>(path: string) => (await request<{ items: T[] }>("GET", path)).items,
    create: (path, body) => request("POST", path, body),
    patch: (path, body) =>
      user.request({ method: "PATCH", path, body, contentType: "application/strategic-merge-patch+json" }),
    until: (path, wanted) => until(user, path, wanted),
    async stop() {
      await controllers.stop();
      stopped.abort();
      await server.close();
    },
  };
}

async function until<T extends KubernetesObject>(
  api: KubernetesApi,
  path: string,
  wanted: (object: T | undefined) => boolean,
): Promise<T | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const object = await api.request<T>({ method: "GET", path }).catch(() => undefined);
    if (wanted(object)) return object;
    if (Date.now() > deadline) throw new Error(`Waited too long for ${path}: it is ${JSON.stringify(object)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
