import { once } from "node:events";
import { STATUS_CODES } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { addAbortSignal } from "node:stream";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { Certificates } from "../../certificates.ts";
import { bearerToken, readBody, requireLoopback } from "../../http.ts";
import type { FaultHook } from "../../http.ts";
import { timestamp } from "../timestamp.ts";
import { countQuotas } from "./admission/quota.ts";
import type { Core } from "./core.ts";
import { serveDefinitions } from "./definitions.ts";
import { handle, refused } from "./handle.ts";
import { inProcess } from "./in-process.ts";
import type { ServiceAddresses } from "./kinds/services.ts";
import { decodeProtobuf } from "./protobuf.ts";
import type { Answer, Call, User } from "./request.ts";
import { Resources } from "./resources.ts";
import { Refusal, unauthorized } from "./status.ts";
import { Store } from "./store.ts";
import type { Contents } from "./store.ts";
import { Tokens } from "./tokens.ts";
import type { TokenRequest } from "./tokens.ts";

export interface ApiServer {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  readonly caPem: string;
  issueToken(request: TokenRequest): string;
  revokeToken(token: string): void;
  /** The same handlers without TLS or HTTP. Groups default to `system:masters`, who may do everything. */
  readonly inProcess: (user: string, groups?: readonly string[]) => KubernetesApi;
  /** What it answers a request that came to another server. `response` tells when its client is gone; nothing is written to it. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<Answer>;
  /** All objects as they are now, from which another server can go on. */
  contents(): Contents;
  /** Forgets the history of changes, as etcd's compaction does: watches that resume get 410. */
  compact(): void;
  /** Cuts every connection, in the middle of whatever is on it. */
  disconnect(): void;
  /** Ends watches and connections, and resolves when the port is free. */
  close(): Promise<void>;
}

export interface ApiServerOptions {
  readonly certificates: Certificates;
  /** A loopback address; 127.0.0.1 by default. The certificate must be for it. */
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  /** Gives out cluster IPs; by default 127.96.0.1 and on, where nobody listens. */
  readonly serviceAddresses?: ServiceAddresses | undefined;
  readonly onFault?: FaultHook | undefined;
  /** What another server held: this one goes on from there. */
  readonly contents?: Contents | undefined;
  /** The clock of all timestamps that are stored. */
  readonly now?: (() => Date) | undefined;
}

/** As etcd allows, with room for what an apply adds. */
const bodyLimit = 3 * 1024 * 1024;
const firstNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

/**
 * Starts a Kubernetes API server with the namespaces that every cluster has.
 * @throws SlipwayError for an address that is not loopback.
 */
