import { createHash, randomBytes, randomUUID } from "node:crypto";
import { Config, commonConfig } from "./config.js";
import { HttpError } from "./http-error.js";
import { readJson, validate } from "./json-body.js";
import { hashPassword, passwordMatches } from "./passwords.js";
import { runService, start } from "./service.js";
import { signToken } from "./tokens.js";

const credentialRules = {
  username: {
    min: 3,
    max: 40,
    pattern: /^[a-z0-9][a-z0-9._-]*$/,
    hint: "may have lower-case letters, digits, dot, dash and underscore",
  },
  password: { min: 10, max: 200 },
};

/** Accounts and sessions, in memory for now: each pod has its own, and they end with it. */
class Accounts {
  #byName = new Map();
  #sessions = new Map();

  async register({ username, password }) {
    if (this.#byName.has(username)) throw new HttpError(409, "This name is taken.");
    const account = { id: randomUUID(), username, hash: undefined };
    // Taken before the slow part, or two requests could both have the name.
    this.#byName.set(username, account);
    account.hash = await hashPassword(password);
    return account;
  }

  async logIn({ username, password }) {
    const account = this.#byName.get(username);
    if (await passwordMatches(password, account?.hash)) return account;
    throw new HttpError(401, "Name or password is wrong.");
  }

  /** A token to get new ones with. Only its hash is kept, so that a leak of this memory logs nobody in. */
  openSession(account, seconds) {
    const token = randomBytes(32).toString("base64url");
    this.#sessions.set(fingerprint(token), { account, expiresAt: Date.now() + seconds * 1000 });
    return token;
  }

  /** Each token is good for one use; `undefined` when it is not good. */
  closeSession(token) {
    const session = this.#sessions.get(fingerprint(token));
    this.#sessions.delete(fingerprint(token));
    return session !== undefined && session.expiresAt > Date.now() ? session.account : undefined;
  }

  dropExpired() {
    for (const [key, { expiresAt }] of this.#sessions) if (expiresAt <= Date.now()) this.#sessions.delete(key);
  }
}

function fingerprint(token) {
  return createHash("sha256").update(token).digest("hex");
}

await start(async () => {
  const config = new Config(process.env);
  const { host, port, version, jwtSecret } = commonConfig(config, { port: 3001 });
  const accessSeconds = config.integer("ACCESS_TOKEN_SECONDS", { min: 10, max: 86_400, byDefault: 900 });
  const refreshSeconds = config.integer("REFRESH_TOKEN_SECONDS", { min: 60, max: 2_592_000, byDefault: 86_400 });
  config.check();

  const accounts = new Accounts();
  setInterval(() => accounts.dropExpired(), 60_000).unref();

  const tokens = (account) => ({
    accessToken: signToken({ subject: account.id, name: account.username, seconds: accessSeconds, secret: jwtSecret }),
    tokenType: "Bearer",
    expiresIn: accessSeconds,
    refreshToken: accounts.openSession(account, refreshSeconds),
  });
  const refreshTokenOf = async (request) =>
    validate(await readJson(request), { refreshToken: { min: 1, max: 100 } }).refreshToken;

  await runService({
    name: "backstage-auth",
    host,
    port,
    version,
    routes: {
      "POST /register": async ({ request }) => {
        const { id, username } = await accounts.register(validate(await readJson(request), credentialRules));
        return { status: 201, body: { id, username } };
      },
      "POST /login": async ({ request }) => {
        const account = await accounts.logIn(validate(await readJson(request), credentialRules));
        return { status: 200, body: tokens(account) };
      },
      "POST /token": async ({ request }) => {
        const account = accounts.closeSession(await refreshTokenOf(request));
        if (account === undefined) throw new HttpError(401, "The refresh token is not good any more. Log in again.");
        return { status: 200, body: tokens(account) };
      },
      "POST /logout": async ({ request }) => {
        // Whether there was such a session is nobody's business.
        accounts.closeSession(await refreshTokenOf(request));
        return { status: 204 };
      },
    },
  });
});
