import { randomBytes } from "node:crypto";
import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import type { Registry } from "../registry/server.ts";
import { expirySeconds } from "./clusters.ts";
import { DigitalOceanError, notFound } from "./errors.ts";

/** The container registries of the account: each is the part of the sandbox's one registry that lies below its name. */
export class Registries {
  readonly #names: readonly string[];
  readonly #registry: Registry;
  readonly #minted = new Set<string>();

  constructor(names: readonly string[], registry: Registry) {
    this.#names = names;
    this.#registry = registry;
  }

  list(): Answer {
    return json(200, {
      registries: this.#names.map((name) => ({ name, created_at: "2020-03-21T16:02:37Z", region: "nyc3" })),
    });
  }

  /** A Docker config with a credential of its own, which is read-only and never expires unless the query says otherwise. */
  dockerCredentials(name: string, url: URL): Answer {
    if (!this.#names.includes(name)) throw notFound();
    const seconds = expirySeconds(url);
    const token = `dop_v1_${randomBytes(32).toString("hex")}`;
    this.#minted.add(token);
    this.#registry.addCredential({
      username: token,
      password: token,
      readWrite: url.searchParams.get("read_write") === "true",
      namespace: name,
      ...(seconds === 0 ? {} : { expiresAt: new Date(Date.now() + seconds * 1000) }),
    });
    const auth = Buffer.from(`${token}:${token}`).toString("base64");
    return json(200, { auths: { [this.#registry.address]: { auth } } });
  }

  /** Ends a credential before its time. Whoever holds the token may do that, and nobody else. */
  revoke(token: string): Answer {
    if (!this.#minted.delete(token)) throw new DigitalOceanError("unauthorized", "Unable to authenticate you.");
    this.#registry.removeCredential({ username: token, password: token });
    return json(200, {});
  }
}
