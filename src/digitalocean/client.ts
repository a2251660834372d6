import { SlipwayError } from "../error.ts";
import { isLoopback } from "../kubernetes/client-address.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import { systemClock } from "../runner/clock.ts";
import type { Clock } from "../runner/clock.ts";
import { retry } from "../runner/retry.ts";
import { DigitalOceanError } from "./error.ts";
import type { Purpose } from "./error.ts";
import { exchange, openPool } from "./exchange.ts";
import type { Call } from "./exchange.ts";

export interface DigitalOceanRequest extends Purpose {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Below the API's address, already encoded: `/v2/kubernetes/clusters`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** DigitalOcean's API, spoken to with one token. */
export interface DigitalOceanApi {
  /** The parsed body of a 2xx answer, `undefined` for an empty one. Throws `DigitalOceanError`, or `unreachable` without an answer. */
  request<T>(request: DigitalOceanRequest): Promise<T>;
  /** The items of all pages, which stand under `key` in each. */
  list<T>(request: DigitalOceanRequest & { readonly key: string }): Promise<readonly T[]>;
  /** Makes a token useless that the API has handed out. */
  revoke(token: string): Promise<void>;
  /** Closes pooled connections. */
  close(): void;
}

export interface DigitalOceanOptions {
  readonly token: string;
  /** DIGITALOCEAN_API_URL, as in doctl, and the proxies. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

const publicUrl = "https://api.digitalocean.com";
/** Revoking is not part of the API; the host of the control panel does it, as for doctl. */
const publicRevokeUrl = "https://cloud.digitalocean.com/v1/oauth/revoke";
const retryBudgetMs = 60_000;
/** Pages of 200: more than any account has, and an end for links that go round in circles. */
const mostPages = 50;

/** Opens DigitalOcean's API; nothing is sent yet. Throws `configuration` for an address or a token that cannot be right. */
export function openDigitalOcean(options: DigitalOceanOptions): DigitalOceanApi {
  return new Client(options);
}

class Client implements DigitalOceanApi {
  readonly #token: string;
  readonly #base: URL;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #pool: ReturnType<typeof openPool>;

  constructor(options: DigitalOceanOptions) {
    if (!/^[\x21-\x7e]+$/.test(options.token)) {
      throw configuration("Cannot use digitalocean-token because it holds characters that no token has");
    }
    this.#token = options.token;
    this.#base = parseBase(options.env?.DIGITALOCEAN_API_URL || publicUrl);
    this.#clock = options.clock ?? systemClock;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#pool = openPool(this.#base.protocol, { ...options.env });
  }

  async request<T>(request: DigitalOceanRequest): Promise<T> {
    // The one place where the bytes of an answer take the type that the caller knows them to have.
    return (await this.#send(request, this.#callOf(request))) as T;
  }

  async list<T>(request: DigitalOceanRequest & { readonly key: string }): Promise<readonly T[]> {
    const items: T[] = [];
    let call: Call | undefined = this.#callOf({ ...request, query: { per_page: 200, ...request.query } });
    for (let page = 0; call !== undefined && page < mostPages; page++) {
      const body = ((await this.#send(request, call)) ?? {}) as Page<T>;
      items.push(...(body[request.key] ?? []));
      call = this.#nextPage(call, body.links?.pages?.next);
    }
    return items;
  }

  async revoke(token: string): Promise<void> {
    const url = isLoopback(this.#base.hostname) ? below(this.#base, "/v1/oauth/revoke") : new URL(publicRevokeUrl);
    const purpose = { doing: "revoke a credential" };
    const form = new URLSearchParams({ token }).toString();
    await this.#send(purpose, {
      method: "POST",
      url,
      token,
      contentType: "application/x-www-form-urlencoded",
      body: form,
    });
  }

  close(): void {
    this.#pool.destroy();
  }

  #callOf(request: DigitalOceanRequest): Call {
    const url = below(this.#base, request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
    const call = { method: request.method ?? "GET", url, token: this.#token };
    if (request.body === undefined) return call;
    return { ...call, contentType: "application/json", body: JSON.stringify(request.body) };
  }

  /** The token goes to no other host, whatever a page says. */
  #nextPage(call: Call, link: string | undefined): Call | undefined {
    const url = link === undefined ? null : URL.parse(link, this.#base.href);
    return url?.origin === this.#base.origin ? { ...call, url } : undefined;
  }

  async #send(purpose: Purpose, call: Call): Promise<unknown> {
    let attempts = 0;
    const attempt = async (number: number) => {
      attempts = number;
      const answer = await exchange(call, { agent: this.#pool, signal: this.#signal, clock: this.#clock });
      if (answer.status < 200 || answer.status > 299) throw new DigitalOceanError(purpose, answer);
      return answer.text === "" ? undefined : parseJson(purpose, answer.text);
    };
    try {
      return await retry(attempt, {
        signal: this.#signal,
        shouldRetry: (error) => retryDecision(call, error),
        sleep: (ms, signal) => this.#clock.sleep(ms, signal),
        now: () => this.#clock.now(),
        deadline: this.#clock.now() + retryBudgetMs,
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      throw explainSilence({ purpose, call, error, attempts });
    }
  }
}

type Page<T> = Readonly<Record<string, readonly T[] | null>> & {
  readonly links?: { readonly pages?: { readonly next?: string } };
};

function retryDecision(call: Call, error: unknown): false | { readonly afterMs?: number } {
  if (error instanceof DigitalOceanError) {
    const canPass = error.status === 429 || (error.status >= 500 && call.method === "GET");
    if (!canPass) return false;
    return error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs };
  }
  const failure = explainNetworkFailure(error);
  return failure?.transient === true && (!failure.sent || call.method === "GET") && {};
}

function explainSilence(o: {
  readonly purpose: Purpose;
  readonly call: Call;
  readonly error: unknown;
  readonly attempts: number;
}): unknown {
  const failure = explainNetworkFailure(o.error);
  if (failure === undefined) return o.error;
  const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
  const message = `Cannot ${o.purpose.doing} because ${o.call.url.origin} gave no answer: ${failure.why}${tries}`;
  return new SlipwayError(message, { code: "unreachable", hint: failure.hint, cause: o.error });
}

function parseJson({ doing }: Purpose, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `Cannot ${doing} because DigitalOcean's answer is not JSON: got ${text.slice(0, 100)}`;
    throw new SlipwayError(message, { code: "refused", cause });
  }
}

function parseBase(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw configuration(`Cannot use DIGITALOCEAN_API_URL because it is not an https:// URL: got ${text}`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw configuration(
      `Cannot use DIGITALOCEAN_API_URL because the token would travel unencrypted: got ${url.origin}`,
    );
  }
  return url;
}

function configuration(message: string): SlipwayError {
  return new SlipwayError(message, { code: "configuration" });
}

function below(base: URL, path: string): URL {
  return new URL(base.pathname.replace(/\/+$/, "") + path, base);
}
