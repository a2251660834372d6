import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { isIP } from "node:net";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { SlipwayError } from "../src/error.ts";
import type { KeyPair } from "./certificates.ts";

/** What a handler answers. A `Content-Length` is added for a body that is not a stream. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | Readable;
}

/**
 * What a script makes go wrong with one request: an answer in place of the real one, a connection that breaks before the request is
 * handled or (`lost`) after that, or a delay before the real answer.
 */
export type Fault = Answer | { readonly reset: true } | { readonly lost: true } | { readonly delayMs: number };

/** Called before a request is handled; `undefined` lets it pass. */
export type FaultHook = (request: { readonly method: string; readonly path: string }) => Fault | undefined;

export interface HttpServer {
  /** `host:port`. */
  readonly address: string;
  /** Ends every open connection, then the server. */
  close(): Promise<void>;
}

/** A certificate to show, and the authority that must have signed those which clients show. */
export interface MutualTls extends KeyPair {
  readonly clientCaPem: string;
}

/** An HTTP server on loopback, plain unless told otherwise: one function from requests to answers. */
export async function serve(options: {
  readonly handle: (request: IncomingMessage, url: URL) => Promise<Answer> | Answer;
  readonly onFault?: FaultHook | undefined;
  readonly onAnswer?: (request: IncomingMessage, answer: Answer) => void;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly tls?: MutualTls | undefined;
}): Promise<HttpServer> {
  const host = options.address ?? "127.0.0.1";
  requireLoopback(host);
  const server = newServer(options.tls, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The client went away in the middle, which is its right; anything else is a bug that must be seen.
      if (!request.socket.destroyed) process.stderr.write(`sandbox: ${String(error)}\n`);
      response.destroy();
    });
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url: path = "/" } = request;
    const fault = options.onFault?.({ method, path });
    if (fault !== undefined && "reset" in fault) return void request.socket.resetAndDestroy();
    if (fault !== undefined && "delayMs" in fault) await sleep(fault.delayMs);
    const url = new URL(path, "http://sandbox");
    const result = fault !== undefined && "status" in fault ? fault : await options.handle(request, url);
    if (fault !== undefined && "lost" in fault) return void request.socket.resetAndDestroy();
    options.onAnswer?.(request, result);
    await send(request, response, result);
  };
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function newServer(tls: MutualTls | undefined, listener: RequestListener): Server {
  if (tls === undefined) return createServer(listener);
  const { certPem: cert, keyPem: key, clientCaPem: ca } = tls;
  return createSecureServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true }, listener);
}

async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers, body } = answer;
  const length = typeof body === "string" || Buffer.isBuffer(body) ? { "content-length": Buffer.byteLength(body) } : {};
  response.writeHead(status, { ...length, ...headers });
  // What the client still sends has no reader any more, and would block the connection's next request.
  if (!request.complete) request.resume();
  if (body === undefined || request.method === "HEAD") response.end();
  else if (typeof body === "string" || Buffer.isBuffer(body)) response.end(body);
  else await pipeline(body, response);
}

export function json(status: number, value: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** The request's body, or `undefined` when it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** User and password of a `Basic` authorization header. */
export function basicCredentials(header: string | undefined): { username: string; password: string } | undefined {
  const encoded = /^basic ([a-z0-9+/]+=*)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function bearerToken(header: string | undefined): string | undefined {
  return /^bearer (\S+)$/i.exec(header ?? "")?.[1];
}

/** The sandbox runs whatever it is asked to run, so nobody else on the network may ask. */
export function requireLoopback(address: string): void {
  const loopback = address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
  if (loopback) return;
  throw new SlipwayError(
    `Cannot listen beyond loopback because the sandbox runs whatever it is asked to: got "${address}"`,
    {
      code: "configuration",
      hint: "Use an address of this machine's loopback, such as 127.0.0.1.",
    },
  );
}
