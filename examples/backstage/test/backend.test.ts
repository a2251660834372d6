import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "@jest/globals";

const secret = "a secret that is only used in these tests";
const sources = fileURLToPath(new URL("../backend/src/", import.meta.url));
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});

interface Service {
  readonly url: string;
  readonly child: ChildProcess;
}

function run(script: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [`${sources}${script}.js`], { env, stdio: ["ignore", "pipe", "inherit"] });
  running.push(child);
  return { child, lines: createInterface(child.stdout) };
}

async function start(script: "server" | "auth", env: Record<string, string> = {}): Promise<Service> {
  const { child, lines } = run(script, { JWT_SECRET: secret, HOST: "127.0.0.1", PORT: "0", VERSION: "v7", ...env });
  const [first] = (await once(lines, "line", { signal: AbortSignal.timeout(10_000) })) as [string];
  const { message, address } = JSON.parse(first) as { message: string; address: string };
  expect(message).toBe("listening");
  return { url: address, child };
}

async function send(method: string, url: string, options: { body?: unknown; token?: string; type?: string } = {}) {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { "content-type": options.type ?? "application/json" }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === "string" ? options.body : JSON.stringify(options.body) }),
  });
  const text = await answer.text();
  const body = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, body };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function token(options: { claims?: object; header?: object; key?: string } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "backstage-auth", aud: "backstage", sub: "1", name: "ada", exp: now + 60, ...options.claims };
  const content = `${encode(options.header ?? { alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", options.key ?? secret)
    .update(content)
    .digest("base64url")}`;
}

const ada = { username: "ada", password: "analytical engine" };

describe("the auth service", () => {
  it("registers, logs in, renews once with each refresh token, and forgets a session at logout", async () => {
    const { url } = await start("auth");
    const registered = await send("POST", `${url}/register`, { body: ada });
    expect(registered).toMatchObject({ status: 201, body: { username: "ada" } });
    const login = await send("POST", `${url}/login`, { body: ada });
    expect(login.body).toMatchObject({ tokenType: "Bearer", expiresIn: 900 });
    const renew = (refreshToken: unknown) => send("POST", `${url}/token`, { body: { refreshToken } });
    const renewed = await renew(login.body.refreshToken);
    expect(renewed.status).toBe(200);
    expect((await renew(login.body.refreshToken)).status).toBe(401);
    const logout = await send("POST", `${url}/logout`, { body: { refreshToken: renewed.body.refreshToken } });
    expect(logout.status).toBe(204);
    expect((await renew(renewed.body.refreshToken)).status).toBe(401);
  });

  it("gives tokens that the server takes", async () => {
    const [auth, server] = await Promise.all([start("auth"), start("server")]);
    await send("POST", `${auth.url}/register`, { body: ada });
    const { body } = await send("POST", `${auth.url}/login`, { body: ada });
    const profile = await send("GET", `${server.url}/profile`, { token: String(body.accessToken) });
    expect(profile).toMatchObject({ status: 200, body: { username: "ada", displayName: "ada" } });
  });

  it("refuses a name that is taken, a wrong password and an unknown name, the last two in the same words", async () => {
    const { url } = await start("auth");
    const both = await Promise.all([1, 2].map(() => send("POST", `${url}/register`, { body: ada })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const wrong = await send("POST", `${url}/login`, { body: { ...ada, password: "difference engine" } });
    const unknown = await send("POST", `${url}/login`, { body: { ...ada, username: "charles" } });
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
  });

  it.each([
    { name: "no body", body: undefined, status: 415 },
    { name: "another type", body: "a=b", type: "text/plain", status: 415 },
    { name: "broken JSON", body: "{", status: 400 },
    { name: "a list", body: [], status: 400 },
    { name: "more than 16 KiB", body: { username: "x".repeat(20_000) }, status: 413 },
    { name: "missing fields", body: {}, status: 422 },
    { name: "a short password", body: { ...ada, password: "short" }, status: 422 },
    { name: "a strange name", body: { ...ada, username: "Ada Lovelace" }, status: 422 },
    { name: "an unknown field", body: { ...ada, admin: "true" }, status: 422 },
    { name: "a number for a password", body: { ...ada, password: 1_234_567_890 }, status: 422 },
  ])("answers $status to a registration with $name", async ({ body, type, status }) => {
    const { url } = await start("auth");
    expect((await send("POST", `${url}/register`, { body, ...(type === undefined ? {} : { type }) })).status).toBe(
      status,
    );
  });
});

describe("the server", () => {
  it("says that it is healthy, what it is and which version", async () => {
    const { url } = await start("server");
    const { status, body } = await send("GET", `${url}/health`);
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "healthy",
      service: "backstage-server",
      version: "v7",
      timestamp: expect.any(String),
    });
    expect(Math.abs(Date.parse(String(body.timestamp)) - Date.now())).toBeLessThan(5000);
  });

  it("shows its configuration to the portal", async () => {
    const { url } = await start("server", { BANNER: "Maintenance at noon", POSTS_PER_PAGE: "5" });
    const { body } = await send("GET", `${url}/setup`);
    expect(body).toEqual({
      service: "backstage-server",
      version: "v7",
      banner: "Maintenance at noon",
      postsPerPage: 5,
    });
  });

  it("keeps posts, which only their author may delete", async () => {
    const { url } = await start("server");
    const post = { title: "Note G", body: "The engine might compose music." };
    const made = await send("POST", `${url}/posts`, { token: token(), body: post });
    expect([made.status, made.headers.get("location")]).toEqual([201, `/posts/${String(made.body.id)}`]);
    const charles = token({ claims: { sub: "2", name: "charles" } });
    const path = `${url}/posts/${String(made.body.id)}`;
    expect(await send("GET", path, { token: charles })).toMatchObject({
      status: 200,
      body: { ...post, author: "ada" },
    });
    expect((await send("GET", `${url}/posts?size=1`, { token: charles })).body).toMatchObject({
      total: 1,
      posts: [post],
    });
    expect((await send("GET", `${url}/posts?size=none`, { token: charles })).status).toBe(422);
    expect((await send("DELETE", path, { token: charles })).status).toBe(403);
    expect((await send("DELETE", path, { token: token() })).status).toBe(204);
    expect((await send("GET", path, { token: token() })).status).toBe(404);
  });

  it("lets people change their own profile, and lists who there is", async () => {
    const { url } = await start("server");
    const changed = await send("PATCH", `${url}/profile`, { token: token(), body: { displayName: "Ada Lovelace" } });
    expect(changed).toMatchObject({ status: 200, body: { displayName: "Ada Lovelace", bio: "" } });
    const { body } = await send("GET", `${url}/users`, { token: token({ claims: { sub: "2", name: "charles" } }) });
    expect(body).toMatchObject({ users: [{ displayName: "Ada Lovelace" }, { displayName: "charles" }] });
  });

  it.each([
    { name: "none", given: undefined },
    { name: "one that has expired", given: token({ claims: { exp: 1 } }) },
    { name: "one of another key", given: token({ key: "x".repeat(40) }) },
    {
      name: "one without a signature",
      given: `${token({ header: { alg: "none", typ: "JWT" } })
        .split(".")
        .slice(0, 2)
        .join(".")}.`,
    },
    { name: "one of another issuer", given: token({ claims: { iss: "somebody" } }) },
    {
      name: "one whose claims were changed",
      given: token().replace(/\.[^.]+\./, `.${encode({ name: "root", exp: 9e9 })}.`),
    },
    { name: "nonsense", given: "a.b.c" },
  ])("answers 401 to a request for posts with this token: $name", async ({ given }) => {
    const { url } = await start("server");
    const answer = await send("GET", `${url}/posts`, given === undefined ? {} : { token: given });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="backstage"']);
  });

  it("answers 404 to an unknown path and 405 to a method that a path does not take", async () => {
    const { url } = await start("server");
    expect((await send("GET", `${url}/nothing`)).status).toBe(404);
    const wrong = await send("PUT", `${url}/posts`);
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST"]);
    expect((await send("HEAD", `${url}/health`)).status).toBe(200);
  });
});

