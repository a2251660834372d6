import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../../src/kubernetes/client.ts";
import { makeCertificates } from "../../sandbox/certificates.ts";
import type { FaultHook } from "../../sandbox/http.ts";

export interface CountingProxy {
  readonly url: string;
  readonly caPem: string;
  close(): Promise<void>;
}

/**
 * Stands before a real API server, so that its requests can be counted and go wrong as a script says; with those that pass, and their
 * answers, it does nothing. Clients show tokens: a certificate would end here.
 */
export async function startCountingProxy(target: Connection, onRequest: FaultHook): Promise<CountingProxy> {
  const { caPem, certPem: cert, keyPem: key } = await makeCertificates(["127.0.0.1"]);
  const agent = new Agent({ keepAlive: true, ...(target.ca === undefined ? {} : { ca: target.ca }) });
  const server = createServer({ cert, key, keepAliveTimeout: 120_000 }, (incoming, response) => {
    // Whichever side breaks off, the other has to see it.
    pass(incoming, response).catch(() => response.socket?.resetAndDestroy());
  });
  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/", headers } = incoming;
    const fault = onRequest({ method, path: url });
    if (fault !== undefined && "reset" in fault) return void incoming.socket.resetAndDestroy();
    if (fault !== undefined && "delayMs" in fault) await sleep(fault.delayMs);
    if (fault !== undefined && "status" in fault) {
      response.writeHead(fault.status, fault.headers);
      return pipeline(Readable.from([fault.body ?? ""].flat()), response);
    }
    const outgoing = request(new URL(url, target.server), { method, headers, agent });
    response.once("close", () => outgoing.destroy());
    const [answer] = await Promise.all([
      once(outgoing, "response").then(([first]) => first as IncomingMessage),
      pipeline(incoming, outgoing),
    ]);
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    response.flushHeaders();
    await pipeline(answer, response);
  };
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
