import { ApiError } from "../../../../src/kubernetes/api-error.ts";
import type { Status } from "../../../../src/kubernetes/api-error.ts";
import type { ApiRequest, KubernetesApi } from "../../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { makeCertificates } from "../../../certificates.ts";
import { startApiServer } from "../server.ts";
import type { ApiServer, ApiServerOptions } from "../server.ts";

type Query = NonNullable<ApiRequest["query"]>;

/** An API server with a namespace `ns` and its service account, and short ways to ask it as an administrator. */
export interface TestServer {
  readonly server: ApiServer;
  readonly api: KubernetesApi;
  get<T = KubernetesObject>(path: string, query?: Query): Promise<T>;
  create<T = KubernetesObject>(path: string, body: object, query?: Query): Promise<T>;
  replace<T = KubernetesObject>(path: string, body: object): Promise<T>;
  merge<T = KubernetesObject>(path: string, body: object): Promise<T>;
  apply<T = KubernetesObject>(path: string, body: object): Promise<T>;
  remove<T = unknown>(path: string, options?: object): Promise<T>;
  watch(path: string, query?: Query): Watch;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: KubernetesObject;
}

export interface Watch {
  /** The next event, within five seconds; undefined when the server has ended the watch. */
  next(): Promise<WatchEvent | undefined>;
  stop(): void;
}

export async function startTestServer(options: Partial<ApiServerOptions> = {}): Promise<TestServer> {
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]), ...options });
  const api = server.inProcess("tester");
  const write = async <T>(request: ApiRequest): Promise<T> => await api.request<T>(request);
  const patch =
    (contentType: NonNullable<ApiRequest["contentType"]>) =>
    async <T>(path: string, body: object): Promise<T> =>
      await write<T>({ method: "PATCH", path, body, contentType, query: { fieldManager: "tester" } });
  const test: TestServer = {
    server,
    api,
    get: (path, query) => write({ method: "GET", path, ...(query === undefined ? {} : { query }) }),
    create: (path, body, query) => write({ method: "POST", path, body, ...(query === undefined ? {} : { query }) }),
    replace: (path, body) => write({ method: "PUT", path, body }),
    merge: patch("application/merge-patch+json"),
    apply: patch("application/apply-patch+yaml"),
    remove: (path, body) => write({ method: "DELETE", path, body }),
    watch: (path, query) => watch(api, path, query ?? {}),
  };
  await test.create("/api/v1/namespaces", { metadata: { name: "ns" } });
  await test.create("/api/v1/namespaces/ns/serviceaccounts", { metadata: { name: "default" } });
  return test;
}

function watch(api: KubernetesApi, path: string, query: Query): Watch {
  const stopped = new AbortController();
  const stream = api.stream({ method: "GET", path, query: { watch: true, ...query }, signal: stopped.signal });
  const chunks = stream[Symbol.asyncIterator]();
  let lines: string[] = [];
  return {
    async next() {
      while (lines.length === 0) {
        const chunk = await within(5000, chunks.next());
        if (chunk.done === true) return undefined;
        lines = Buffer.from(chunk.value).toString("utf8").trim().split("\n");
      }
      return JSON.parse(lines.shift() ?? "") as WatchEvent;
    },
    stop: () => stopped.abort(),
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${ms} ms for an event of a watch`)), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The Status that a request is refused with. Fails when it is not refused. */
export async function refusal(request: Promise<unknown>): Promise<Status> {
  try {
    await request;
  } catch (error) {
    if (error instanceof ApiError && error.body !== undefined) return error.body;
    throw error;
  }
  throw new Error("The request was not refused");
}

export const pods = "/api/v1/namespaces/ns/pods";
export const configMaps = "/api/v1/namespaces/ns/configmaps";

/** A pod on a node, unless `spec` says otherwise. */
export function pod(name: string, spec: object = {}): object {
  return { metadata: { name }, spec: { nodeName: "node", containers: [{ name: "main", image: "app:1" }], ...spec } };
}
