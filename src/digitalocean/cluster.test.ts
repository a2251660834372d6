import { afterEach, describe, expect, it } from "@jest/globals";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import { openDigitalOcean } from "./client.ts";
import type { DigitalOceanApi } from "./client.ts";
import { clusterConnection, findCluster, readCluster } from "./cluster.ts";
import { noticeOf, silenceOf } from "./cluster-state.ts";
import { registryCredentials } from "./registry.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const id = "bd5f5959-5e1e-4205-a714-a914373942af";
const ca = "-----BEGIN CERTIFICATE-----\n";
const credentials = {
  server: "https://bd5f5959.k8s.ondigitalocean.com",
  certificate_authority_data: Buffer.from(ca).toString("base64"),
  client_certificate_data: null,
  client_key_data: null,
  token: "short-lived",
  expires_at: "2026-11-20T15:00:00Z",
};

/** A DigitalOcean that has these answers by path; anything else is not found. */
async function setUp(answers: Readonly<Record<string, unknown>>) {
  const server = await hostileServer(({ url }, response) => {
    const [path = ""] = url.split("?");
    const body = answers[path];
    if (body === undefined) answer(response, 404, { id: "not_found", message: "The resource was not found." });
    else if (typeof body === "number") answer(response, body, { id: "no", message: "You are not authorized" });
    else answer(response, 200, body);
  });
  cleanups.push(() => server.close());
  const env = { DIGITALOCEAN_API_URL: server.url };
  return { server, api: openDigitalOcean({ token: "dop", env, clock: fastClock() }) };
}

/** The two steps to a connection. */
async function connectionTo(api: DigitalOceanApi, nameOrId: string, expirySeconds: number) {
  return clusterConnection(api, await findCluster(api, nameOrId), expirySeconds);
}

const state = (name: string, message = "") => ({ id, name: "shop", status: { state: name, message } });
const list = (...clusters: object[]) => ({ "/v2/kubernetes/clusters": { kubernetes_clusters: clusters } });
const withCredentials = { [`/v2/kubernetes/clusters/${id}/credentials`]: credentials };

describe("a cluster's connection", () => {
  const expected = {
    server: credentials.server,
    ca,
    token: "short-lived",
    expiresAt: credentials.expires_at,
  };

  it("finds a cluster by its name and gets credentials that expire", async () => {
    const { server, api } = await setUp({ ...list({ id: "x", name: "other" }, state("running")), ...withCredentials });
    expect(await connectionTo(api, "shop", 3600)).toEqual(expected);
    expect(server.requests[1]?.url).toBe(`/v2/kubernetes/clusters/${id}/credentials?expiry_seconds=3600`);
  });

  it("finds a cluster by its id, without a list", async () => {
    const { server, api } = await setUp({
      [`/v2/kubernetes/clusters/${id}`]: { kubernetes_cluster: state("running") },
      ...withCredentials,
    });
    expect(await connectionTo(api, id.toUpperCase(), 600)).toEqual(expected);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["shp", "Did you mean shop?"],
    ["entirely-different", "the team that digitalocean-token belongs to"],
  ])("says that there is no cluster %s", async (name, hint) => {
    const { api } = await setUp(list({ id: "x", name: "other" }, state("running")));
    await expect(connectionTo(api, name, 600)).rejects.toMatchObject({
      message: `Cannot find the cluster ${name} because this account has no cluster of that name: got other, shop`,
      hint: expect.stringContaining(hint),
      code: "configuration",
    });
  });

  it("says that the account has no cluster at all", async () => {
    const { api } = await setUp(list());
    await expect(connectionTo(api, "shop", 600)).rejects.toThrow("got none at all");
  });

  it.each([
    ["provisioning", "Cannot use the cluster shop because it is still being created (soon)"],
    ["deleting", "Cannot use the cluster shop because it is being deleted (soon)"],
    ["error", "Cannot use the cluster shop because it is in error (soon)"],
  ])("refuses a cluster that is %s", async (name, message) => {
    const { api } = await setUp({ ...list(state(name, "soon")), ...withCredentials });
    await expect(connectionTo(api, "shop", 600)).rejects.toThrow(message);
  });

  it.each([
    ["upgrading", "its API may be away"],
    ["degraded", "is degraded"],
  ])("goes on with a cluster that is %s, with a notice", async (name, notice) => {
    const { api } = await setUp({ ...list(state(name)), ...withCredentials });
    expect(noticeOf(await findCluster(api, "shop"))).toContain(notice);
  });

  it("names the scope that the token lacks, for each of the two calls", async () => {
    const first = await setUp({ "/v2/kubernetes/clusters": 403 });
    await expect(connectionTo(first.api, "shop", 600)).rejects.toMatchObject({
      hint: "Give the token of digitalocean-token the scope kubernetes:read.",
    });
    const second = await setUp({ ...list(state("running")), [`/v2/kubernetes/clusters/${id}/credentials`]: 403 });
    await expect(connectionTo(second.api, "shop", 600)).rejects.toMatchObject({
      message: expect.stringContaining("Cannot get credentials for the cluster shop because"),
      hint: "Give the token of digitalocean-token the scope kubernetes:access_cluster.",
    });
  });

  it("refuses credentials that are not complete, without showing them", async () => {
    const { api } = await setUp({
      ...list(state("running")),
      [`/v2/kubernetes/clusters/${id}/credentials`]: { ...credentials, server: "" },
    });
    await expect(connectionTo(api, "shop", 600)).rejects.toThrow(/not complete: got server, certificate_authority/);
  });
});

