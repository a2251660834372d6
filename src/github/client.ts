import type http from "node:http";
import { getDotPath, safeParse } from "valibot";
import type { GenericSchema, InferOutput } from "valibot";
import { exchange, openPool } from "../http-exchange.ts";
import type { Answer, Call } from "../http-exchange.ts";
import { SlipwayError } from "../error.ts";
import { isLoopback } from "../kubernetes/client-address.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import type { Clock } from "../runner/clock.ts";
import { retry } from "../runner/retry.ts";
import { GitHubError } from "./error.ts";
import type { Purpose } from "./error.ts";

export interface GitHubRequest<S extends GenericSchema> extends Purpose {
  readonly method?: "GET" | "POST" | "PATCH";
  /** Below the API's address, already encoded: `/repos/acme/shop/deployments`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Whether sending it twice does no harm. Of a POST that must be said; everything else may always be sent again. */
  readonly repeatable?: boolean;
  /** What the API promises to answer. */
  readonly answer: S;
}

/** GitHub's API, spoken to with one token. Errors are `GitHubError`, or `SlipwayError` without a usable answer. */
export interface GitHubApi {
  request<S extends GenericSchema>(request: GitHubRequest<S>): Promise<InferOutput<S>>;
  /** One answer for each page of a list, as they are asked for. */
  pages<S extends GenericSchema>(request: GitHubRequest<S>): AsyncGenerator<InferOutput<S>>;
  /** The `data` of a GraphQL query's answer. */
  query<S extends GenericSchema>(
    request: Purpose & { readonly query: string; readonly answer: S },
  ): Promise<InferOutput<S>>;
  /** Closes pooled connections. */
  close(): void;
}

export interface GitHubOptions {
  readonly token: string;
  /** The runner's GITHUB_API_URL, and the proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Ends what is under way; it throws the reason. */
  readonly signal: AbortSignal;
}

const publicUrl = "https://api.github.com";
/** What one request may take: GitHub ends its own after ten seconds. */
const answerLimitMs = 10_000;
/** Long enough for the minute that a secondary limit asks for. Whoever waits for the end of it aborts the signal long before. */
const retryBudgetMs = 90_000;

/**
 * Opens GitHub's API; nothing is sent yet. Our own client, since GitHub's own is larger than an action may be: docs/adr/0006.
 * @throws SlipwayError `configuration` for an address or a token that cannot be right.
 */
export function openGitHub(options: GitHubOptions): GitHubApi {
  return new Client(options);
}

class Client implements GitHubApi {
  readonly #options: GitHubOptions;
  readonly #base: URL;
  readonly #pool: http.Agent;

  constructor(options: GitHubOptions) {
    if (!/^[\x21-\x7e]+$/.test(options.token)) {
      throw configuration("Cannot use github-token because it holds characters that no token has");
    }
    this.#options = options;
    this.#base = parseBase(options.env.GITHUB_API_URL || publicUrl);
    this.#pool = openPool(this.#base.protocol, { ...options.env });
  }

  async request<S extends GenericSchema>(request: GitHubRequest<S>): Promise<InferOutput<S>> {
    const { text } = await this.#send(request, this.#callOf(request));
    return readAnswer(request, text);
  }

  async *pages<S extends GenericSchema>(request: GitHubRequest<S>): AsyncGenerator<InferOutput<S>> {
    let call: Call | undefined = this.#callOf(request);
    while (call !== undefined) {
      const { text, headers }: Answer = await this.#send(request, call);
      yield readAnswer(request, text);
      call = this.#nextPage(call, headers.link);
    }
  }

