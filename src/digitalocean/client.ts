import { array, looseObject, nullable, nullish, optional, string } from "valibot";
import type { GenericSchema, InferOutput } from "valibot";
import { SlipwayError } from "../error.ts";
import { isLoopback } from "../kubernetes/client-address.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import { systemClock } from "../runner/clock.ts";
import type { Clock } from "../runner/clock.ts";
import { retry } from "../runner/retry.ts";
import { readAnswer } from "./answer.ts";
import { DigitalOceanError } from "./error.ts";
import type { Purpose } from "./error.ts";
import { exchange, openPool } from "../http-exchange.ts";
import type { Call } from "../http-exchange.ts";

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
  /**
   * The body of a 2xx answer, `undefined` for an empty one, as `answer` describes it.
   * @throws DigitalOceanError for any other answer; SlipwayError `unreachable` without one, `refused` for one that is not as described
   */
  request<S extends GenericSchema>(request: DigitalOceanRequest & { readonly answer: S }): Promise<InferOutput<S>>;
  /** The items of all pages, which stand under `key` in each. Throws as `request` does: part of a list is not a list. */
  list<S extends GenericSchema>(
    request: DigitalOceanRequest & { readonly key: string; readonly item: S },
  ): Promise<readonly InferOutput<S>[]>;
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

  async request<S extends GenericSchema>(
    request: DigitalOceanRequest & { readonly answer: S },
  ): Promise<InferOutput<S>> {
    return readAnswer(request, request.answer, await this.#send(request, this.#callOf(request)));
  }

  async list<S extends GenericSchema>(
    request: DigitalOceanRequest & { readonly key: string; readonly item: S },
  ): Promise<readonly InferOutput<S>[]> {
    const items: InferOutput<S>[] = [];
    let call: Call | undefined = this.#callOf({ ...request, query: { per_page: 200, ...request.query } });
    for (let page = 0; call !== undefined; page++) {
      if (page === mostPages) throw endless(request);
      const body = await this.#send(request, call);
      // An empty list may be null, as it is wherever Go has an empty slice.
      items.push(
        ...(readAnswer(request, looseObject({ [request.key]: nullable(array(request.item)) }), body)[request.key] ??
          []),
      );
      call = nextPage(call, readAnswer(request, linksSchema, body).links?.pages?.next);
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

const linksSchema = looseObject({
  links: nullish(looseObject({ pages: nullish(looseObject({ next: optional(string()) })) })),
});

/** Only what a link asks for is taken from it: the token goes to no other host, and a gateway's links need not name the gateway. */
function nextPage(call: Call, link: string | undefined): Call | undefined {
  const search = link === undefined ? "" : (URL.parse(link, call.url.href)?.search ?? "");
  return search === "" ? undefined : { ...call, url: new URL(search, call.url) };
}

function endless({ doing }: Purpose): SlipwayError {
  return new SlipwayError(`Cannot ${doing} because DigitalOcean's list has no end: got ${mostPages} pages`, {
    code: "refused",
  });
}

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
