import http from "node:http";
import https from "node:https";
import { SlipwayError } from "../error.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import { systemClock } from "../runner/clock.ts";
import type { Clock } from "../runner/clock.ts";
import { retry } from "../runner/retry.ts";
import { ApiError } from "./api-error.ts";
import type { ApiRequest, KubernetesApi, WarningListener } from "./api.ts";
import { AbortGuard } from "./client-abort.ts";
import { authorization, parseServer } from "./client-address.ts";
import type { Address, Connection } from "./client-address.ts";
import { parseBody, parseWarnings, toApiError } from "./client-answer.ts";
import type { Answer } from "./client-answer.ts";
import { firstContactBudgetMs, retryBudgetMs, retryDecision } from "./client-retry.ts";
import { SilenceGuard } from "./client-silence.ts";
import { joinedWith } from "./joined-signal.ts";

export type { Connection } from "./client-address.ts";

export interface ConnectOptions {
  readonly clock?: Clock;
  /** Ends every request when it is aborted; they throw its reason. */
  readonly signal?: AbortSignal;
  /** Proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onWarning?: WarningListener;
  /** Asked for fresh credentials when the server answers 401. */
  readonly renew?: () => Promise<Connection>;
  /** Asked for the reason when the server gives no answer at all; gives the error to throw instead of the given one. */
  readonly explainSilence?: (error: SlipwayError) => Promise<SlipwayError>;
  /** Told of each request that is sent, so also of each retry. */
  readonly onRequest?: (request: ApiRequest) => void;
}

export type KubernetesClient = KubernetesApi & {
  /** Closes the pooled connections. Requests in flight are cut. */
  close(): void;
};

const bodyLimit = 256 * 1024 * 1024;
const maxSockets = 24;
/** Load balancers cut idle connections after a minute or so. We close ours first, so that no write meets one that is half closed. */
const idleSocketMs = 20_000;

/**
 * Connects to a Kubernetes API server; nothing is sent yet.
 * @throws SlipwayError `configuration` where the connection cannot be right.
 */
export function connect(connection: Connection, options: ConnectOptions = {}): KubernetesClient {
  return new Client(connection, options);
}

/** A connection made ready. A stream keeps its socket for long, so streams have a pool of their own without a bound. */
interface Link {
  readonly address: Address;
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly agents: Readonly<Record<Pool, http.Agent>>;
}

type Pool = "requests" | "streams";
type Reader<T> = (response: http.IncomingMessage) => Promise<T>;

class Client implements KubernetesClient {
  #link: Link;
  /** With those of earlier credentials, which streams may still use. */
  readonly #links: Link[] = [];
  #renewal: Promise<void> | undefined;
  #hasAnswered = false;
  readonly #options: ConnectOptions;
  readonly #clock: Clock;
  readonly #silence: SilenceGuard;
  readonly #aborts = new AbortGuard();
  readonly #signalOf: (signal: AbortSignal | undefined) => AbortSignal;

  constructor(connection: Connection, options: ConnectOptions) {
    this.#options = options;
    this.#signalOf = joinedWith(options.signal ?? new AbortController().signal);
    this.#link = this.#open(connection);
    this.#clock = options.clock ?? systemClock;
    this.#silence = new SilenceGuard(this.#clock);
  }

