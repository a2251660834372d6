import { Agent, request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../certificates.ts";
import { startApiServer } from "../kubernetes/api/server.ts";
import { startRegistry } from "../registry/server.ts";
import type { Registry } from "../registry/server.ts";
import { client } from "../registry/testing/client.ts";
import type { Cluster } from "./clusters.ts";
import { startDigitalOcean } from "./server.ts";
import type { DigitalOceanOptions } from "./server.ts";

const token = "dop_v1_account";
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Account {
  readonly registry: Registry;
  /** Sends as the account's owner. */
  readonly send: (
    method: string,
    path: string,
    init?: { body?: string; headers?: Record<string, string> },
  ) => Promise<Response>;
}

async function account(options: Partial<DigitalOceanOptions> = {}): Promise<Account> {
  const registry = options.registry ?? (await startRegistry({ credentials: [] }));
  closers.push(() => registry.close());
  const api = await startDigitalOcean({ token, clusters: [], registries: ["acme"], registry, ...options });
  closers.push(() => api.close());
  return {
    registry,
    send: (method, path, init = {}) =>
      fetch(api.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
        ...(init.body === undefined ? {} : { body: init.body }),
      }),
  };
}

function cluster(overrides: Partial<Cluster> = {}): Cluster {
  const id = "bd5f5959-5e1e-4205-a714-a914373942af";
  const issued = { server: "https://127.0.0.1:1", caPem: "PEM", issueToken: () => "cluster-token" };
  return { id, name: "sandbox", region: "nyc1", version: "1.34.4-do.0", ...issued, ...overrides };
}

async function body(answer: Response | Promise<Response>): Promise<Record<string, unknown>> {
  return (await (await answer).json()) as Record<string, unknown>;
}

/** The credential in a Docker config, as an authorization header. */
async function dockerLogin(
  answer: Response,
): Promise<{ headers: Record<string, string>; token: string; host: string }> {
  const { auths } = (await answer.json()) as { auths: Record<string, { auth: string }> };
  const [[host, { auth }] = ["", { auth: "" }]] = Object.entries(auths);
  const [user = ""] = Buffer.from(auth, "base64").toString().split(":");
  return { headers: { authorization: `Basic ${auth}` }, token: user, host };
}

describe("startDigitalOcean(): clusters", () => {
  it("lists clusters", async () => {
    const { send } = await account({ clusters: [cluster()] });
    const list = await body(send("GET", "/v2/kubernetes/clusters?per_page=200"));
    expect(list).toMatchObject({ kubernetes_clusters: [{ name: "sandbox" }], links: {}, meta: { total: 1 } });
  });

  it("mints a token that works at the cluster until it has expired", async () => {
    const api = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]) });
    closers.push(() => api.close());
    const real = cluster({ server: api.url, caPem: api.caPem, issueToken: (request) => api.issueToken(request) });
    const { send } = await account({ clusters: [real] });
    const given = await body(send("GET", `/v2/kubernetes/clusters/${real.id}/credentials?expiry_seconds=1`));
    expect(given).toMatchObject({
      server: api.url,
      certificate_authority_data: Buffer.from(api.caPem).toString("base64"),
    });
    expect(Date.parse(String(given.expires_at))).toBeLessThan(Date.now() + 1100);
    const status = () => statusOf(`${api.url}/api/v1/namespaces`, { ca: api.caPem, token: String(given.token) });
    expect(await status()).toBe(200);
    const deadline = Date.now() + 5000;
    while ((await status()) === 200 && Date.now() < deadline) await sleep(50);
    expect(await status()).toBe(401);
  });

  it("gives credentials for 7 days where no expiry is asked for, and refuses what is no number of seconds", async () => {
    const asked: number[] = [];
    const issueToken: Cluster["issueToken"] = ({ expiresInSeconds }) => `token-${asked.push(expiresInSeconds)}`;
    const { send } = await account({ clusters: [cluster({ issueToken })] });
    const path = `/v2/kubernetes/clusters/${cluster().id}`;
    for (const query of ["", "?expiry_seconds=0", "?expiry_seconds=600"]) {
      expect((await send("GET", `${path}/credentials${query}`)).status).toBe(200);
    }
    expect(asked).toEqual([604_800, 604_800, 600]);
    expect((await send("GET", `${path}/credentials?expiry_seconds=-1`)).status).toBe(422);
    expect((await send("GET", `${path}/credentials?expiry_seconds=1h`)).status).toBe(422);
  });
});

