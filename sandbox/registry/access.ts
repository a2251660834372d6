import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { basicCredentials, bearerToken, json, readBody } from "../http.ts";
import type { Answer } from "../http.ts";
import { RegistryError } from "./errors.ts";

export interface Credential {
  readonly username: string;
  readonly password: string;
  /** False: pull only. */
  readonly readWrite: boolean;
  /** Only repositories below this first part of their name; all of them by default. */
  readonly namespace?: string;
  readonly expiresAt?: Date;
}

export type Action = "pull" | "push" | "delete";

export interface Scope {
  readonly type: "repository" | "registry";
  readonly name: string;
  readonly actions: readonly string[];
}

const tokenSeconds = 300;

/**
 * Who may do what. Open to everybody until a credential is configured; from then on a request needs a token of `/token`
 * (https://distribution.github.io/distribution/spec/auth/token/) or, where `challenge` is `Basic`, the credential itself.
 */
export class Access {
  readonly #key = randomBytes(32);
  readonly #credentials = new Map<string, Credential>();
  readonly #publicNamespaces: readonly string[];
  readonly #challenge: "Bearer" | "Basic";
  #open: boolean;

  constructor(options: {
    readonly publicNamespaces: readonly string[];
    readonly challenge: "Bearer" | "Basic";
    readonly open: boolean;
  }) {
    this.#open = options.open;
    this.#publicNamespaces = options.publicNamespaces;
    this.#challenge = options.challenge;
  }

  add(credential: Credential): void {
    this.#open = false;
    this.#credentials.set(key(credential), credential);
  }

  remove(credential: { readonly username: string; readonly password: string }): void {
    this.#credentials.delete(key(credential));
  }

  /** Throws `UNAUTHORIZED` with a challenge that names what is needed, or `DENIED` where no other credential of the same kind would help. */
  require(request: IncomingMessage, needed: Scope | undefined): void {
    if (this.#open || (needed !== undefined && this.#isPublic(needed))) return;
    const header = request.headers.authorization;
    const token = bearerToken(header);
    if (token !== undefined) {
      const granted = this.#readToken(token);
      if (granted !== undefined && (needed === undefined || covers(granted, needed))) return;
      throw this.#unauthorized(request, needed, granted === undefined ? "invalid_token" : "insufficient_scope");
    }
    const credential = this.#credential(basicCredentials(header));
    if (credential === undefined) throw this.#unauthorized(request, needed);
    if (needed === undefined || covers([this.#granted(needed, credential)], needed)) return;
    throw new RegistryError("DENIED", "requested access to the resource is denied", { detail: needed });
  }

  allows(request: IncomingMessage, needed: Scope): boolean {
    try {
      this.require(request, needed);
      return true;
    } catch (error) {
      if (error instanceof RegistryError) return false;
      throw error;
    }
  }

  /** The token endpoint: GET with basic authorization, and POST as in OAuth 2 (grant_type `password`), as containerd prefers. */
  async token(request: IncomingMessage, url: URL): Promise<Answer> {
    const form = request.method === "POST" ? new URLSearchParams(String(await readBody(request, 65_536))) : undefined;
    const grant = form?.get("grant_type");
    if (form !== undefined && grant !== "password") return json(400, { error: "unsupported_grant_type" });
    const given =
      form === undefined
        ? basicCredentials(request.headers.authorization)
        : { username: form.get("username") ?? "", password: form.get("password") ?? "" };
    const credential = this.#credential(given);
    if (given !== undefined && credential === undefined && !this.#open) {
      throw new RegistryError("UNAUTHORIZED", "authentication required", { detail: "wrong or expired credential" });
    }
    const asked = (form ?? url.searchParams).getAll("scope").flatMap((text) => text.split(" "));
    const access = asked.flatMap(parseScope).map((scope) => this.#granted(scope, credential));
    const expiresAt = Math.min(Date.now() + tokenSeconds * 1000, credential?.expiresAt?.getTime() ?? Infinity);
    const token = this.#signed({ access, expiresAt });
    const seconds = Math.max(1, Math.floor((expiresAt - Date.now()) / 1000));
    return json(200, { token, access_token: token, expires_in: seconds, issued_at: new Date().toISOString() });
  }

  #granted(asked: Scope, credential: Credential | undefined): Scope {
    return { ...asked, actions: asked.actions.filter((action) => this.#allows(asked, action, credential)) };
  }

  #allows(asked: Scope, action: string, credential: Credential | undefined): boolean {
    if (this.#open || this.#isPublic({ ...asked, actions: [action] })) return true;
    if (credential === undefined) return false;
    if (asked.type === "registry") return credential.namespace === undefined;
    const inside = credential.namespace === undefined || asked.name.startsWith(`${credential.namespace}/`);
    return inside && (action === "pull" || credential.readWrite);
  }

  #isPublic(scope: Scope): boolean {
    const pullOnly = scope.type === "repository" && scope.actions.every((action) => action === "pull");
    return pullOnly && this.#publicNamespaces.some((namespace) => scope.name.startsWith(`${namespace}/`));
  }

  #credential(given: { username: string; password: string } | undefined): Credential | undefined {
    const credential = given === undefined ? undefined : this.#credentials.get(key(given));
    return credential?.expiresAt !== undefined && credential.expiresAt.getTime() <= Date.now() ? undefined : credential;
  }

  #unauthorized(request: IncomingMessage, needed: Scope | undefined, error?: string): RegistryError {
    const scope = needed === undefined ? "" : `,scope="${needed.type}:${needed.name}:${needed.actions.join(",")}"`;
    const reason = error === undefined ? "" : `,error="${error}"`;
    const realm = `http://${request.headers.host ?? ""}/token`;
    const bearer = `Bearer realm="${realm}",service="slipway-sandbox"${scope}${reason}`;
    const challenge = this.#challenge === "Bearer" ? bearer : 'Basic realm="slipway-sandbox"';
    const headers = { "www-authenticate": challenge };
    return new RegistryError("UNAUTHORIZED", "authentication required", { detail: needed ?? null, headers });
  }

  #signed(content: { access: Scope[]; expiresAt: number }): string {
    const body = Buffer.from(JSON.stringify(content)).toString("base64url");
    return `${body}.${this.#signature(body)}`;
  }

  #signature(body: string): string {
    return createHmac("sha256", this.#key).update(body).digest("base64url");
  }

  #readToken(token: string): readonly Scope[] | undefined {
    const [body = "", signature = ""] = token.split(".");
    const expected = Buffer.from(this.#signature(body));
    const actual = Buffer.from(signature);
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
    const content = JSON.parse(Buffer.from(body, "base64url").toString()) as { access: Scope[]; expiresAt: number };
    return content.expiresAt > Date.now() ? content.access : undefined;
  }
}

function covers(granted: readonly Scope[], needed: Scope): boolean {
  const same = granted.filter((scope) => scope.type === needed.type && scope.name === needed.name);
  return needed.actions.every((action) => same.some((scope) => scope.actions.includes(action)));
}

/** `repository:acme/app:pull,push`; what does not read so is ignored, as registries do. */
function parseScope(text: string): Scope[] {
  const [, type, name, actions] = /^(repository|registry):(.+):([a-z,*]+)$/.exec(text) ?? [];
  if ((type !== "repository" && type !== "registry") || name === undefined || actions === undefined) return [];
  return [{ type, name, actions: actions.split(",") }];
}

function key(credential: { readonly username: string; readonly password: string }): string {
  return JSON.stringify([credential.username, credential.password]);
}