  async request<T = unknown>(request: ApiRequest): Promise<T> {
    const read: Reader<unknown> = async (response) => parseBody(await readAnswer(response), request);
    // The one place where the bytes of an answer take the type that the caller knows them to have.
    return (await this.#send(request, "requests", read)) as T;
  }

  async *stream(request: ApiRequest): AsyncIterable<Uint8Array> {
    const response = await this.#send(request, "streams", (head) => Promise.resolve(head));
    try {
      for await (const chunk of response) yield chunk as Buffer;
    } catch (error) {
      this.#signalOf(request.signal).throwIfAborted();
      throw await this.#explain(request, error, 1);
    } finally {
      response.destroy();
    }
  }

  close(): void {
    for (const { agents } of this.#links) {
      agents.requests.destroy();
      agents.streams.destroy();
    }
  }

  async #send<T>(request: ApiRequest, pool: Pool, read: Reader<T>): Promise<T> {
    const signal = this.#signalOf(request.signal);
    const start = this.#clock.now();
    let attempts = 0;
    const shouldRetry = (error: unknown) => {
      const late = !this.#hasAnswered && this.#clock.now() - start > firstContactBudgetMs;
      return !late && retryDecision(request, error);
    };
    const attempt = (number: number) => {
      attempts = number;
      return this.#renewing(() => this.#attempt({ request, pool, read, signal }));
    };
    try {
      return await retry(attempt, {
        signal,
        shouldRetry,
        sleep: (ms, until) => this.#clock.sleep(ms, until),
        now: () => this.#clock.now(),
        deadline: Math.min(start + retryBudgetMs, request.deadlineMs ?? Infinity),
        firstDelayMs: 200,
        longestDelayMs: 5_000,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw await this.#explain(request, error, attempts);
    }
  }

  /** Tries once more with fresh credentials where the old ones have expired meanwhile. */
  async #renewing<T>(work: () => Promise<T>): Promise<T> {
    const used = this.#link;
    try {
      return await work();
    } catch (error) {
      const renew = this.#options.renew;
      if (!(error instanceof ApiError) || error.status !== 401 || renew === undefined) throw error;
      if (this.#link === used) await (this.#renewal ??= this.#renew(renew));
      return work();
    }
  }

  /** However many requests find the credentials expired, they are renewed once. Requests that use the old link go on. */
  async #renew(renew: () => Promise<Connection>): Promise<void> {
    try {
      this.#link = this.#open(await renew());
    } catch (error) {
      throw notRenewed(error);
    } finally {
      this.#renewal = undefined;
    }
  }

  #open(connection: Connection): Link {
    const link = openLink(connection, this.#options.env);
    this.#links.push(link);
    return link;
  }

  async #attempt<T>(how: {
    readonly request: ApiRequest;
    readonly pool: Pool;
    readonly read: Reader<T>;
    readonly signal: AbortSignal;
  }): Promise<T> {
    const link = this.#link;
    this.#options.onRequest?.(how.request);
    const response = await send(link, { ...how, silence: this.#silence, aborts: this.#aborts });
    this.#hasAnswered = true;
    for (const text of parseWarnings(response.headersDistinct.warning ?? [])) {
      (how.request.onWarning ?? this.#options.onWarning)?.(text, how.request);
    }
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return how.read(response);
    const { text, ...answer } = await readAnswer(response);
    // A proxy's error page may show the request that it did not like.
    throw toApiError({ ...answer, text: link.token === undefined ? text : text.replaceAll(link.token, "***") });
  }

  async #explain(request: ApiRequest, error: unknown, attempts: number): Promise<unknown> {
    const failure = explainNetworkFailure(error);
    if (failure === undefined) return error;
    const tries = attempts > 1 ? ` (tried ${attempts} times)` : "";
    const explained = new SlipwayError(
      `Cannot ${request.method} ${request.path} because the API server ${this.#link.address.origin} gave no answer: ${failure.why}${tries}`,
      { code: "unreachable", hint: failure.hint, cause: error },
    );
    // A certificate that is wrong, say, is reason enough.
    return failure.transient ? ((await this.#options.explainSilence?.(explained)) ?? explained) : explained;
  }
}

/** Whatever keeps credentials from being renewed, what was begun goes on in the cluster, unseen. */
function notRenewed(error: unknown): unknown {
  if (!(error instanceof SlipwayError) || error.code === "cancelled") return error;
  const { message, code, hint, cause } = error;
  return new SlipwayError(`${message}; those that it had have expired`, {
    code,
    outcome: "unknown",
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

function openLink(connection: Connection, env: ConnectOptions["env"]): Link {
  const address = parseServer(connection.server);
  const options: https.AgentOptions = {
    keepAlive: true,
    keepAliveMsecs: 5_000,
    timeout: idleSocketMs,
    proxyEnv: proxiesOf(env),
    ...(connection.ca === undefined ? {} : { ca: connection.ca }),
    ...(connection.clientCertificate === undefined ? {} : { cert: connection.clientCertificate }),
    ...(connection.clientKey === undefined ? {} : { key: connection.clientKey }),
    ...(connection.tlsServerName === undefined ? {} : { servername: connection.tlsServerName }),
  };
  const Agent = address.secure ? https.Agent : http.Agent;
  return {
    address,
    token: connection.token,
    headers: { "user-agent": "slipway", ...authorization(connection.token) },
    agents: { requests: new Agent({ ...options, maxSockets }), streams: new Agent(options) },
  };
}

function proxiesOf(env: ConnectOptions["env"]): NodeJS.ProcessEnv {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
  return Object.fromEntries(names.map((name) => [name, env?.[name]]));
}

/** Sends one request once. Resolves with the head of the answer, whose body is still to be read. */
function send(
  link: Link,
  how: {
    readonly request: ApiRequest;
    readonly pool: Pool;
    readonly signal: AbortSignal;
    readonly silence: SilenceGuard;
    readonly aborts: AbortGuard;
  },
): Promise<http.IncomingMessage> {
  const { request, pool, signal } = how;
  signal.throwIfAborted();
  // As text, which Node sends in one piece with the head.
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  return new Promise((resolve, reject) => {
    const outgoing = (link.address.secure ? https : http).request({
      host: link.address.host,
      port: link.address.port,
      method: request.method,
      path: link.address.prefix + request.path + encodeQuery(request.query),
      headers: { ...link.headers, ...headersOf(request, body) },
      agent: link.agents[pool],
    });
    how.aborts.guard(outgoing, signal);
    how.silence.guard(outgoing, pool);
    outgoing.on("error", reject);
    outgoing.on("response", resolve);
    outgoing.end(body);
  });
}

function headersOf(request: ApiRequest, body: string | undefined): http.OutgoingHttpHeaders {
  const accept = { accept: request.accept ?? "application/json" };
  if (body === undefined) return accept;
  return {
    ...accept,
    "content-type": request.contentType ?? "application/json",
    "content-length": Buffer.byteLength(body),
  };
}

function encodeQuery(query: ApiRequest["query"]): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** By events: a loop over the chunks costs more than reading them. */
function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuseOver = (bytes: number): void => {
      if (bytes > bodyLimit) response.destroy(tooLarge());
    };
    refuseOver(Number(response.headers["content-length"] ?? 0));
    response.on("data", (chunk: Buffer) => {
      refuseOver((size += chunk.byteLength));
      chunks.push(chunk);
    });
    response.on("error", reject);
    response.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
  });
}

function tooLarge(): SlipwayError {
  const message = `Cannot read the API server's answer because it is too large: got more than ${bodyLimit >> 20} MiB`;
  return new SlipwayError(message, { code: "refused" });
}
