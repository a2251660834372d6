import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { SlipwayError } from "../error.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import { formatDuration } from "../runner/duration.ts";
import type { Answer, Check } from "./check.ts";
import { forbiddenAddress } from "./forbidden-address.ts";
import { hostAndPort } from "./resolve.ts";
import type { ResolvedHosts } from "./resolve.ts";

/** More than any health check answers. What comes after it is not read. */
const bodyLimit = 1024 * 1024;

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly resolved: ResolvedHosts;
  /** For the proxies it names. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long the request may take, to the last byte of its answer, in ms. */
  readonly timeoutMs: number;
}

type Request = Pick<Check, "url" | "method" | "headers" | "body">;

/**
 * Sends one request on a connection of its own and reads the answer. Redirects are answers like others; nothing is followed.
 * @throws SlipwayError `unreachable` that says why there is no answer, `refused` for a name that leads to an address never asked; the
 * signal's reason when it aborts.
 */
export async function probe(request: Request, options: ProbeOptions): Promise<Answer> {
  options.signal.throwIfAborted();
  const started = performance.now();
  const outgoing = open(request, options);
  const ending = endEarly(outgoing, options);
  try {
    // Raced, so that no state of Node.js' client, however odd the server, outlasts the limit.
    const answer = await Promise.race([exchange(outgoing, request.body, ending), ending.happened]);
    return { ...answer, latencyMs: performance.now() - started };
  } catch (error) {
    throw explain(error);
  } finally {
    ending.stop();
    outgoing.destroy();
  }
}

async function exchange(
  outgoing: http.ClientRequest,
  sent: string | undefined,
  ending: Ending,
): Promise<Omit<Answer, "latencyMs">> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve).on("error", reject);
    outgoing.once("upgrade", (_response, socket) => {
      socket.destroy();
      reject(new SlipwayError("it switched to another protocol (status 101)", { code: "unreachable" }));
    });
    outgoing.end(sent);
  });
  ending.isAnswering();
  const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")] as const);
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), ...(await readBody(response)) };
}

function open({ url, method, headers }: Request, { resolved, env }: ProbeOptions): http.ClientRequest {
  const pinned = resolved.get(hostAndPort(url));
  const { Agent, request } = url.protocol === "https:" ? https : http;
  return request(url, {
    method,
    // Compressed bodies can be bombs, and nobody needs them here.
    headers: { "user-agent": "slipway-smoke-test", "accept-encoding": "identity", ...headers },
    // A proxy would look the name up itself: who pins an address wants that one.
    agent: new Agent({ keepAlive: false, proxyEnv: pinned === undefined ? { ...env } : {} }),
    lookup: lookupWith(pinned),
  });
}

interface Ending {
  /** Rejects with the reason, where it was us who ended the request. */
  readonly happened: Promise<never>;
  /** From here on it is the answer that takes too long. */
  isAnswering(): void;
  stop(): void;
}

/** Ends the request when its time is up or the job is cancelled. */
function endEarly(outgoing: http.ClientRequest, { signal, timeoutMs }: ProbeOptions): Ending {
  const { promise: happened, reject } = Promise.withResolvers<never>();
  let missing = "no connection could be made";
  const end = (why: unknown): void => {
    reject(why);
    outgoing.destroy();
  };
  const onAbort = (): void => end(signal.reason);
  const timer = setTimeout(() => {
    end(new SlipwayError(`${missing} within ${formatDuration(timeoutMs)}`, { code: "unreachable" }));
  }, timeoutMs);
  signal.addEventListener("abort", onAbort, { once: true });
  outgoing.once("finish", () => (missing = "nothing came"));
  return {
    happened,
    isAnswering: () => (missing = "it did not end"),
    stop() {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    },
  };
}

function explain(error: unknown): unknown {
  const failure = error instanceof SlipwayError ? undefined : explainNetworkFailure(error);
  if (failure === undefined) return error;
  return new SlipwayError(failure.why, { code: "unreachable", hint: failure.hint, cause: error });
}

/** Looks a name up as the system does, or as `resolve` says; never to an address that must not be asked. */
function lookupWith(pinned: string | undefined): LookupFunction {
  return (hostname, options, callback) => {
    const answer = (error: Error | null, addresses: dns.LookupAddress[]): void => {
      const bad = addresses.map(({ address }) => forbiddenAddress(address)).find((why) => why !== undefined);
      const refused = bad === undefined ? error : forbidden(hostname, bad);
      const [first] = addresses;
      if (options.all === true || first === undefined || refused !== null) callback(refused, addresses);
      else callback(null, first.address, first.family);
    };
    if (pinned !== undefined) answer(null, [{ address: pinned, family: isIP(pinned) }]);
    else dns.lookup(hostname, { ...options, all: true }, (error, found) => answer(error, error === null ? found : []));
  };
}

function forbidden(hostname: string, why: string): SlipwayError {
  return new SlipwayError(`Cannot ask ${hostname} because it leads to ${why}, which is never asked`, {
    code: "refused",
    hint: "Give the address that users have.",
  });
}

async function readBody(response: http.IncomingMessage): Promise<Pick<Answer, "body" | "isCut">> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bodyLimit) break; // endless or not: nobody expects anything of what comes after
  }
  return { body: Buffer.concat(chunks).subarray(0, bodyLimit).toString(), isCut: size > bodyLimit };
}
