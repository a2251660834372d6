import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ScriptedFault } from "../../sandbox/faults.ts";
import { configMap, deployment } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const coordination = "apis/coordination.k8s.io/v1";

/** An answer of the API server that is no success. */
function refusal(code: number, reason: string, message: string, headers = {}): ScriptedFault["fault"] {
  const body = JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", reason, message, code });
  return { status: code, headers: { "content-type": "application/json", ...headers }, body };
}

/** Deploys while requests to the app's namespace go wrong. */
async function deployDespite(app: App, faults: readonly Omit<ScriptedFault, "service">[]): ReturnType<App["deploy"]> {
  for (const fault of faults) {
    const path = (fault.path ?? "").replace("NAMESPACE", `namespaces/${app.name}`);
    await world.outside.addFault({ service: "kubernetes", ...fault, path });
  }
  return app.deploy([configMap("a", "k: v"), deployment({ image: world.image })]);
}

async function holderOf(app: App): Promise<unknown> {
  const lease = await app.get(coordination, "leases", `slipway.${app.name}`);
  return (lease?.spec as { holderIdentity?: string } | undefined)?.holderIdentity;
}

const secrets = "/api/v1/NAMESPACE/secrets";
const web = "/apis/apps/v1/NAMESPACE/deployments/web";
const deployments = "/apis/apps/v1/NAMESPACE/deployments?";
const pods = "/api/v1/NAMESPACE/pods?";
const leases = "/apis/coordination.k8s.io/v1/NAMESPACE/leases";
const busy = refusal(429, "TooManyRequests", "too many requests", { "retry-after": "1" });
const broken = refusal(500, "InternalError", "etcdserver: leader changed");

describe("deploy-doks weathers", () => {
  it.concurrent.each<[string, readonly Omit<ScriptedFault, "service">[]]>([
    ["a server that is too busy for a write", [{ method: "PATCH", path: web, times: 2, fault: busy }]],
    ["a server that is broken for a read", [{ method: "GET", path: secrets, times: 2, fault: broken }]],
    ["connections cut before a write", [{ method: "PATCH", path: web, fault: { reset: true } }]],
    ["a lost answer to a write", [{ method: "PATCH", path: web, fault: { lost: true } }]],
    [
      "lost answers about its lock",
      [
        { method: "POST", path: leases, fault: { lost: true } },
        { method: "PUT", path: leases, fault: { lost: true } },
      ],
    ],
    [
      "lost answers about its record",
      [
        { method: "POST", path: secrets, fault: { lost: true } },
        { method: "PUT", path: secrets, fault: { lost: true } },
      ],
    ],
    ["a slow answer", [{ method: "PATCH", path: web, fault: { delayMs: 1_500 } }]],
    [
      "lists and watches that break",
      [
        { method: "GET", path: pods, times: 2, fault: { reset: true } },
        { method: "GET", path: deployments, times: 3, fault: broken },
      ],
    ],
  ])("%s", async (name, faults) => {
    const app = world.app(name.replaceAll(/[^a-z]+/gi, "-").toLowerCase());
    const run = await deployDespite(app, faults);
    expect(run.annotations).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1", changed: "true" });
    expect(await app.history()).toMatchObject([{ revision: 1, outcome: "succeeded" }]);
    expect(await holderOf(app)).toBe("");
    expect(await app.get("apis/apps/v1", "deployments", "web")).toBeDefined();
  });
});

describe("deploy-doks tells", () => {
  it("what the cluster has against a part of the release, though its dry run passed, at the manifest's line", async () => {
    const app = world.app("denied");
    const denial = 'admission webhook "policy.example.com" denied the request: no images from the internet';
    const run = await deployDespite(app, [{ method: "PATCH", path: web, fault: refusal(403, "Forbidden", denial) }]);
    expect(errorsOf(run)).toEqual([
      "k8s/app.yaml:13 Deployment/web: the admission webhook policy.example.com says no: no images from the internet\n" +
        "Change the manifest, or ask whoever keeps policy.example.com.",
    ]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "1", changed: "true" });
    expect(run.summary).toContain("no images from the internet");
    expect(await app.history()).toMatchObject([{ outcome: "failed" }]);
    expect(await holderOf(app)).toBe("");
  });

  it("that a token has expired, and mints another where it can", async () => {
    const expired = { method: "PATCH", path: web, fault: refusal(401, "Unauthorized", "Unauthorized") };
    const given = await deployDespite(world.app("expired"), [expired]);
    expect(errorsOf(given)).toEqual([expect.stringMatching(/Unauthorized\n.*renew the credentials of this workflow/)]);
    expect(given.outputs).toMatchObject({ outcome: "failed" });

    const app = world.app("minted");
    const { "digitalocean GET": before = 0 } = await world.outside.requestCounts();
    const path = web.replace("NAMESPACE", "namespaces/minted");
    await world.outside.addFault({ service: "kubernetes", ...expired, path });
    const minted = await app.deploy([configMap("a", "k: v"), deployment({ image: world.image })], {
      kubeconfig: "",
      cluster: "sandbox",
      "digitalocean-token": world.outside.digitaloceanToken,
    });
    expect(minted.annotations).toEqual([]);
    expect(minted.outputs).toMatchObject({ outcome: "succeeded" });
    const { "digitalocean GET": after = 0 } = await world.outside.requestCounts();
    // The cluster, and credentials twice.
    expect(after - before).toBe(3);
  });

  it("the truth after its watches were cut and their place was forgotten", async () => {
    const app = world.app("compacted");
    const container = "          readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 2 }\n";
    let cut: Promise<unknown> | undefined;
    const onLine = (line: string): void => {
      if (line.includes("0 of 1 new")) cut ??= world.outside.compact().then(() => world.outside.disconnect());
    };
    const run = await app.deploy([deployment({ image: world.image, container })], {}, { onLine });
    expect(cut).toBeDefined();
    expect(run.annotations).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(run.stdout).toContain("1 of 1 new pod ready");
  });

  it("that it does not know, when the cluster cannot be seen any more, and the next one finds out", async () => {
    const app = world.app("parted");
    const container = "          readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 1 }\n";
    const objects = [deployment({ image: world.image, container })];
    let cut: Promise<unknown> | undefined;
    const onLine = (line: string): void => {
      if (!line.includes("0 of 1 new")) return;
      const fault = { service: "kubernetes" as const, path: "/", times: 1_000_000, fault: { reset: true as const } };
      cut ??= world.outside.addFault(fault).then(() => world.outside.disconnect());
    };
    const run = await app.deploy(objects, { timeout: "3s" }, { onLine });
    expect(run.outputs).toMatchObject({ outcome: "unknown", revision: "1", changed: "true" });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/Cannot tell how the rollout ended because the API server gave no answer/),
    ]);
    expect(run.durationMs).toBeLessThan(20_000);
    expect(run.summary).toMatch(/^## ❔ Deploy of parted r1: unknown/);

    await world.outside.clearFaults();
    expect(await app.history()).toMatchObject([{ outcome: "pending" }]);
    const name = "slipway.parted";
    await app.edit({ group: coordination, plural: "leases", name }, { spec: { holderIdentity: "" } });
    const next = await app.deploy(objects);
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "2", changed: "false" });
    expect(await app.history()).toMatchObject([{ outcome: "unknown" }, { outcome: "succeeded" }]);
  });
});
