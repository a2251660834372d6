import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SilenceError } from "../network-failure.ts";
import type { Bytes } from "./digest.ts";

/** A body that can be sent again: `open` starts it anew each time. */
export interface Body {
  readonly size: number;
  open(): Bytes;
}

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | Body;
}

/** The head of an answer. `body` has to be read, or destroyed. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Readable;
}

const connectLimitMs = 10_000;
/** A registry that stores a large layer elsewhere is silent until that is done. */
const silenceLimitMs = 180_000;
const idleSocketMs = 15_000;
const maxSockets = 12;

/** Requests over pooled connections, through the proxies that `env` names. Nothing is retried here, and no redirect followed. */
export class Transport {
  readonly #signal: AbortSignal;
  readonly #agents: Readonly<Record<string, http.Agent>>;

  constructor(options: { readonly env: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal }) {
    this.#signal = options.signal;
    const agent = { keepAlive: true, maxSockets, timeout: idleSocketMs, proxyEnv: { ...options.env } };
    this.#agents = { "http:": new http.Agent(agent), "https:": new https.Agent(agent) };
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    this.#signal.throwIfAborted();
    const { method, url, body } = request;
    const size = body === undefined ? undefined : Buffer.isBuffer(body) ? body.byteLength : body.size;
    const outgoing = (url.protocol === "http:" ? http : https).request(url, {
      method,
      headers: {
        "user-agent": "slipway",
        ...request.headers,
        ...(size === undefined ? {} : { "content-length": size }),
      },
      agent: this.#agents[url.protocol],
      signal: this.#signal,
    });
    limitSilence(outgoing);
    const answered = answerTo(outgoing);
    if (body === undefined || Buffer.isBuffer(body)) outgoing.end(body);
    else await sendBody({ body, outgoing, answered });
    return answered;
  }

  /** Closes the pooled connections. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }
}

function answerTo(outgoing: http.ClientRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
    });
  });
}

/**
 * A server may refuse in the middle of a body: then its answer is what matters, and not that the rest was not sent any more.
 */
async function sendBody(o: {
  readonly body: Body;
  readonly outgoing: http.ClientRequest;
  readonly answered: Promise<HttpAnswer>;
}): Promise<void> {
  const sent = pipeline(Readable.from(o.body.open(), { objectMode: false }), o.outgoing);
  const cut = o.answered.then(({ body }) => {
    if (!o.outgoing.writableFinished) body.once("end", () => o.outgoing.destroy());
  });
  // Whichever comes second is of no interest: a body cut short by an answer, or the failure that ended both.
  for (const promise of [sent, cut]) promise.catch(() => undefined);
  await Promise.race([sent, cut]);
}

/** Cuts a connection that does not come about, or on which nothing moves in either direction. */
function limitSilence(outgoing: http.ClientRequest): void {
  outgoing.on("socket", (socket: Socket) => {
    const onTimeout = (): void => {
      const code = socket.connecting ? "SLIPWAY_CONNECT_TIMEOUT" : "SLIPWAY_SILENCE";
      outgoing.destroy(new SilenceError(code));
    };
    const onConnected = (): unknown => socket.setTimeout(silenceLimitMs);
    socket.setTimeout(socket.connecting ? connectLimitMs : silenceLimitMs);
    const connected = "encrypted" in socket ? "secureConnect" : "connect";
    socket.on("timeout", onTimeout).once(connected, onConnected);
    outgoing.on("close", () => socket.off("timeout", onTimeout).off(connected, onConnected));
  });
}

/** The answer's body as text, up to a limit that only something that is no registry's answer goes beyond. */
export async function readBody(answer: HttpAnswer, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limit) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
