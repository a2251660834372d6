import { afterEach, describe, expect, it } from "@jest/globals";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour } from "../../test/hostile-server.ts";
import { silentLog } from "../../test/silent-log.ts";
import { openCluster } from "./open.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const id = "bd5f5959-5e1e-4205-a714-a914373942af";
const clusters = "/v2/kubernetes/clusters";

interface Cloud {
  /** Of the cluster, when its API server is asked for the first time and then. */
  readonly states: readonly object[];
  readonly apiServer: Behaviour;
}

/** An account with one cluster, whose credentials are `token-1`, `token-2` and so on. */
async function setUp({ states, apiServer }: Cloud) {
  const server = await hostileServer(apiServer);
  cleanups.push(() => server.close());
  let minted = 0;
  const cloud = await hostileServer(({ url }, response) => {
    const [path = ""] = url.split("?");
    const cluster = { id, name: "shop", ...states[path === clusters ? 0 : 1] };
    if (path === clusters) answer(response, 200, { kubernetes_clusters: [cluster] });
    else if (path === `${clusters}/${id}`) answer(response, 200, { kubernetes_cluster: cluster });
    else answer(response, 200, credentials(server.url, `token-${(minted += 1)}`));
  });
  cleanups.push(() => cloud.close());
  const told: string[] = [];
  const tell = (text: string): void => void told.push(text);
  const masked: string[] = [];
  const ports = {
    clock: fastClock(),
    env: { DIGITALOCEAN_API_URL: cloud.url },
    log: { ...silentLog, info: tell, warning: tell },
    mask: (secret: string): void => void masked.push(secret),
    signal: new AbortController().signal,
  };
  const inputs = { cluster: "shop", "digitalocean-token": "dop", kubeconfig: undefined };
  const open = async () => {
    const opened = await openCluster(ports, inputs, 600_000);
    cleanups.push(() => opened.api.close());
    return opened;
  };
  return { open, cloud, server, told, masked };
}

function credentials(server: string, token: string): object {
  const ca = Buffer.from("PEM").toString("base64");
  return { server, certificate_authority_data: ca, token, expires_at: "2026-11-20T15:00:00Z" };
}

const discovery: Behaviour = (_, response) =>
  answer(response, 200, { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", items: [] });
const cut: Behaviour = (_, response) => response.socket?.resetAndDestroy();
const running = { status: { state: "running" } };
const behindFirewall = { ...running, control_plane_firewall: { enabled: true, allowed_addresses: ["203.0.113.7"] } };

describe("openCluster()", () => {
  it("mints credentials that end soon after the action, and hides them", async () => {
    const { open, cloud, masked } = await setUp({ states: [running], apiServer: discovery });
    await open();
    expect(masked).toEqual(["token-1"]);
    expect(cloud.requests.map(({ url }) => url)).toEqual([
      `${clusters}?per_page=200`,
      `${clusters}/${id}/credentials?expiry_seconds=1500`,
    ]);
  });

  it("mints new ones once where they have expired, says so, and hides these too", async () => {
    const apiServer: Behaviour = (request, response) =>
      request.headers.authorization === "Bearer token-2" ? discovery(request, response) : answer(response, 401, {});
    const { open, cloud, told, masked } = await setUp({ states: [running], apiServer });
    await open();
    expect(masked).toEqual(["token-1", "token-2"]);
    expect(told).toEqual(["The credentials for the cluster shop have expired, and are minted anew."]);
    expect(cloud.requests).toHaveLength(3);
  });

  it.each([
    [
      "a firewall keeps the runner out",
      [behindFirewall, behindFirewall],
      "Cannot reach the cluster shop because nothing answers there, and its control-plane firewall lets in only 203.0.113.7",
    ],
    [
      "an upgrade has begun meanwhile",
      [running, { status: { state: "upgrading" } }],
      "Cannot reach the cluster shop because it is being upgraded, and its API is away meanwhile",
    ],
    [
      "DigitalOcean knows of nothing",
      [running, running],
      expect.stringContaining("gave no answer: the connection was"),
    ],
  ])("says why there is no answer: %s", async (_, states, message) => {
    const { open, cloud } = await setUp({ states, apiServer: cut });
    await expect(open()).rejects.toMatchObject({ message, code: "unreachable", outcome: "unknown" });
    // However many requests find it out, DigitalOcean is asked once for the reason.
    expect(cloud.requests).toHaveLength(3);
  });

  it("keeps to what the network said where DigitalOcean does not answer either", async () => {
    const { open, cloud } = await setUp({
      states: [running],
      apiServer: async (request, response) => {
        if (request.index === 0) await cloud.close();
        return cut(request, response);
      },
    });
    await expect(open()).rejects.toThrow("gave no answer: the connection was cut");
    cleanups.splice(1, 1);
  });

  it("warns of an upgrade that is under way, and goes on", async () => {
    const { open, told } = await setUp({ states: [{ status: { state: "upgrading" } }], apiServer: discovery });
    await open();
    expect(told).toEqual([expect.stringContaining("The cluster shop is being upgraded")]);
  });
});
