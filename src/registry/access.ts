import { SlipwayError } from "../error.ts";
import type { Clock } from "../runner/clock.ts";
import { isConfidential } from "./address.ts";
import { parseChallenges, type Challenge } from "./challenge.ts";
import { anonymous, toRegistryError } from "./registry-error.ts";
import { readBody, type HttpAnswer, type Transport } from "./transport.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Where they come from, for errors: `input password`. */
  readonly origin: string;
}

/** What one request has to be allowed to do. */
export interface Scope {
  readonly repository: string;
  readonly actions: "pull" | "pull,push";
}

type Authorization = Readonly<Record<string, string>>;

interface Token {
  readonly authorization: Authorization;
  /** Time of the clock from which it must not be used any more. */
  readonly until: number;
}

/** Tokens without `expires_in` live this long, says the specification. */
const defaultTokenSeconds = 60;
/** A token is not used in its last seconds: the request has to arrive too. */
const marginMs = 10_000;
const tokenLimit = 1024 * 1024;

/**
 * Gets a registry to let us in: anonymously, by `Basic`, or by the `Bearer` tokens of the distribution specification, which are kept
 * while they last. What is asked for is learnt from the first answer.
 */
export class Access {
  readonly #registry: string;
  readonly #credentials: Credentials | undefined;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #tokens = new Map<string, Promise<Token>>();
  #challenge: Challenge | undefined;

  constructor(options: {
    readonly registry: string;
    readonly credentials: Credentials | undefined;
    readonly transport: Transport;
    readonly clock: Clock;
  }) {
    this.#registry = options.registry;
    this.#credentials = options.credentials;
    this.#transport = options.transport;
    this.#clock = options.clock;
  }

  /** Who asks, for the words of an error. */
  get as(): string {
    const credentials = this.#credentials;
    return credentials === undefined ? anonymous : `as "${credentials.username}" (${credentials.origin})`;
  }

  /** The header to send with a request; none while the registry has asked for nothing. */
  async authorize(scopes: readonly Scope[]): Promise<Authorization> {
    const challenge = this.#challenge;
    if (challenge === undefined) return {};
    if (challenge.scheme === "basic") return basic(this.#credentials);
    const key = scopes.map(scopeText).join(" ");
    // However many requests need a token at once, one is fetched.
    const pending = this.#tokens.get(key);
    if (pending !== undefined) {
      const { authorization, until } = await pending;
      if (this.#clock.now() < until) return authorization;
      if (this.#tokens.get(key) === pending) this.#tokens.delete(key);
    }
    const token = this.#tokens.get(key) ?? this.#fetchToken(challenge, scopes);
    this.#tokens.set(key, token);
    token.catch(() => this.#tokens.delete(key));
    return (await token).authorization;
  }

  /** Learns from a 401 what the registry wants. False where there is nothing better to offer than what was refused. */
  learn(refused: {
    readonly answer: HttpAnswer;
    readonly sent: Authorization;
    readonly scopes: readonly Scope[];
  }): boolean {
    const challenges = parseChallenges(refused.answer.headers["www-authenticate"] ?? "");
    const found = ["bearer", "basic"].map((scheme) => challenges.find((challenge) => challenge.scheme === scheme));
    const challenge = found.find((candidate) => candidate !== undefined);
    if (challenge === undefined) return false;
    const isFirst = this.#challenge === undefined;
    this.#challenge = challenge;
    if (challenge.scheme === "basic") return isFirst && this.#credentials !== undefined;
    this.#tokens.delete(refused.scopes.map(scopeText).join(" "));
    return true;
  }

  async #fetchToken(challenge: Challenge, scopes: readonly Scope[]): Promise<Token> {
    const url = this.#tokenUrl(challenge, scopes);
    const asked = this.#clock.now();
    const answer = await this.#transport.send({ method: "GET", url, headers: basic(this.#credentials) });
    const text = (await readBody(answer, tokenLimit)).toString("utf8");
    const purpose = {
      doing: `get a token for ${scopes.map(scopeText).join(" ")}`,
      registry: this.#registry,
      as: this.as,
    };
    if (answer.status !== 200) throw toRegistryError(purpose, answer, text);
    const { token, seconds } = parseToken(text, this.#registry);
    return { authorization: { authorization: `Bearer ${token}` }, until: asked + seconds * 1000 - marginMs };
  }

  #tokenUrl({ parameters }: Challenge, scopes: readonly Scope[]): URL {
    const realm = parameters.realm ?? "";
    if (!URL.canParse(realm) || !isConfidential(new URL(realm))) {
      throw new SlipwayError(
        `Cannot log in to ${this.#registry} because it sends its users to a place that is not safe: got "${realm}"`,
        {
          code: "refused",
          hint: "Tokens are asked for over https only. The registry's administrator sets that address (realm).",
        },
      );
    }
    const url = new URL(realm);
    if (parameters.service !== undefined) url.searchParams.set("service", parameters.service);
    for (const scope of scopes) url.searchParams.append("scope", scopeText(scope));
    return url;
  }
}

function basic(credentials: Credentials | undefined): Authorization {
  if (credentials === undefined) return {};
  const { username, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

function scopeText({ repository, actions }: Scope): string {
  return `repository:${repository}:${actions}`;
}

function parseToken(text: string, registry: string): { readonly token: string; readonly seconds: number } {
  try {
    const body = JSON.parse(text) as { token?: unknown; access_token?: unknown; expires_in?: unknown };
    const token = body.token ?? body.access_token;
    const seconds = typeof body.expires_in === "number" ? body.expires_in : defaultTokenSeconds;
    if (typeof token === "string" && token !== "") return { token, seconds };
  } catch {
    // Falls through to the same words: what came is no token.
  }
  throw new SlipwayError(`Cannot log in to ${registry} because what it answered holds no token`, {
    code: "refused",
    hint: "A proxy may have answered in its place.",
  });
}
