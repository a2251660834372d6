import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { releaseStore } from "../../src/release/record/store.ts";
import { configMap, deployment } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Pods that are not ready for a minute: long enough for anything to happen meanwhile. */
const slow = (): string => {
  const container = `          readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 60 }\n`;
  return deployment({ image: world.image, container });
};
const rolling = /0 of 1 new pods? ready/;

async function setLock(app: App, spec: Readonly<Record<string, unknown>>): Promise<void> {
  const lease = { group: "apis/coordination.k8s.io/v1", plural: "leases", name: `slipway.${app.name}` };
  await app.edit(lease, { spec });
}

/** Does something at the first line that fits. */
function at(
  line: RegExp,
  act: () => Promise<void> = () => Promise.resolve(),
): { readonly onLine: (text: string) => void; readonly done: Promise<unknown> } {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  let isSeen = false;
  const onLine = (text: string): void => {
    if (isSeen || !line.test(text)) return;
    isSeen = true;
    resolve(act());
  };
  return { onLine, done: promise };
}

async function data(app: App): Promise<unknown> {
  return (await app.get("api/v1", "configmaps", "a"))?.data;
}

describe("the lock of an app", () => {
  it.concurrent("tells the others which run has it, whose that is, and since when", async () => {
    const app = world.app("told");
    await app.deploy([]);
    const cancel = new AbortController();
    const isRolling = at(rolling);
    const step = { signal: cancel.signal, onLine: isRolling.onLine };
    const first = app.deploy([slow()], {}, { ...step, env: { GITHUB_RUN_ID: "77", GITHUB_RUN_ATTEMPT: "2" } });
    await isRolling.done;
    const second = await app.act("deploy-doks", { timeout: "4s" });
    cancel.abort();
    await first;
    const who = "run 77, attempt 2 of octocat (https://github.com/acme/backstage/actions/runs/77)";
    const told = second.stdout.replace(/up to [12]\.\d s/, "up to 2 s");
    expect(told).toContain(`Waiting up to 2 s for ${who}, which has been deploying told since 20`);
    expect(errorsOf(second)).toEqual([expect.stringContaining(`got no lock within 2.0 s, held by ${who}\nNothing`)]);
    expect(second.outputs).toMatchObject({ outcome: "failed" });
  });

  it.concurrent("goes over to the next run when its holder shows no sign of life, and that is told", async () => {
    const app = world.app("dead");
    await app.deploy([configMap("a", "k: one")]);
    // As a killed run leaves it, but that this one lasts two seconds (src/release/lock/lock.test.ts waits the 30 out).
    await setLock(app, { holderIdentity: "run 77 of hubot [0a1b2c3d]", leaseDurationSeconds: 2 });
    const run = await app.deploy([configMap("a", "k: two")]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(run.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "notice: Took the lock over from run 77 of hubot, which has shown no sign of life: it was killed or cut off",
    ]);
  });

  it.concurrent("is not waited for any longer than half of the time, so that a deploy has the other half", async () => {
    const app = world.app("half");
    await app.deploy([]);
    await setLock(app, { holderIdentity: "somebody", leaseDurationSeconds: 600 });
    const run = await app.deploy([configMap("a", "k: v")], { timeout: "6s" });
    expect(errorsOf(run)).toEqual([expect.stringContaining("got no lock within 3.0 s, held by somebody")]);
    expect(await data(app)).toBeUndefined();
  });

  it.concurrent("takes its time from the deploy's, which has a verdict when the timeout says so", async () => {
    const app = world.app("budget");
    await app.deploy([]);
    await setLock(app, { holderIdentity: "somebody", leaseDurationSeconds: 600 });
    const free = at(/^Waiting up to [56]\.\d s/, async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await setLock(app, { holderIdentity: "" });
    });
    const run = await app.deploy([slow()], { timeout: "12s", "on-failure": "leave" }, { onLine: free.onLine });
    await free.done;
    expect(run.outputs).toMatchObject({ outcome: "timed-out", revision: "2" });
    // Waiting had its part of it: it was over after the 12 s, and not after the wait and then 12 s more.
    const total = /budget r2: timed-out after ([\d.]+) s/.exec(run.stdout)?.[1];
    expect(Number(total)).toBeGreaterThan(5);
    expect(Number(total)).toBeLessThan(10.5);
  });

  it.concurrent("stops a run that has lost it: nothing more is written, and nothing taken back", async () => {
    const app = world.app("lost");
    await app.deploy([configMap("a", "k: one")]);
    const steal = at(rolling, () => setLock(app, { holderIdentity: "run 78 of hubot [0a1b2c3d]" }));
    const run = await app.deploy([configMap("a", "k: two"), slow()], { timeout: "60s" }, { onLine: steal.onLine });
    await steal.done;
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(errorsOf(run)).toEqual([expect.stringContaining("because its lock was lost: another run has taken it")]);
    expect(run.durationMs).toBeLessThan(30_000);
    expect(run.stdout).not.toMatch(/Going back|needs a person/);
    expect(await data(app)).toEqual({ k: "two" });
    expect(await app.history()).toMatchObject([{ outcome: "succeeded" }, { outcome: "pending" }]);
  });

  it.concurrent("does not let an older run overtake which was run again before the newer one deployed", async () => {
    const app = world.app("rerun");
    await app.deploy([configMap("a", "k: one")], {}, { env: { GITHUB_RUN_ID: "70" } });
    await setLock(app, { holderIdentity: "run 72 of hubot [0a1b2c3d]", leaseDurationSeconds: 600 });
    const store = releaseStore(world.api, { app: app.name, namespace: app.name });
    const newer = at(/^Waiting/, async () => {
      const { summary, ...rest } = await store.read(1);
      await store.create({ ...rest, summary: { ...summary, revision: 2, runId: "72" } });
      await setLock(app, { holderIdentity: "" });
    });
    const env = { GITHUB_RUN_ID: "69", GITHUB_RUN_ATTEMPT: "2" };
    const run = await app.deploy([configMap("a", "k: old")], {}, { env, onLine: newer.onLine });
    await newer.done;
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/a newer workflow run has deployed r2 since: got run 69, attempt 2, and that was 72\n/),
    ]);
    expect(await data(app)).toEqual({ k: "one" });
    const again = await app.deploy([configMap("a", "k: old")], {}, { env: { ...env, GITHUB_RUN_ATTEMPT: "3" } });
    expect(again.outputs).toMatchObject({ outcome: "succeeded", revision: "3" });
    expect(await data(app)).toEqual({ k: "old" });
  });
});