describe("startDigitalOcean(): registries", () => {
  it("lists the account's registries", async () => {
    const { send } = await account({ registries: ["acme", "other"] });
    expect(await body(send("GET", "/v2/registries"))).toMatchObject({
      registries: [{ name: "acme" }, { name: "other" }],
    });
    expect((await send("GET", "/v2/registries/stranger/docker-credentials")).status).toBe(404);
  });

  it("mints a credential that the registry takes for its own registry alone, and that can be revoked", async () => {
    const { send, registry } = await account({ registries: ["acme", "other"] });
    const path = "/v2/registries/acme/docker-credentials?read_write=true&expiry_seconds=60";
    const login = await dockerLogin(await send("GET", path));
    expect(login.host).toBe(registry.address);
    const upload = (repository: string) => client(registry, login.headers)("POST", `/v2/${repository}/blobs/uploads/`);
    expect((await upload("acme/app")).status).toBe(202);
    expect((await upload("other/app")).status).toBe(403);
    const revoke = (form: string) =>
      send("POST", "/v1/oauth/revoke", { body: `token=${form}`, headers: { authorization: `Bearer ${login.token}` } });
    expect((await revoke("another")).status).toBe(401);
    expect((await revoke(login.token)).status).toBe(200);
    expect((await upload("acme/app")).status).toBe(401);
    expect((await revoke(login.token)).status).toBe(401);
  });

  it("mints a credential that is read-only by default and expires when it was asked to", async () => {
    const { send, registry } = await account();
    const login = await dockerLogin(await send("GET", "/v2/registries/acme/docker-credentials?expiry_seconds=1"));
    const use = (method: string, path: string) => client(registry, login.headers)(method, path);
    expect((await use("POST", "/v2/acme/app/blobs/uploads/")).status).toBe(403);
    expect((await use("GET", "/v2/")).status).toBe(200);
    const deadline = Date.now() + 5000;
    while ((await use("GET", "/v2/")).status === 200 && Date.now() < deadline) await sleep(50);
    expect((await use("GET", "/v2/")).status).toBe(401);
  });
});

describe("startDigitalOcean()", () => {
  it("refuses a wrong token and an unknown path in the API's own words", async () => {
    const { send } = await account();
    const wrong = await send("GET", "/v2/registries", { headers: { authorization: "Bearer other" } });
    expect([wrong.status, await body(wrong)]).toEqual([
      401,
      { id: "unauthorized", message: "Unable to authenticate you.", request_id: expect.any(String) },
    ]);
    expect(await body(send("GET", "/v2/droplets"))).toMatchObject({ id: "not_found" });
    expect((await send("POST", "/v2/kubernetes/clusters")).status).toBe(404);
  });

  it("counts requests down in its headers, and says after a burst when to come back", async () => {
    const { send } = await account();
    const first = await send("GET", "/v2/registries");
    expect(first.headers.get("ratelimit-limit")).toBe("5000");
    expect(first.headers.get("ratelimit-remaining")).toBe("4999");
    expect(first.headers.has("retry-after")).toBe(false);
    for (let sent = 1; sent < 250; sent++) expect((await send("GET", "/v2/registries")).status).toBe(200);
    const limited = await send("GET", "/v2/registries");
    expect([limited.status, (await body(limited)).id]).toEqual([429, "too_many_requests"]);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(50);
  });
});

async function statusOf(url: string, options: { ca: string; token: string }): Promise<number> {
  const agent = new Agent({ ca: options.ca });
  const headers = { authorization: `Bearer ${options.token}` };
  return await new Promise<number>((resolve, reject) => {
    httpsRequest(url, { agent, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
