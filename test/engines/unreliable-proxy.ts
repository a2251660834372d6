import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, createServer, request } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../../src/kubernetes/client.ts";
import { makeCertificates } from "../../sandbox/certificates.ts";
import type { Answer, FaultHook } from "../../sandbox/http.ts";

/**
 * Stands before a real API server, so that its requests can be counted and go wrong as a script says; with those that pass, and their
 * answers, it does nothing. Clients show tokens: a certificate would end here.
 */
export class UnreliableProxy {
  readonly caPem: string;
  readonly #server: Server;
  readonly #target: Connection;
  readonly #agent: Agent;
  readonly #onRequest: FaultHook;
  /** Watches from here or before are answered as if the server had forgotten what has happened since. */
  #forgotten = 0;

  private constructor(server: Server, o: { target: Connection; caPem: string; onRequest: FaultHook }) {
    this.#server = server;
    this.#target = o.target;
    this.#onRequest = o.onRequest;
    this.caPem = o.caPem;
    this.#agent = new Agent({ keepAlive: true, ...(o.target.ca === undefined ? {} : { ca: o.target.ca }) });
    server.on("request", (incoming, response) => {
      // Whichever side breaks off, the other has to see it.
      this.#answer(incoming, response).catch(() => incoming.socket.destroy());
    });
  }

  static async start(target: Connection, onRequest: FaultHook): Promise<UnreliableProxy> {
    const { caPem, certPem: cert, keyPem: key } = await makeCertificates(["127.0.0.1"]);
    const server = createServer({ cert, key, keepAliveTimeout: 120_000 });
    const proxy = new UnreliableProxy(server, { target, caPem, onRequest });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  forgetUpTo(resourceVersion: string): void {
    this.#forgotten = Number(resourceVersion);
  }

  /** Cuts every connection. */
  disconnect(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.disconnect();
    this.#agent.destroy();
    await closed;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = incoming;
    const fault = this.#onRequest({ method, path: url });
    if (fault !== undefined && "reset" in fault) return void incoming.socket.destroy();
    if (fault !== undefined && "delayMs" in fault) await sleep(fault.delayMs);
    const scripted = fault !== undefined && "status" in fault ? fault : this.#tooOld(new URL(url, this.#target.server));
    if (scripted !== undefined) return void response.writeHead(scripted.status, scripted.headers).end(scripted.body);
    const answer = await this.#forward(incoming, response);
    if (fault !== undefined && "lost" in fault) return void incoming.socket.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    response.flushHeaders();
    await pipeline(answer, response);
  }

  async #forward(incoming: IncomingMessage, response: ServerResponse): Promise<IncomingMessage> {
    const { method, url = "/", headers } = incoming;
    const outgoing = request(new URL(url, this.#target.server), { method, headers, agent: this.#agent });
    response.once("close", () => outgoing.destroy());
    const [[answer]] = await Promise.all([
      once(outgoing, "response") as Promise<[IncomingMessage]>,
      pipeline(incoming, outgoing),
    ]);
    return answer;
  }

  /** What an API server says to a watch that would begin too long ago. */
  #tooOld({ searchParams }: URL): Answer | undefined {
    const from = Number(searchParams.get("resourceVersion") ?? Infinity);
    if (!["1", "true"].includes(searchParams.get("watch") ?? "") || from > this.#forgotten) return undefined;
    const message = `too old resource version: ${from} (${this.#forgotten})`;
    const object = { kind: "Status", apiVersion: "v1", status: "Failure", message, reason: "Expired", code: 410 };
    const body = `${JSON.stringify({ type: "ERROR", object })}\n`;
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
}
