import { Agent, request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../certificates.ts";
import { startApiServer } from "../kubernetes/api/server.ts";
import { startRegistry } from "../registry/server.ts";
import type { Registry } from "../registry/server.ts";
import { basic, client, pushBlob } from "../registry/testing/client.ts";
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

/** Pushes an image of one blob as the registry's own client would, and returns the manifest's digest. */
async function pushImage(
  registry: Registry,
  options: { repository: string; tag: string; content: string },
): Promise<string> {
  registry.addCredential({ username: "pusher", password: "p", readWrite: true });
  const send = client(registry, basic("pusher", "p"));
  const blob = await pushBlob(send, options.repository, options.content);
  const type = "application/vnd.oci.image.manifest.v1+json";
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config: blob, layers: [] });
  const path = `/v2/${options.repository}/manifests/${options.tag}`;
  const answer = await send("PUT", path, { body: manifest, headers: { "content-type": type } });
  expect(answer.status).toBe(201);
  return answer.headers.get("docker-content-digest") ?? "";
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
  it("lists clusters page by page, with absolute links to follow", async () => {
    const clusters = ["one", "two", "three"].map((name) => cluster({ id: name, name }));
    const { send } = await account({ clusters });
    const first = await body(send("GET", "/v2/kubernetes/clusters?per_page=2"));
    expect(first).toMatchObject({ kubernetes_clusters: [{ name: "one" }, { name: "two" }], meta: { total: 3 } });
    const { next } = (first.links as { pages: { next: string } }).pages;
    const second = await body(fetch(next, { headers: { authorization: `Bearer ${token}` } }));
    expect(second).toMatchObject({ kubernetes_clusters: [{ name: "three" }], meta: { total: 3 } });
    expect((second.links as { pages: object }).pages).not.toHaveProperty("next");
    expect(await body(send("GET", "/v2/kubernetes/clusters"))).toMatchObject({ links: {} });
    expect((await send("GET", "/v2/kubernetes/clusters?per_page=zero")).status).toBe(400);
  });

  it("gives at most 200 a page, however many are asked for", async () => {
    const clusters = Array.from({ length: 201 }, (_, index) => cluster({ id: String(index) }));
    const { send } = await account({ clusters });
    const { kubernetes_clusters: page } = await body(send("GET", "/v2/kubernetes/clusters?per_page=1000"));
    expect(page).toHaveLength(200);
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

  it("gives a kubeconfig with a token, and none for single sign-on", async () => {
    const { send } = await account({ clusters: [cluster()] });
    const path = `/v2/kubernetes/clusters/${cluster().id}/kubeconfig`;
    const text = await (await send("GET", `${path}?type=token&expiry_seconds=60`)).text();
    expect(text).toContain("current-context: do-nyc1-sandbox\n");
    expect(text).toContain("token: cluster-token\n");
    expect((await send("GET", `${path}?type=sso`)).status).toBe(422);
  });

  it("hands on which clusters may pull from which registries", async () => {
    const asked: { clusterIds: readonly string[]; registry: string; dockerConfig: string }[] = [];
    const addRegistry: DigitalOceanOptions["addRegistry"] = (request) => Promise.resolve(void asked.push(request));
    const { send, registry } = await account({ clusters: [cluster()], addRegistry });
    const add = (registries: string[]) =>
      send("POST", "/v2/kubernetes/registries", {
        body: JSON.stringify({ cluster_uuids: [cluster().id], registries }),
      });
    expect((await add(["acme"])).status).toBe(204);
    expect((await add(["stranger"])).status).toBe(404);
    expect(asked).toMatchObject([{ clusterIds: [cluster().id], registry: "acme" }]);
    const { auths } = JSON.parse(asked[0]?.dockerConfig ?? "{}") as { auths: Record<string, { auth: string }> };
    const headers = { authorization: `Basic ${auths[registry.address]?.auth ?? ""}` };
    expect((await client(registry, headers)("GET", "/v2/acme/app/tags/list")).status).toBe(404);
    expect((await client(registry, headers)("POST", "/v2/acme/app/blobs/uploads/")).status).toBe(403);
  });
});