describe("both services", () => {
  it("name everything that is wrong with their settings, and do not start", async () => {
    const { child, lines } = run("server", { JWT_SECRET: "short", PORT: "http", POSTS_PER_PAGE: "0" });
    const logged: unknown[] = [];
    lines.on("line", (line) => logged.push(JSON.parse(line)));
    expect(await once(child, "close")).toEqual([1, null]);
    const message =
      'Cannot start: PORT must be a whole number from 0 to 65535: got "http"; JWT_SECRET must have at least 32 characters; ' +
      'POSTS_PER_PAGE must be a whole number from 1 to 100: got "0"';
    expect(logged).toMatchObject([{ level: "error", message }]);
  });

  it("finish what they owe when they are told to stop, then leave no connection behind", async () => {
    const { url, child } = await start("auth");
    await send("POST", `${url}/register`, { body: ada });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    const body = JSON.stringify(ada);
    // Half a request, so that it is still being read while the process stops.
    socket.write(
      `POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
    );
    await once(socket, "connect");
    child.kill("SIGTERM");
    const deadline = Date.now() + 10_000;
    const health = async (): Promise<unknown> =>
      (await send("GET", `${url}/health`).catch(() => ({ status: "closed" }))).status;
    while ((await health()) !== "closed" && Date.now() < deadline);
    socket.write(body.slice(9));
    await once(socket, "close");
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
    expect(received).toMatch(/\r\nconnection: close\r\n/i);
    if (child.exitCode === null) await once(child, "exit");
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
  });

  it("pass their own health check", async () => {
    const { url } = await start("auth");
    const { child } = run("healthcheck", { PORT: new URL(url).port });
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
