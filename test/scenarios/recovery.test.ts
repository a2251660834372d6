import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MainRun } from "../action-process.ts";
import { answering, configMap, deployment, service } from "./manifest-text.ts";
import { errorsOf, openWorld, untilAnswered } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** An app whose pods answer with a value of their ConfigMap; with "crash" they cannot start, and with "slow" they take a minute. */
interface Site {
  readonly app: App;
  readonly deploy: (banner: string, options?: Readonly<Parameters<App["deploy"]>[2]>) => Promise<MainRun>;
  /** Tests whether the banner is answered; that marks the release verified. */
  readonly smokeTest: (revision: number, banner: string) => Promise<MainRun>;
  /** Waits until users see this banner. */
  readonly users: (banner: string) => Promise<void>;
}

function site(name: string, nodePort: number): Site {
  const app = world.app(name);
  const url = `http://${world.outside.nodeAddress}:${nodePort}`;
  const script = `if (process.env.BANNER === "crash") throw new Error("no banner"); ${answering("process.env.BANNER")}`;
  return {
    app,
    deploy(banner, step) {
      const delay = banner === "slow" ? ", initialDelaySeconds: 60" : "";
      const probe = `          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1${delay} }\n`;
      const container = `          envFrom: [{ configMapRef: { name: site } }]\n${probe}`;
      const web = deployment({ image: world.image, script, container });
      return app.deploy([configMap("site", `BANNER: ${banner}`), web, service("web", nodePort)], {}, step);
    },
    smokeTest(revision, banner) {
      const checks = JSON.stringify([{ name: "home", path: "/", expect: { body: banner } }]);
      return app.act("smoke-test", { url, checks, revision: String(revision), timeout: "3s" });
    },
    users: (banner) => untilAnswered(url, banner),
  };
}

/** Kills a deploy while its pods come up, and lets its lock expire. */
async function killWhileRolling({ app, deploy }: Site): Promise<void> {
  const kill = new AbortController();
  const onLine = (line: string): void => {
    if (/0 of 1 new pods? ready/.test(line)) kill.abort();
  };
  expect((await deploy("slow", { kill: kill.signal, onLine })).exitCode).toBe(137);
  const lease = { group: "apis/coordination.k8s.io/v1", plural: "leases", name: `slipway.${app.name}` };
  await app.edit(lease, { spec: { holderIdentity: "" } });
}

const unfinished = /r2 was never finished: its run of octocat \(.+\/actions\/runs\/\d+\) was killed or cut off/;
const notices = ({ annotations }: MainRun): string[] => annotations.map(({ level, message }) => `${level}: ${message}`);

describe("what a killed deploy left half done", () => {
  it.concurrent("is undone by a rollback, which says so in the log and in the summary", async () => {
    const shop = site("undone", 30111);
    await shop.deploy("one");
    await shop.smokeTest(1, "one");
    await killWhileRolling(shop);
    expect((await shop.app.get("api/v1", "configmaps", "site"))?.data).toEqual({ BANNER: "slow" });

    const back = await shop.app.act("rollback", { timeout: "30s" });
    expect(back.outputs).toMatchObject({ outcome: "succeeded", from: "2", to: "1", revision: "3" });
    expect(notices(back)).toEqual([expect.stringMatching(unfinished)]);
    expect(back.summary).toMatch(/⚠️ r2 was never finished: its run of octocat/);
    expect((await shop.app.get("api/v1", "configmaps", "site"))?.data).toEqual({ BANNER: "one" });
    await shop.users("one");
    expect((await shop.app.history()).map(({ outcome }) => outcome)).toEqual(["succeeded", "unknown", "succeeded"]);
  });

  it.concurrent("is taken back with the next deploy, where that fails too", async () => {
    const shop = site("twice", 30112);
    await shop.deploy("one");
    await shop.smokeTest(1, "one");
    await killWhileRolling(shop);

    const next = await shop.deploy("crash");
    expect(next.outputs).toMatchObject({ outcome: "failed", revision: "3" });
    expect(next.summary).toMatch(/⚠️ r2 was never finished: its run of octocat/);
    expect(next.stdout).toContain("Going back to r1, the last verified release");
    await shop.users("one");
    const outcomes = (await shop.app.history()).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["succeeded", "unknown", "failed", "succeeded"]);
  });

  it.concurrent("is finished by the next deploy, also where a record was only half written", async () => {
    const shop = site("finished", 30113);
    await shop.deploy("one");
    await killWhileRolling(shop);
    // What a run leaves that is killed before it has written the first Secret of a large record.
    const part = "slipway.finished.r3.0123456789abcdef.1";
    const labels = { "slipway.dev/record": "finished" };
    const body = { type: "slipway.dev/release", metadata: { name: part, labels }, data: { part: "AAAA" } };
    await world.api.request({ method: "POST", path: "/api/v1/namespaces/finished/secrets", body });

    const next = await shop.deploy("two");
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "3", changed: "true" });
    expect(notices(next)).toEqual([expect.stringMatching(unfinished)]);
    expect(next.summary).toMatch(/⚠️ r2 was never finished/);
    expect(next.stdout).toContain(`Removing ${part}: a run was killed while it wrote that record`);
    expect(await shop.app.get("api/v1", "secrets", part)).toBeUndefined();
    await shop.users("two");
  });
});

