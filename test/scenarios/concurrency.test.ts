import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configMap, deployment, inNamespace } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const coordination = "apis/coordination.k8s.io/v1";

/** Pods that are not ready for a minute: long enough for anything to happen meanwhile. */
const slow = (): string => {
  const container = `          readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 60 }\n`;
  return deployment({ image: world.image, container });
};
const quick = (): string => deployment({ image: world.image });

async function holderOf(app: App): Promise<string> {
  const lease = await app.get(coordination, "leases", `slipway.${app.name}`);
  return (lease?.spec as { holderIdentity?: string } | undefined)?.holderIdentity ?? "";
}

async function holdLock(app: App, holderIdentity: string): Promise<void> {
  const lease = { group: coordination, plural: "leases", name: `slipway.${app.name}` };
  await app.edit(lease, { spec: { holderIdentity } });
}

/** As if the time had passed that a killed run's lock lasts (src/release/lock/lock.test.ts waits it out). */
async function expireLock(app: App): Promise<void> {
  expect(await holderOf(app)).not.toBe("");
  await holdLock(app, "");
}

/** A controller that is aborted by the first line that fits. */
function abortOn(line: RegExp): { readonly controller: AbortController; readonly onLine: (text: string) => void } {
  const controller = new AbortController();
  const onLine = (text: string): void => {
    if (line.test(text)) controller.abort();
  };
  return { controller, onLine };
}

const rolling = /0 of 1 new pods? ready/;

async function data(app: App): Promise<unknown> {
  return (await app.get("api/v1", "configmaps", "a"))?.data;
}

describe("runs of deploy-doks at once", () => {
  it.concurrent("deploy one after the other, from the very first release on", async () => {
    const app = world.app("crowd");
    // In one workflow run, so that none of them is too late.
    const env = { GITHUB_RUN_ID: "80" };
    const values = ["one", "two", "three"];
    const runs = await Promise.all(
      values.map(async (value) => {
        await app.write({ [`${value}/app.yaml`]: inNamespace("crowd", [configMap("a", `k: ${value}`), quick()]) });
        return app.act("deploy-doks", { manifests: value, timeout: "60s" }, { env });
      }),
    );
    expect(runs.flatMap(errorsOf)).toEqual([]);
    expect(runs.map(({ outputs }) => outputs.revision).sort()).toEqual(["1", "2", "3"]);
    const last = values[runs.findIndex(({ outputs }) => outputs.revision === "3")];
    expect(await data(app)).toEqual({ k: last });
    expect((await app.history()).map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await holderOf(app)).toBe("");
  });

  it.concurrent("wait for another and say for whom, or give up and write nothing", async () => {
    const app = world.app("queue");
    await app.deploy([configMap("a", "k: first")]);
    await holdLock(app, "acme/backstage run 77 of hubot [0a1b2c3d]");
    const impatient = await app.deploy([configMap("a", "k: never")], { timeout: "2s" });
    expect(errorsOf(impatient)).toEqual([
      expect.stringMatching(
        /because another run is deploying it: got no lock within 1\.0 s, held by acme\/backstage run 77 of hubot\nNothing/,
      ),
    ]);
    expect(impatient.outputs).toMatchObject({ outcome: "failed" });
    expect(impatient.summary).toMatch(/^## ❌ Deploy of queue: failed in [\s\S]*held by acme\/backstage run 77/);
    expect(await data(app)).toEqual({ k: "first" });
    expect(await app.history()).toHaveLength(1);

    const { controller, onLine } = abortOn(
      /^Waiting up to 1\d s for acme\/backstage run 77 of hubot, which has been deploying queue since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
    );
    controller.signal.addEventListener("abort", () => void holdLock(app, ""));
    const patient = await app.deploy([configMap("a", "k: second")], {}, { onLine });
    expect(controller.signal.aborted).toBe(true);
    expect(patient.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
  });

  it.concurrent("keep the order of their workflow runs, unless somebody runs the older one again", async () => {
    const app = world.app("order");
    const deploy = (value: string, id: string, attempt = "1"): ReturnType<App["deploy"]> =>
      app.deploy([configMap("a", `k: ${value}`)], {}, { env: { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } });
    await deploy("new", "70");
    const older = await deploy("old", "69");
    expect(errorsOf(older)).toEqual([
      expect.stringMatching(
        /a newer workflow run has deployed r1 since: got run 69, and that was 70\nNothing was changed/,
      ),
    ]);
    expect(older.outputs).toMatchObject({ outcome: "failed" });
    expect(await data(app)).toEqual({ k: "new" });

    // A newer run may also have found what it wanted.
    expect((await deploy("new", "72")).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
    expect(errorsOf(await deploy("between", "71"))).toEqual([expect.stringContaining("got run 71, and that was 72")]);

    expect((await deploy("old", "69", "2")).outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
    expect(await data(app)).toEqual({ k: "old" });
  });
});

describe("a cancelled deploy", () => {
  it.concurrent("ends within seconds, is recorded, frees the lock, and the next one converges", async () => {
    const app = world.app("cancelled");
    await app.deploy([quick(), configMap("a", "k: one")]);
    const { controller, onLine } = abortOn(rolling);
    let cancelledAt = 0;
    controller.signal.addEventListener("abort", () => (cancelledAt = performance.now()));
    const run = await app.deploy([slow(), configMap("a", "k: two")], {}, { signal: controller.signal, onLine });
    expect(performance.now() - cancelledAt).toBeLessThan(5_000);
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ outcome: "cancelled", revision: "2", changed: "true" });
    expect(run.summary).toMatch(/^## 🚫 Deploy of cancelled r2: cancelled/);
    expect(run.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "warning: The job was cancelled",
    ]);
    expect(await holderOf(app)).toBe("");
    expect(await app.history()).toMatchObject([{ outcome: "succeeded" }, { outcome: "cancelled" }]);

    const next = await app.deploy([quick(), configMap("a", "k: two")]);
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "3", changed: "true" });
    expect(await data(app)).toEqual({ k: "two" });
  });

  it.concurrent("writes nothing when it was still waiting for another one", async () => {
    const app = world.app("waiting");
    await app.deploy([]);
    await holdLock(app, "somebody");
    const { controller, onLine } = abortOn(/^Waiting/);
    const run = await app.deploy([configMap("a", "k: v")], {}, { signal: controller.signal, onLine });
    expect(run.outputs).toMatchObject({ outcome: "cancelled" });
    expect(await app.history()).toHaveLength(1);
    expect(await data(app)).toBeUndefined();
    expect(await holderOf(app)).toBe("somebody");
  });
});