  async query<S extends GenericSchema>(
    request: Purpose & { readonly query: string; readonly answer: S },
  ): Promise<InferOutput<S>> {
    // On GitHub Enterprise Server the two APIs lie side by side: /api/v3 and /api/graphql.
    const url = new URL(`${this.#base.pathname.replace(/(\/v3)?\/*$/, "")}/graphql`, this.#base);
    const post = this.#call("POST", url, { query: request.query });
    return readAnswer(request, (await this.#send({ ...request, repeatable: true }, post)).text);
  }

  close(): void {
    this.#pool.destroy();
  }

  #callOf({ method = "GET", path, query = {}, body }: GitHubRequest<GenericSchema>): Call {
    const url = new URL(this.#base.pathname.replace(/\/+$/, "") + path, this.#base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return this.#call(method, url, body);
  }

  #call(method: "GET" | "POST" | "PATCH", url: URL, body: unknown): Call {
    const call = { method, url, token: this.#options.token, headers: { "x-github-api-version": "2022-11-28" } };
    return body === undefined ? call : { ...call, contentType: "application/json", body: JSON.stringify(body) };
  }

  /** The token goes to no other host, whatever a page says. */
  #nextPage(call: Call, link: string | string[] | undefined): Call | undefined {
    const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
    const url = next === undefined ? null : URL.parse(next, this.#base.href);
    return url?.origin === this.#base.origin && url.href !== call.url.href ? { ...call, url } : undefined;
  }

  async #send(purpose: Purpose & { readonly repeatable?: boolean }, call: Call): Promise<Answer> {
    const { clock, signal } = this.#options;
    const isRepeatable = call.method !== "POST" || purpose.repeatable === true;
    let attempts = 0;
    let failure: unknown;
    const attempt = async (number: number): Promise<Answer> => {
      attempts = number;
      const answer = await exchange(call, { agent: this.#pool, signal, clock, limitMs: answerLimitMs });
      if (answer.status < 200 || answer.status > 299) throw new GitHubError(purpose, answer, Date.now());
      return answer;
    };
    try {
      return await retry(attempt, {
        signal,
        shouldRetry(error) {
          if (!signal.aborted) failure = error;
          return retryDecision(error, isRepeatable);
        },
        sleep: (ms, until) => clock.sleep(ms, until),
        now: () => clock.now(),
        deadline: clock.now() + retryBudgetMs,
        longestDelayMs: 10_000,
      });
    } catch (error) {
      // Why it was still being tried tells more than that time was up.
      throw explainSilence({
        purpose,
        url: call.url,
        error: signal.aborted ? (failure ?? signal.reason) : error,
        attempts,
      });
    }
  }
}

function retryDecision(error: unknown, isRepeatable: boolean): false | { readonly afterMs?: number } {
  if (error instanceof GitHubError) {
    if (error.isRateLimit) return error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs };
    return error.status >= 500 && isRepeatable && {};
  }
  const failure = explainNetworkFailure(error);
  return failure?.transient === true && (!failure.sent || isRepeatable) && {};
}

function explainSilence(o: {
  readonly purpose: Purpose;
  readonly url: URL;
  readonly error: unknown;
  readonly attempts: number;
}): unknown {
  const failure = explainNetworkFailure(o.error);
  if (failure === undefined) return o.error;
  const tries = o.attempts > 1 ? ` (tried ${o.attempts} times)` : "";
  const message = `Cannot ${o.purpose.doing} because ${o.url.origin} gave no answer: ${failure.why}${tries}`;
  return new SlipwayError(message, { code: "unreachable", hint: failure.hint, cause: o.error });
}

function readAnswer<S extends GenericSchema>(
  { doing, answer }: Purpose & { readonly answer: S },
  text: string,
): InferOutput<S> {
  const read = safeParse(answer, parseJson(text));
  if (read.success) return read.output;
  const place = getDotPath(read.issues[0]) ?? "the whole answer";
  throw new SlipwayError(
    `Cannot ${doing} because GitHub's answer is not what its API promises: got something else for ${place}`,
    { code: "refused", hint: "Something on the way may have answered instead: check GITHUB_API_URL and the proxy." },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No answer of this API is empty, so the schema refuses it.
  }
}

function parseBase(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw configuration(`Cannot use GITHUB_API_URL because it is not an https:// URL: got ${text}`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw configuration(`Cannot use GITHUB_API_URL because the token would travel unencrypted: got ${url.origin}`);
  }
  return url;
}

function configuration(message: string): SlipwayError {
  return new SlipwayError(message, { code: "configuration" });
}