describe("two bad merges in a row", () => {
  it.concurrent("lead back to the last verified release, never to the one that was only less bad", async () => {
    const { app, deploy, smokeTest, users } = site("merges", 30114);
    await deploy("one");
    await smokeTest(1, "one");
    expect((await deploy("two")).outputs).toMatchObject({ outcome: "succeeded" });
    expect((await smokeTest(2, "what users should see")).outputs).toMatchObject({ outcome: "failed" });
    for (const revision of ["3", "5"]) {
      const bad = await deploy("crash");
      expect(bad.outputs).toMatchObject({ outcome: "failed", revision });
      expect(bad.stdout).toContain("Going back to r1, the last verified release");
      await users("one");
    }
    expect((await app.history()).map(({ restores }) => restores)).toEqual([
      undefined,
      undefined,
      undefined,
      1,
      undefined,
      1,
    ]);
  });
});

describe("a damaged record", () => {
  it.concurrent("is named, survives, and keeps nothing from being deployed or rolled back", async () => {
    const { app, deploy, smokeTest, users } = site("damaged", 30115);
    await deploy("one");
    await smokeTest(1, "one");
    await deploy("two");
    await deploy("three");
    const secret = (revision: number) => ({ group: "api/v1", plural: "secrets", name: `slipway.damaged.r${revision}` });
    await app.edit(secret(2), { metadata: { annotations: { "slipway.dev/release": '{"app":"damaged"}' } } });
    await app.edit(secret(3), { data: { release: "AAAA" } });

    const next = await deploy("four");
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "4" });
    expect(notices(next)).toEqual([
      expect.stringMatching(
        /^warning: The release record slipway\.damaged\.r2 is damaged, because its summary has no good "revision": got nothing\. .*"kubectl delete secret slipway\.damaged\.r2 -n damaged"/,
      ),
      expect.stringMatching(
        /^warning: What only r3 applied is not known, and so not removed: .*slipway\.damaged\.r3 because it is damaged/,
      ),
    ]);
    expect(next.summary).toMatch(/⚠️ The release record slipway\.damaged\.r2 is damaged/);
    await users("four");

    expect(errorsOf(await app.act("rollback", { to: "3" }))).toEqual([
      expect.stringMatching(
        /Cannot read the release record slipway\.damaged\.r3 because it is damaged.*\nLook at it with "kubectl get secret/,
      ),
    ]);
    expect((await app.act("rollback", { timeout: "30s" })).outputs).toMatchObject({
      outcome: "succeeded",
      to: "1",
      revision: "5",
    });
    await users("one");
    const found = await app.get("api/v1", "secrets", "slipway.damaged.r2");
    expect(found?.metadata.annotations).toEqual({ "slipway.dev/release": '{"app":"damaged"}' });
    expect((await app.history()).map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
  });
});
