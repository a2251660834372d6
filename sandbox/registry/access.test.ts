import { afterEach, describe, expect, it } from "@jest/globals";
import { startRegistry } from "./server.ts";
import type { Registry } from "./server.ts";
import { basic, client, code, pushBlob } from "./testing/client.ts";

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function registry(options: Parameters<typeof startRegistry>[0] = {}): Promise<Registry> {
  const started = await startRegistry(options);
  closers.push(() => started.close());
  return started;
}

describe("startRegistry(): access", () => {
  const reader = { username: "reader", password: "r", readWrite: false };
  const writer = { username: "writer", password: "w", readWrite: true, namespace: "acme" };

  async function token(
    started: Registry,
    scope: string,
    headers: Record<string, string> = {},
  ): Promise<Record<string, string>> {
    const answer = await client(started, headers)("GET", `/token?service=slipway-sandbox&scope=${scope}`);
    expect(answer.status).toBe(200);
    const { token } = (await answer.json()) as { token: string };
    return { authorization: `Bearer ${token}` };
  }

  it("asks for a token that allows what the request needs, and takes it", async () => {
    const started = await registry({ credentials: [reader, writer] });
    const refused = await client(started)("POST", "/v2/acme/app/blobs/uploads/");
    expect([refused.status, await code(refused)]).toEqual([401, "UNAUTHORIZED"]);
    expect(refused.headers.get("www-authenticate")).toBe(
      `Bearer realm="http://${started.address}/token",service="slipway-sandbox",scope="repository:acme/app:pull,push"`,
    );
    const granted = await token(started, "repository:acme/app:pull,push", basic("writer", "w"));
    expect((await client(started, granted)("POST", "/v2/acme/app/blobs/uploads/")).status).toBe(202);
    const elsewhere = await client(started, granted)("POST", "/v2/acme/other/blobs/uploads/");
    expect(elsewhere.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  });

  it("grants no more than the credential holds: pull for a reader, one namespace for a writer", async () => {
    const started = await registry({ credentials: [reader, writer] });
    const read = await token(started, "repository:acme/app:pull,push", basic("reader", "r"));
    expect((await client(started, read)("POST", "/v2/acme/app/blobs/uploads/")).status).toBe(401);
    expect((await client(started, read)("GET", "/v2/acme/app/tags/list")).status).toBe(404);
    const write = await token(started, "repository:other/app:pull,push", basic("writer", "w"));
    expect((await client(started, write)("POST", "/v2/other/app/blobs/uploads/")).status).toBe(401);
    expect((await client(started, basic("reader", "r"))("POST", "/v2/acme/app/blobs/uploads/")).status).toBe(403);
  });

  it("refuses a wrong credential, one that has expired, one that was removed, and a forged token", async () => {
    const expired = { ...reader, username: "late", expiresAt: new Date(Date.now() - 1) };
    const started = await registry({ credentials: [reader, expired] });
    started.removeCredential(reader);
    for (const given of [basic("reader", "wrong"), basic("late", "r"), basic("reader", "r")]) {
      expect((await client(started, given)("GET", "/token?scope=repository:app:pull")).status).toBe(401);
      expect((await client(started, given)("GET", "/v2/")).status).toBe(401);
    }
    const forged = { authorization: `Bearer ${Buffer.from('{"access":[],"expiresAt":9e15}').toString("base64url")}.x` };
    expect((await client(started, forged)("GET", "/v2/")).status).toBe(401);
  });

  it("gives a token by POST too, and offers basic authorization alone where it is told to", async () => {
    const started = await registry({ credentials: [reader], challenge: "Basic" });
    const form = new URLSearchParams({
      grant_type: "password",
      username: "reader",
      password: "r",
      scope: "repository:a:pull",
    });
    expect((await client(started)("POST", "/token", { body: form.toString() })).status).toBe(200);
    form.set("grant_type", "refresh_token");
    expect((await client(started)("POST", "/token", { body: form.toString() })).status).toBe(400);
    expect((await client(started)("GET", "/v2/")).headers.get("www-authenticate")).toMatch(/^Basic /);
    expect((await client(started, basic("reader", "r"))("GET", "/v2/")).status).toBe(200);
  });

  it("lets anybody pull from a public namespace, and from nowhere else", async () => {
    const started = await registry({ credentials: [], publicNamespaces: ["library"] });
    const anonymous = await token(started, "repository:library/node:pull,push");
    expect((await client(started, anonymous)("GET", "/v2/library/node/tags/list")).status).toBe(404);
    expect((await client(started, anonymous)("POST", "/v2/library/node/blobs/uploads/")).status).toBe(401);
    expect((await client(started)("GET", "/v2/acme/node/tags/list")).status).toBe(401);
  });

  it("mounts nothing from a repository that the client may not read", async () => {
    const started = await registry();
    const { digest } = await pushBlob(client(started), "other/app", "private");
    started.addCredential(writer);
    const send = client(started, basic("writer", "w"));
    expect((await send("POST", `/v2/acme/app/blobs/uploads/?mount=${digest}&from=other/app`)).status).toBe(202);
  });
});
