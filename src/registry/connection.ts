import { SlipwayError } from "../error.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import type { Clock } from "../runner/clock.ts";
import { retry } from "../runner/retry.ts";
import { Access, type Credentials, type Scope } from "./access.ts";
import { isConfidential, registryUrl } from "./address.ts";
import { RegistryError, toRegistryError } from "./registry-error.ts";
import { readBody, Transport, type HttpAnswer, type HttpRequest } from "./transport.ts";

export interface ConnectionOptions {
  readonly registry: string;
  readonly credentials?: Credentials | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For the proxies it names. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How often a request is tried in all, for callers that come back themselves. */
  readonly tries?: number;
}

export interface Call extends Omit<HttpRequest, "url"> {
  /** A path below `/v2/`, or where the registry said to go on. */
  readonly target: string | URL;
  readonly scopes: readonly Scope[];
  /** Reads on after "Cannot". */
  readonly doing: string;
  /** The statuses that are answers; anything else becomes an error. */
  readonly expect: readonly number[];
}

/** What one call may take with all its retries, counted until the last try begins. */
const retryBudgetMs = 120_000;
/** The same while the registry has never answered: then a wrong address is more likely than a restart. */
const firstContactBudgetMs = 4_000;
export const mostTries = 6;
const retryableStatuses = [408, 425, 429, 500, 502, 503, 504];
const errorLimit = 64 * 1024;
const mostRedirects = 5;

/** Gets requests to one registry answered: logs in, follows redirects, tries again after 429, 5xx and broken connections. */
export class Connection {
  readonly registry: string;
  readonly url: URL;
  readonly #access: Access;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #tries: number;
  readonly #signal: AbortSignal;
  #hasAnswered = false;

  constructor(options: ConnectionOptions) {
    this.registry = options.registry;
    this.url = registryUrl(options.registry);
    this.#transport = new Transport(options);
    this.#access = new Access({ ...options, credentials: options.credentials, transport: this.#transport });
    this.#clock = options.clock;
    this.#tries = options.tries ?? mostTries;
    this.#signal = options.signal;
  }

  /** One request, tried again where that may help. */
  call(call: Call): Promise<HttpAnswer> {
    return this.retried(call.doing, () => this.once(call));
  }

  /** Several requests that only make sense together, tried again from the first of them. */
  async retried<T>(doing: string, work: () => Promise<T>): Promise<T> {
    const start = this.#clock.now();
    let tries = 0;
    try {
      return await retry(
        (attempt) => {
          tries = attempt;
          return work();
        },
        {
          signal: this.#signal,
          shouldRetry: (error) => {
            const isLate = !this.#hasAnswered && this.#clock.now() - start > firstContactBudgetMs;
            return !isLate && shouldRetry(error);
          },
          sleep: (ms, signal) => this.#clock.sleep(ms, signal),
          now: () => this.#clock.now(),
          deadline: start + retryBudgetMs,
          attempts: this.#tries,
        },
      );
    } catch (error) {
      throw this.explained(doing, error, tries);
    }
  }

  /** An error of the network in words for a person; any other as it is. */
  explained(doing: string, error: unknown, tries: number): unknown {
    this.#signal.throwIfAborted();
    const failure = explainNetworkFailure(error);
    if (failure === undefined) return error;
    const often = tries > 1 ? ` (tried ${tries} times)` : "";
    return new SlipwayError(`Cannot ${doing} because ${this.registry} gave no answer: ${failure.why}${often}`, {
      code: "unreachable",
      hint: failure.hint,
      cause: error,
    });
  }

  /** One request, with the log-in that it may take. */
  async once(call: Call): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      const sent = await this.#access.authorize(call.scopes);
      const answer = await this.#follow(call, sent);
      if (call.expect.includes(answer.status)) return answer;
      const body = await readBody(answer, errorLimit);
      const canRetry =
        answer.status === 401 && attempt <= 2 && this.#access.learn({ answer, sent, scopes: call.scopes });
      if (!canRetry) {
        const purpose = { doing: call.doing, registry: this.registry, as: this.#access.as };
        throw toRegistryError(purpose, answer, body.toString("utf8"));
      }
    }
  }

  /** Follows redirects of what is read; what is written is sent nowhere else. Secrets stay with the registry. */
  async #follow(call: Call, authorization: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    let url = typeof call.target === "string" ? new URL(`v2/${call.target}`, this.url) : call.target;
    for (let redirects = 0; ; redirects++) {
      if (!isConfidential(url)) throw unsafe(call, url);
      const ours = url.host === this.url.host ? authorization : {};
      const answer = await this.#transport.send({ ...call, url, headers: { ...call.headers, ...ours } });
      this.#hasAnswered = true;
      const location = answer.headers.location;
      const isRedirect = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
      if (!isRedirect || (call.method !== "GET" && call.method !== "HEAD") || redirects >= mostRedirects) return answer;
      answer.body.resume();
      url = new URL(location, url);
    }
  }

  /** Closes the pooled connections. */
  close(): void {
    this.#transport.close();
  }
}

function shouldRetry(error: unknown): false | { readonly afterMs?: number } {
  if (error instanceof RegistryError) {
    if (!retryableStatuses.includes(error.status)) return false;
    return error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs };
  }
  return explainNetworkFailure(error)?.transient === true && {};
}

function unsafe({ doing }: Call, url: URL): SlipwayError {
  return new SlipwayError(`Cannot ${doing} because it would be sent in the clear: got ${url.origin}`, {
    code: "refused",
    hint: "Plain http is spoken to registries on this machine only. The registry has to answer over https.",
  });
}
