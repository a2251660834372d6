import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { Certificates } from "../../certificates.ts";
import { serveDefinitions } from "./definitions.ts";
import { handle } from "./handle.ts";
import { inProcess } from "./in-process.ts";
import type { Core } from "./core.ts";
import type { ServiceAddresses } from "./kinds/services.ts";
import type { Answer, Call, User } from "./request.ts";
import { Resources } from "./resources.ts";
import { unauthorized } from "./status.ts";
import { Store } from "./store.ts";
import { Tokens } from "./tokens.ts";
import type { TokenRequest } from "./tokens.ts";

export interface ApiServer {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  readonly caPem: string;
  issueToken(request: TokenRequest): string;
  revokeToken(token: string): void;
  /** The same handlers without TLS or HTTP. Groups default to `system:masters`, who may do everything. */
  inProcess(user: string, groups?: readonly string[]): KubernetesApi;
  /** Forgets the history of changes, as etcd's compaction does: watches that resume get 410. */
  compact(): void;
  close(): Promise<void>;
}

export interface ApiServerOptions {
  readonly certificates: Certificates;
  readonly port?: number;
  readonly serviceAddresses?: ServiceAddresses;
}

/** Starts a Kubernetes API server on 127.0.0.1, with the namespaces every cluster has. */
export async function startApiServer(o: ApiServerOptions): Promise<ApiServer> {
  const stopped = new AbortController();
  const core: Core = {
    store: new Store(),
    resources: new Resources(),
    tokens: new Tokens(),
    serviceAddresses: o.serviceAddresses ?? addressesOfOurOwn(),
    signal: stopped.signal,
    now: () => new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  };
  const server = createServer({ cert: o.certificates.certPem, key: o.certificates.keyPem }, (request, response) => {
    void serve(core, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(o.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const api = (user: string, groups: readonly string[] = ["system:masters"]): KubernetesApi =>
    inProcess((call) => handle(core, call), { name: user, groups: [...groups, "system:authenticated"] });
  serveDefinitions(core, api("kube-apiserver"));
  for (const name of ["default", "kube-system", "kube-public", "kube-node-lease"]) {
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    await api("system:apiserver").request({ method: "POST", path: "/api/v1/namespaces", body });
  }
  return {
    url: `https://127.0.0.1:${port}`,
    caPem: o.certificates.caPem,
    issueToken: (request) => core.tokens.issue(request),
    revokeToken: (token) => core.tokens.revoke(token),
    inProcess: api,
    compact: () => core.store.compact(),
    async close() {
      stopped.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const user = authenticate(core, request.headers.authorization ?? "");
    if (user === undefined) {
      await send(response, { code: 401, json: unauthorized().status });
      return;
    }
    const url = new URL(request.url ?? "/", "https://127.0.0.1");
    const call: Call = {
      method: request.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      accept: request.headers.accept ?? "",
      contentType: request.headers["content-type"] ?? "",
      userAgent: request.headers["user-agent"] ?? "",
      body: await readBody(request),
      user,
      signal: gone.signal,
    };
    await send(response, await handle(core, call));
  } catch (error) {
    response.destroy(error instanceof Error ? error : undefined);
  }
}

/** Undefined for a token that is not good; no token at all is the anonymous user. */
function authenticate(core: Core, authorization: string): User | undefined {
  if (authorization === "") return { name: "system:anonymous", groups: ["system:unauthenticated"] };
  return core.tokens.user(authorization.replace(/^Bearer /, ""));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  for (const warning of answer.warnings ?? []) response.appendHeader("warning", `299 - ${JSON.stringify(warning)}`);
  const contentType = answer.contentType ?? (answer.json === undefined ? undefined : "application/json");
  response.writeHead(answer.code, {
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...answer.headers,
  });
  if (answer.chunks === undefined) {
    response.end(answer.json === undefined ? answer.text : `${JSON.stringify(answer.json)}\n`);
    return;
  }
  response.flushHeaders();
  for await (const chunk of answer.chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
  }
  response.end();
}

/** Addresses nobody listens on: for a server that stands alone. */
function addressesOfOurOwn(): ServiceAddresses {
  let next = 0;
  return {
    take: () => {
      next += 1;
      return `127.96.${Math.floor(next / 254)}.${1 + (next % 254)}`;
    },
    release: () => undefined,
  };
}
