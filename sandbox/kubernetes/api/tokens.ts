import { randomBytes } from "node:crypto";
import type { User } from "./request.ts";

export interface TokenRequest {
  readonly user: string;
  readonly groups?: readonly string[];
  /** Seconds; for ever if left out. */
  readonly expiresInSeconds?: number;
}

/** The bearer tokens this server has issued. They are opaque, and die with it. */
export class Tokens {
  readonly #issued = new Map<string, { readonly user: User; readonly expiresAt: number }>();

  issue(request: TokenRequest): string {
    const token = randomBytes(24).toString("base64url");
    const expiresAt = request.expiresInSeconds === undefined ? Infinity : Date.now() + request.expiresInSeconds * 1000;
    const groups = [...(request.groups ?? []), "system:authenticated"];
    this.#issued.set(token, { user: { name: request.user, groups }, expiresAt });
    return token;
  }

  revoke(token: string): void {
    this.#issued.delete(token);
  }

  /** Whose token it is, while it is good. */
  user(token: string): User | undefined {
    const found = this.#issued.get(token);
    return found === undefined || found.expiresAt <= Date.now() ? undefined : found.user;
  }
}