export async function startApiServer(o: ApiServerOptions): Promise<ApiServer> {
  const address = o.address ?? "127.0.0.1";
  requireLoopback(address);
  const stopped = new AbortController();
  const core = newCore(o, stopped.signal);
  const api = (user: string, groups: readonly string[] = ["system:masters"]): KubernetesApi =>
    inProcess((call) => handle(core, call), { name: user, groups: [...groups, "system:authenticated"] });
  serveDefinitions(core, api("kube-apiserver"));
  countQuotas(core);
  for (const name of o.contents === undefined ? firstNamespaces : []) {
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    await api("kube-apiserver").request({ method: "POST", path: "/api/v1/namespaces", body });
  }
  const { certPem: cert, keyPem: key, caPem } = o.certificates;
  // Clients keep connections for their next request: closing them early would look like a failing network.
  const options = { cert, key, keepAliveTimeout: 120_000, shouldUpgradeCallback: asksForSpdy };
  const server = createServer(options, (request, response) => {
    void serve({ core, onFault: o.onFault ?? (() => undefined) }, request, response);
  });
  server.on("upgrade", (request, socket) => void upgrade(core, request, socket));
  server.listen(o.port ?? 0, address);
  await once(server, "listening");
  return {
    url: `https://${address}:${(server.address() as AddressInfo).port}`,
    caPem,
    issueToken: (request) => core.tokens.issue(request),
    revokeToken: (token) => core.tokens.revoke(token),
    inProcess: api,
    answer: (request, response) => answer(core, request, response),
    contents: () => core.store.contents(),
    compact: () => core.store.compact(),
    disconnect: () => server.closeAllConnections(),
    async close() {
      stopped.abort();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function newCore(o: ApiServerOptions, signal: AbortSignal): Core {
  return {
    store: new Store(o.contents),
    resources: new Resources(),
    tokens: new Tokens(),
    serviceAddresses: o.serviceAddresses ?? addressesOfOurOwn(),
    signal,
    now: () => timestamp(o.now?.() ?? new Date()),
  };
}

/** Addresses nobody listens on: for a server that stands alone. */
function addressesOfOurOwn(): ServiceAddresses {
  let given = 0;
  return {
    take: () => {
      given += 1;
      return `127.96.${Math.floor(given / 254)}.${1 + (given % 254)}`;
    },
    release: () => undefined,
  };
}

interface Serving {
  readonly core: Core;
  readonly onFault: FaultHook;
}

async function serve({ core, onFault }: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const fault = onFault({ method: request.method ?? "GET", path: request.url ?? "/" });
    if (fault !== undefined && "reset" in fault) return void request.socket.resetAndDestroy();
    if (fault !== undefined && "delayMs" in fault) await sleep(fault.delayMs);
    if (fault !== undefined && "status" in fault)
      return void response.writeHead(fault.status, fault.headers).end(fault.body);
    const result = await answer(core, request, response);
    if (fault !== undefined && "lost" in fault) return void request.socket.resetAndDestroy();
    await send(response, result);
  } catch {
    // The client went away in the middle, which is its right, or a proxied answer broke off, which it has to see.
    response.destroy();
  }
}

async function answer(core: Core, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
  try {
    const gone = new AbortController();
    response.once("close", () => gone.abort("the client is gone"));
    return await handle(core, await readCall(core, request, gone.signal));
  } catch (error) {
    return refused(error);
  }
}

/** Any other request to upgrade is answered as if it were none. */
function asksForSpdy(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toUpperCase() === "SPDY/3.1";
}

/** Answers a request that may take its connection over. It has no body. */
async function upgrade(core: Core, request: IncomingMessage, connection: Duplex): Promise<void> {
  addAbortSignal(core.signal, connection);
  connection.on("error", () => connection.destroy());
  const { code, json, headers = {}, upgrade: takeOver } = await answerUpgrade(core, request);
  const body = takeOver === undefined ? JSON.stringify(json) : "";
  const all =
    takeOver === undefined
      ? { connection: "close", "content-type": "application/json" }
      : { connection: "Upgrade", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.write(`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ""}\r\n${lines.join("")}\r\n${body}`);
  if (takeOver === undefined) connection.end();
  else await takeOver(connection).catch(() => connection.destroy());
}

async function answerUpgrade(core: Core, request: IncomingMessage): Promise<Answer> {
  try {
    const user = authenticate(core, request.headers.authorization);
    return await handle(core, callOf(request, { user, bytes: Buffer.alloc(0), signal: core.signal }));
  } catch (error) {
    return refused(error);
  }
}

async function readCall(core: Core, request: IncomingMessage, signal: AbortSignal): Promise<Call> {
  const user = authenticate(core, request.headers.authorization);
  const bytes = await readBody(request, bodyLimit);
  if (bytes === undefined) throw tooLarge();
  return callOf(request, { user, bytes, signal });
}

interface Read {
  readonly user: User;
  readonly bytes: Buffer;
  readonly signal: AbortSignal;
}

function callOf(request: IncomingMessage, { user, bytes, signal }: Read): Call {
  const url = new URL(request.url ?? "/", "https://127.0.0.1");
  const contentType = request.headers["content-type"] ?? "";
  const isProtobuf = contentType.startsWith("application/vnd.kubernetes.protobuf") && bytes.length > 0;
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    accept: request.headers.accept ?? "",
    contentType: isProtobuf ? "application/json" : contentType,
    userAgent: request.headers["user-agent"] ?? "",
    body: isProtobuf ? JSON.stringify(decodeProtobuf(bytes)) : bytes.toString("utf8"),
    user,
    signal,
  };
}

function tooLarge(): Refusal {
  const message = `Request entity too large: limit is ${bodyLimit}`;
  return new Refusal({ code: 413, reason: "RequestEntityTooLarge", message });
}

/** No token at all is the anonymous user; one that is not good is a 401. */
function authenticate(core: Core, authorization: string | undefined): User {
  if (authorization === undefined) return { name: "system:anonymous", groups: ["system:unauthenticated"] };
  const user = core.tokens.user(bearerToken(authorization) ?? "");
  if (user === undefined) throw unauthorized();
  return user;
}

/** Writes an answer out, the stream of a watch until it ends. Rejects when that breaks off. */
export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.upgrade !== undefined) return void response.writeHead(400).end("Upgrade request required\n");
  for (const warning of answer.warnings ?? []) response.appendHeader("warning", `299 - ${JSON.stringify(warning)}`);
  const type = answer.contentType ?? (answer.json === undefined ? undefined : "application/json");
  response.writeHead(answer.code, { ...(type === undefined ? {} : { "content-type": type }), ...answer.headers });
  if (answer.chunks === undefined) {
    response.end(answer.json === undefined ? answer.text : `${JSON.stringify(answer.json)}\n`);
    return;
  }
  response.flushHeaders();
  for await (const chunk of answer.chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}
