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

/** An app whose pods answer with a value of their ConfigMap. */
interface Site {
  readonly app: App;
  /** Deploys the site with a banner; "crash" is one that cannot start. */
  readonly deploy: (banner: string) => Promise<MainRun>;
  /** Tests whether the banner is answered; that marks the release verified. */
  readonly smokeTest: (revision: number, banner: string) => Promise<MainRun>;
  readonly rollBack: (inputs?: Readonly<Record<string, string>>) => Promise<MainRun>;
  /** Waits until users see this banner. */
  readonly users: (banner: string) => Promise<void>;
}

function site(name: string, nodePort: number): Site {
  const app = world.app(name);
  const url = `http://${world.outside.nodeAddress}:${nodePort}`;
  const script = `if (process.env.BANNER === "crash") throw new Error("no banner"); ${answering("process.env.BANNER")}`;
  const container = "          envFrom: [{ configMapRef: { name: site } }]\n";
  return {
    app,
    deploy(banner) {
      const web = deployment({ image: world.image, script, container });
      return app.deploy([configMap("site", `BANNER: ${banner}`), web, service("web", nodePort)]);
    },
    smokeTest(revision, banner) {
      const checks = JSON.stringify([{ name: "home", path: "/", expect: { body: banner } }]);
      return app.act("smoke-test", { url, checks, revision: String(revision), timeout: "3s" });
    },
    rollBack: (inputs) => app.act("rollback", { timeout: "30s", ...inputs }),
    users: (banner) => untilAnswered(url, banner),
  };
}

describe("rollback", () => {
  it.concurrent(
    "passes over bad and unverified releases, and brings configuration back with the workload",
    async () => {
      const { app, deploy, smokeTest, rollBack, users } = site("passes", 30101);
      await deploy("one");
      expect((await smokeTest(1, "one")).outputs).toMatchObject({ outcome: "succeeded" });
      await deploy("two");
      await deploy("three");
      expect((await smokeTest(3, "drei")).outputs).toMatchObject({ outcome: "failed" });
      expect((await app.history()).map(({ verified }) => verified !== undefined)).toEqual([true, false, false]);

      const plan = await rollBack({ "dry-run": "true" });
      expect(plan.outputs).toMatchObject({ outcome: "succeeded", from: "3", to: "1" });
      expect(plan.stdout).toContain("data.BANNER: three → one");
      await users("three");
      expect(await app.history()).toHaveLength(3);

      const back = await rollBack({ reason: "smoke test of r3 failed", "if-revision": "3" });
      expect(back.outputs).toMatchObject({ outcome: "succeeded", from: "3", to: "1", revision: "4" });
      expect(back.summary).toMatch(/^## ✅ Rollback of passes to r1, as r4: succeeded/);
      await users("one");
      expect((await app.get("api/v1", "configmaps", "site"))?.data).toEqual({ BANNER: "one" });
      expect((await app.history()).at(-1)).toMatchObject({
        revision: 4,
        outcome: "succeeded",
        restores: 1,
        replaces: 3,
        reason: "smoke test of r3 failed",
      });
    },
  );

  it.concurrent("goes to the last good release however often, and after however many bad ones", async () => {
    const { app, deploy, smokeTest, rollBack, users } = site("again", 30105);
    await deploy("one");
    await smokeTest(1, "one");
    await deploy("two");
    expect((await rollBack()).outputs).toMatchObject({ outcome: "succeeded", from: "2", to: "1", revision: "3" });
    expect((await rollBack()).outputs).toMatchObject({ outcome: "succeeded", from: "3", to: "1", revision: "3" });
    expect(await app.history()).toHaveLength(3);
    await deploy("four");
    expect((await rollBack()).outputs).toMatchObject({ outcome: "succeeded", from: "4", to: "1", revision: "5" });
    await users("one");
  });

  it.concurrent("goes to the release before, or to any that is kept", async () => {
    const { app, deploy, rollBack, users } = site("chosen", 30102);
    for (const each of ["one", "two", "three"]) await deploy(each);
    expect((await rollBack({ to: "previous" })).outputs).toMatchObject({ from: "3", to: "2", revision: "4" });
    await users("two");
    expect((await rollBack({ to: "r1" })).outputs).toMatchObject({ from: "4", to: "1", revision: "5" });
    await users("one");

    const missing = await rollBack({ to: "9" });
    expect(errorsOf(missing)).toEqual([expect.stringContaining("there is no release r9: got r1, r2, r3, r4, r5")]);
    const late = await rollBack({ to: "2", "if-revision": "4" });
    expect(errorsOf(late)).toEqual([
      expect.stringMatching(/r4 is not its newest release: got r5, deployed since by octocat\nNothing was changed/),
    ]);
    expect(late.outputs).toMatchObject({ outcome: "failed" });
    expect(late.exitCode).toBe(1);
    expect(await app.history()).toHaveLength(5);
    await users("one");
  });

  it.concurrent("does nothing when the deploy has taken itself back, to the last verified release", async () => {
    const { app, deploy, smokeTest, rollBack, users } = site("itself", 30103);
    await deploy("one");
    await smokeTest(1, "one");
    await deploy("two");
    const bad = await deploy("crash");
    expect(bad.outputs).toMatchObject({ outcome: "failed", revision: "3" });
    expect(bad.stdout).toContain("Going back to r1, the last verified release");
    await users("one");

    const back = await rollBack({ "if-revision": "3" });
    expect(back.outputs).toMatchObject({ outcome: "succeeded", from: "4", to: "1", revision: "4" });
    expect(back.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "notice: Nothing to do: r3 was taken back already, and r1 is back as r4",
    ]);
    expect(await app.history()).toHaveLength(4);
  });

  it.concurrent("says what there is when there is nothing to go back to", async () => {
    const { app, deploy, rollBack } = site("unverified", 30104);
    const nowhere = await rollBack();
    expect(errorsOf(nowhere)).toEqual([expect.stringMatching(/namespace.*"?unverified"?/)]);
    await deploy("one");
    await deploy("two");
    const refused = await rollBack();
    expect(errorsOf(refused)).toEqual([
      expect.stringMatching(/no release before r2 is verified: got r1, r2\nA release is verified when smoke-test/),
    ]);
    expect(refused.outputs).toMatchObject({ outcome: "failed" });
    expect(refused.summary).toMatch(/^## ❌ Rollback of unverified: failed in [\s\S]*no release before r2 is verified/);
    expect(refused.summary).toMatch(/History[\s\S]*\| \[r2\]\(.*\| succeeded \|\n\| \[r1\]/);
    const wrong = await rollBack({ app: "unverifeid" });
    expect(errorsOf(wrong)).toEqual([expect.stringContaining("unverifeid because it was never deployed")]);
    expect(await app.history()).toHaveLength(2);
  });
});
