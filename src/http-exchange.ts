import http from "node:http";
import https from "node:https";
import { SlipwayError } from "./error.ts";
import { SilenceError } from "./network-failure.ts";
import type { Clock } from "./runner/clock.ts";
import { startWatchdog } from "./watchdog.ts";

export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly token: string;
  readonly contentType?: string;
  readonly body?: string;
  /** Added to those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

const defaultLimitMs = 30_000;
const idleSocketMs = 20_000;
const bodyLimit = 32 * 1024 * 1024;

/** A pool of connections for one of the two protocols, through the proxies that `env` names. */
export function openPool(protocol: string, env: NodeJS.ProcessEnv): http.Agent {
  const Agent = protocol === "https:" ? https.Agent : http.Agent;
  return new Agent({ keepAlive: true, timeout: idleSocketMs, proxyEnv: env });
}

/** Sends one request once. The answer may take `limitMs` in all, 30 s if not given. */
export async function exchange(
  call: Call,
  how: {
    readonly agent: http.Agent;
    readonly signal: AbortSignal;
    readonly clock: Clock;
    readonly limitMs?: number;
  },
): Promise<Answer> {
  how.signal.throwIfAborted();
  const transport = call.url.protocol === "https:" ? https : http;
  const outgoing = transport.request(call.url, {
    method: call.method,
    headers: headersOf(call),
    agent: how.agent,
    signal: how.signal,
  });
  const onSilence = () => {
    const code = outgoing.socket?.connecting === false ? "SLIPWAY_SILENCE" : "SLIPWAY_CONNECT_TIMEOUT";
    outgoing.destroy(new SilenceError(code));
  };
  const dog = startWatchdog({ clock: how.clock, limitMs: how.limitMs ?? defaultLimitMs, onSilence });
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      outgoing.on("error", reject).on("response", resolve).end(call.body);
    });
    const text = await readText(response);
    // A proxy's error page may show the request that it did not like.
    return { status: response.statusCode ?? 0, headers: response.headers, text: text.replaceAll(call.token, "***") };
  } finally {
    dog.stop();
  }
}

function headersOf(call: Call): http.OutgoingHttpHeaders {
  return {
    authorization: `Bearer ${call.token}`,
    accept: "application/json",
    "user-agent": "slipway",
    ...(call.contentType === undefined ? {} : { "content-type": call.contentType }),
    ...(call.body === undefined ? {} : { "content-length": Buffer.byteLength(call.body) }),
    ...call.headers,
  };
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > bodyLimit) throw new SlipwayError("The answer is too large to be one of an API", { code: "refused" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