describe("startDigitalOcean(): registries", () => {
  it("answers the deprecated call for an account with one registry, and 412 for one with several", async () => {
    const one = await account();
    expect(await body(one.send("GET", "/v2/registry"))).toMatchObject({ registry: { name: "acme" } });
    const two = await account({ registries: ["acme", "other"] });
    const refused = await two.send("GET", "/v2/registry");
    expect([refused.status, (await body(refused)).id]).toEqual([412, "precondition_failed"]);
    expect(await body(two.send("GET", "/v2/registries"))).toMatchObject({
      registries: [{ name: "acme" }, { name: "other" }],
    });
    expect((await two.send("GET", "/v2/registries/stranger")).status).toBe(404);
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

  it("lists repositories by following links, and their tags; deletes tags and manifests", async () => {
    const { send, registry } = await account();
    const digest = await pushImage(registry, { repository: "acme/team/app", tag: "v1", content: "0123456789" });
    await pushImage(registry, { repository: "acme/web", tag: "v1", content: "web" });
    const first = await body(send("GET", "/v2/registries/acme/repositoriesV2?per_page=1"));
    expect(first).toMatchObject({
      repositories: [{ name: "team/app", tag_count: 1, latest_manifest: { digest } }],
      meta: { total: 2 },
    });
    const { next } = (first.links as { pages: { next: string } }).pages;
    const second = await body(fetch(next, { headers: { authorization: `Bearer ${token}` } }));
    expect(second).toMatchObject({ repositories: [{ name: "web" }], links: {} });
    const path = "/v2/registries/acme/repositories/team%2Fapp";
    const tags = [
      { registry_name: "acme", repository: "team/app", tag: "v1", manifest_digest: digest, compressed_size_bytes: 10 },
    ];
    expect(await body(send("GET", `${path}/tags`))).toMatchObject({ tags, meta: { total: 1 } });
    expect((await send("DELETE", `${path}/tags/v1`)).status).toBe(204);
    expect((await send("DELETE", `${path}/tags/v1`)).status).toBe(404);
    expect((await send("DELETE", `${path}/digests/${digest}`)).status).toBe(204);
    expect(await body(send("GET", `${path}/digests`))).toMatchObject({ manifests: [] });
  });

  it("collects garbage while the registry is read-only, and then nothing is left of what no tag leads to", async () => {
    const { send, registry } = await account();
    const kept = await pushImage(registry, { repository: "acme/app", tag: "v2", content: "kept" });
    const dropped = await pushImage(registry, { repository: "acme/app", tag: "v1", content: "dropped" });
    await send("DELETE", "/v2/registries/acme/repositories/app/tags/v1");
    const path = "/v2/registries/acme/garbage-collection";
    expect((await send("GET", path)).status).toBe(404);
    const start = () =>
      send("POST", path, { body: JSON.stringify({ type: "untagged manifests and unreferenced blobs" }) });
    const started = await start();
    expect(started.status).toBe(201);
    expect(await body(started)).toMatchObject({ garbage_collection: { status: "requested" } });
    expect((await start()).status).toBe(409);
    const upload = () => client(registry, basic("pusher", "p"))("POST", "/v2/acme/app/blobs/uploads/");
    expect((await upload()).status).toBe(401);
    const deadline = Date.now() + 5000;
    while ((await send("GET", path)).status === 200 && Date.now() < deadline) await sleep(20);
    expect((await upload()).status).toBe(202);
    expect([...registry.contents.find("acme/app").manifests.keys()]).toEqual([kept]);
    expect(registry.contents.store.digests()).toHaveLength(1);
    expect(kept).not.toBe(dropped);
  });

  it("says how many repositories the subscription includes", async () => {
    const { send } = await account({ includedRepositories: 5 });
    expect(await body(send("GET", "/v2/registries/subscription"))).toMatchObject({
      subscription: { tier: { included_repositories: 5 } },
    });
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
    expect((await send("POST", "/v2/kubernetes/registries", { body: "{" })).status).toBe(400);
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