describe("a cluster that gives no answer", () => {
  const firewall = (...allowed_addresses: string[]) => ({
    control_plane_firewall: { enabled: true, allowed_addresses },
  });
  const silence = new Error("nothing listens there");

  it.each([
    [
      "its firewall keeps the runner out",
      { ...state("running"), ...firewall("203.0.113.0/24", "198.51.100.7") },
      "because nothing answers there, and its control-plane firewall lets in only 203.0.113.0/24, 198.51.100.7",
      "unreachable",
    ],
    [
      "its firewall lets in nobody",
      { ...state("running"), ...firewall() },
      "its control-plane firewall lets in only the cluster's own nodes",
      "unreachable",
    ],
    [
      "its firewall has many addresses",
      { ...state("running"), ...firewall("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5", "1.1.1.6") },
      "1.1.1.5 and 1 more",
      "unreachable",
    ],
    ["it is upgraded", { ...state("upgrading"), ...firewall() }, "because it is being upgraded", "unreachable"],
    ["it is degraded", state("degraded", "etcd"), "because it is degraded (etcd), and its API is away", "unreachable"],
    ["it was deleted", state("deleting"), "because it is being deleted", "refused"],
  ])("is explained by what DigitalOcean knows: %s", async (_, cluster, why, code) => {
    const { api } = await setUp({ [`/v2/kubernetes/clusters/${id}`]: { kubernetes_cluster: cluster } });
    const error = silenceOf(await readCluster(api, id), silence);
    expect(error?.message).toContain(why);
    expect(error).toMatchObject({ code, hint: expect.any(String) });
  });

  it.each([
    ["runs, without a firewall", { ...state("running"), control_plane_firewall: null }],
    ["runs, with one that is off", { ...state("running"), control_plane_firewall: { enabled: false } }],
    ["is in a state that is new", state("resting")],
  ])("stays unexplained where it %s", (_, cluster) => {
    expect(silenceOf(cluster, silence)).toBeUndefined();
  });
});

describe("registryCredentials()", () => {
  const path = "/v2/registries/acme/docker-credentials";
  const config = (auth: string) => ({
    auths: { "registry.digitalocean.com": { auth: Buffer.from(auth).toString("base64") } },
  });

  it("takes user name and password apart, and asks for an end", async () => {
    const { server, api } = await setUp({ [path]: config("user:pass:with:colons") });
    const found = await registryCredentials(api, "acme", { readWrite: true, expirySeconds: 1200 });
    expect(found).toMatchObject({ username: "user", password: "pass:with:colons" });
    expect(Date.parse(found.expiresAt) - Date.now()).toBeGreaterThan(1100_000);
    expect(server.requests[0]?.url).toBe(`${path}?read_write=true&expiry_seconds=1200`);
  });

  it("names the nearest registry", async () => {
    const { api } = await setUp({ "/v2/registries": { registries: [{ name: "acme" }, { name: "zoo" }] } });
    const found = registryCredentials(api, "acne", { readWrite: false, expirySeconds: 60 });
    await expect(found).rejects.toMatchObject({
      message: "Cannot use the registry acne because this account has none of that name: got acme, zoo",
      hint: "Did you mean acme?",
    });
  });

  it("names the scope, which is more than reading and updating", async () => {
    const { api } = await setUp({ [path]: 403 });
    const found = registryCredentials(api, "acme", { readWrite: true, expirySeconds: 60 });
    await expect(found).rejects.toMatchObject({
      hint: "Give the token of digitalocean-token the scope registry:create.",
    });
  });

  it("refuses an answer without credentials", async () => {
    const { api } = await setUp({ [path]: { auths: {} } });
    const found = registryCredentials(api, "acme", { readWrite: true, expirySeconds: 60 });
    await expect(found).rejects.toThrow("DigitalOcean's answer holds none");
  });
});