describe("a killed deploy", () => {
  it.concurrent("is told of and mended by the next one, once its lock has expired", async () => {
    const app = world.app("killed");
    await app.deploy([quick(), configMap("a", "k: one")]);
    const { controller, onLine } = abortOn(rolling);
    const killed = await app.deploy([slow(), configMap("a", "k: two")], {}, { kill: controller.signal, onLine });
    expect(killed.exitCode).toBe(137);
    expect(await app.history()).toMatchObject([{ outcome: "succeeded" }, { outcome: "pending" }]);
    await expireLock(app);

    const next = await app.deploy([quick(), configMap("a", "k: two")]);
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "3", changed: "true" });
    expect(next.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      expect.stringMatching(
        /^notice: r2 was never finished: its run of octocat \(https:.*\/actions\/runs\/\d+\) was killed/,
      ),
    ]);
    expect((await app.history()).map(({ outcome }) => outcome)).toEqual(["succeeded", "unknown", "succeeded"]);
  });

  it.concurrent("half applied is completed by the next one", async () => {
    const app = world.app("halved");
    const path = "/apis/apps/v1/namespaces/halved/deployments/web";
    await world.outside.addFault({ service: "kubernetes", method: "PATCH", path, times: 1000, fault: { reset: true } });
    const controller = new AbortController();
    const run = app.deploy([configMap("a", "k: one"), quick()], {}, { kill: controller.signal });
    await until("ConfigMap", () => data(app));
    controller.abort();
    expect((await run).exitCode).toBe(137);
    expect(await app.get("apis/apps/v1", "deployments", "web")).toBeUndefined();
    expect(await app.history()).toMatchObject([{ outcome: "pending" }]);
    await world.outside.clearFaults();
    await expireLock(app);

    const next = await app.deploy([configMap("a", "k: one"), quick()]);
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "2", changed: "true" });
    expect(await app.get("apis/apps/v1", "deployments", "web")).toBeDefined();
    expect((await app.history()).map(({ outcome }) => outcome)).toEqual(["unknown", "succeeded"]);
  });
});
