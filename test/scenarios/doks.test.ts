import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { ApiError } from "../../src/kubernetes/api-error.ts";
import { readKubeconfig } from "../../src/kubernetes/access.ts";
import { connect } from "../../src/kubernetes/client.ts";
import type { ScriptedFault } from "../../sandbox/faults.ts";
import { worldName } from "../outside.ts";
import { configMap, deployment } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.outside.clearFaults());
afterAll(() => world.close());

const clusters = "/v2/kubernetes/clusters";
/** A real API server remembers for ten seconds whom it let in. */
const forgetsAfterSeconds = worldName === "sandbox" ? 0 : 10;

type Json = Readonly<Record<string, unknown>>;

/** What DigitalOcean answers, unless something is scripted. */
async function answerOf(path: string): Promise<Json> {
  const headers = { authorization: `Bearer ${world.outside.digitaloceanToken}` };
  return (await (await fetch(world.outside.digitaloceanApiUrl + path, { headers })).json()) as Json;
}

function script(path: string, body: Json, fault: Partial<ScriptedFault & { status: number; headers: object }> = {}) {
  const { status = 200, headers = {}, times = 1 } = fault;
  const type = { "content-type": "application/json", date: new Date().toUTCString() };
  const answer = { status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
  return world.outside.addFault({ service: "digitalocean", path, times, fault: answer });
}

async function cluster(): Promise<Json & { readonly id: string }> {
  const { kubernetes_clusters: all } = await answerOf(clusters);
  return (all as [Json & { readonly id: string }])[0];
}

function deployByName(app: App, objects: readonly string[], ...more: [] | [Json, object]) {
  const [inputs = {}, step = {}] = more;
  const way = { kubeconfig: "", cluster: "sandbox", "digitalocean-token": world.outside.digitaloceanToken };
  return app.deploy(objects, { ...way, ...(inputs as Record<string, string>) }, step);
}

/** A pod that becomes ready after so many seconds. */
function slowly(seconds: number): string {
  const container = `          readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: ${seconds}, periodSeconds: 1 }\n`;
  return deployment({ image: world.image, container });
}

/** Resolves when the API server does not take a token any more. */
async function ended(token: string): Promise<void> {
  const { server, ca = "" } = readKubeconfig(world.kubeconfig);
  const api = connect({ server, ca, token });
  const asked = (): Promise<unknown> => api.request({ method: "GET", path: "/api/v1/namespaces/default" });
  const limit = performance.now() + 30_000;
  const isTaken = (): Promise<boolean> =>
    asked().then(
      () => performance.now() < limit,
      (error: unknown) => !(error instanceof ApiError && error.status === 401),
    );
  while (await isTaken()) await sleep(50);
  api.close();
}

describe("on DOKS, deploy-doks", () => {
  it("goes on with new credentials when its own expire in the middle of a rollout, its watches too", async () => {
    const app = world.app("expiring");
    const path = `${clusters}/${(await cluster()).id}/credentials`;
    const short = await answerOf(`${path}?expiry_seconds=3`);
    await script(path, short);
    let cut: Promise<void> | undefined;
    const run = await deployByName(
      app,
      [configMap("a", "k: v"), slowly(6 + forgetsAfterSeconds)],
      { timeout: "60s" },
      {
        onLine: (line: string) => {
          if (line.includes("0 of 1")) cut ??= ended(String(short.token)).then(() => world.outside.disconnect());
        },
      },
    );
    expect(cut).toBeDefined();
    expect(run.annotations).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(run.stdout).toContain("The credentials for the cluster sandbox have expired, and are minted anew.");
    expect(run.stdout.match(/minted anew/g)).toHaveLength(1);
    expect(run.stdout).toContain("1 of 1 new pod ready");
    expect(await app.history()).toMatchObject([{ outcome: "succeeded" }]);
  });

  it("does not know how a rollout ended when the cluster's upgrade took its API away, and says so", async () => {
    const app = world.app("upgraded");
    const upgrading = { kubernetes_cluster: { ...(await cluster()), status: { state: "upgrading" } } };
    let cut: Promise<unknown> | undefined;
    const partition = async (): Promise<void> => {
      await script(`${clusters}/`, upgrading, { times: 1_000 });
      const fault = { reset: true as const };
      await world.outside.addFault({ service: "kubernetes", path: "/", times: 1_000_000, fault });
      await world.outside.disconnect();
    };
    const run = await deployByName(
      app,
      [slowly(60)],
      { timeout: "4s" },
      {
        onLine: (line: string) => {
          if (line.includes("0 of 1")) cut ??= partition();
        },
      },
    );
    expect(run.outputs).toMatchObject({ outcome: "unknown", revision: "1" });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/Cannot reach the cluster sandbox because it is being upgraded, and its API is away/),
    ]);
  });

  it("warns of an upgrade that is under way, and deploys", async () => {
    const all = { kubernetes_clusters: [{ ...(await cluster()), status: { state: "upgrading" } }] };
    await script(clusters, all);
    const run = await deployByName(world.app("upgrading"), [configMap("a", "k: v")]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(run.annotations).toMatchObject([
      { level: "warning", message: expect.stringContaining("The cluster sandbox is being upgraded") },
    ]);
  });

  it("says of a used-up rate limit when it ends, and does not wait for that", async () => {
    const limited = { id: "too_many_requests", message: "API Rate limit exceeded." };
    const reset = Math.floor(Date.now() / 1000) + 1_800;
    const headers = { "ratelimit-limit": "5000", "ratelimit-remaining": "0", "ratelimit-reset": String(reset) };
    await script(clusters, limited, { status: 429, headers });
    const run = await deployByName(world.app("limited"), [configMap("a", "k: v")]);
    const time = new Date(reset * 1000).toISOString().slice(11, 16);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(
        new RegExp(`used up 5000 requests of this hour\n.* takes its requests again at ${time} UTC, in (30|29) min`),
      ),
    ]);
  });

  it.each([
    ["an entry that is none", { kubernetes_clusters: [null] }, "got nothing for kubernetes_clusters.0"],
    ["another document", { message: "hello" }, "got nothing for kubernetes_clusters"],
  ])("takes a list of clusters with %s for a mistake, not for an empty list", async (_, body, got) => {
    await script(clusters, body);
    const run = await deployByName(world.app("odd"), [configMap("a", "k: v")]);
    expect(errorsOf(run)).toEqual([expect.stringContaining(`is not what its API promises: ${got}`)]);
  });
});
