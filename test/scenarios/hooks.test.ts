import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { hookLabel } from "../../src/release/rollout/hooks.ts";
import { answering, configMap, deployment, job } from "./manifest-text.ts";
import type { JobText } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const batch = "apis/batch/v1";
const web = (text = "ok"): string => deployment({ image: world.image, script: answering(JSON.stringify(text)) });

/** A Job of that name that a release runs at this point. */
function hook(name: string, point: string, text: Partial<JobText> = {}): string {
  const annotations = { "slipway.dev/hook": point, ...text.annotations };
  return job({ name, image: world.image, script: `console.log("${name} ran")`, ...text, annotations });
}

async function jobsOf(app: App): Promise<string[]> {
  return (await app.list(batch, "jobs")).map(({ metadata }) => metadata.name).sort();
}

async function scriptOf(app: App): Promise<string> {
  const live = await app.get("apis/apps/v1", "deployments", "web");
  return JSON.stringify(live?.spec);
}

describe("deploy-doks runs hooks", () => {
  it.concurrent("as Jobs of each release that changes something, in their order, and shows what they say", async () => {
    const app = world.app("hooked");
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: database }\nstringData: { password: "hunter-22" }\n';
    const container = "          envFrom: [{ secretRef: { name: database } }]\n";
    const migrate = hook("migrate", "pre-deploy", {
      script: 'console.log("1 table made as " + process.env.password); console.log("::set-output name=revision::9")',
      container,
    });
    const announce = hook("announce", "post-deploy");
    const undo = hook("undo", "pre-rollback");
    const first = await app.deploy([announce, web("one"), migrate, secret, undo]);
    expect(first.annotations).toEqual([]);
    expect(first.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(first.stdout).toMatch(/create +Job\/migrate-r1 .*hook, runs before the rest/);
    expect(first.stdout).toMatch(
      /::group::Output of Job\/migrate-r1\n1 table made as \*\*\*\n: :set-output name=revision::9\n[^]*?::endgroup::/,
    );
    for (const before of ["1 table made", "Job/migrate-r1: completed"]) {
      const order = [before, "Deployment/web: 1 of 1", "announce ran"];
      const places = order.map((line) => first.stdout.indexOf(line));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
    expect(await jobsOf(app)).toEqual(["announce-r1", "migrate-r1"]);

    const again = await app.deploy([announce, web("one"), migrate, secret, undo]);
    expect(again.outputs).toMatchObject({ outcome: "succeeded", revision: "1", changed: "false" });
    expect(await jobsOf(app)).toEqual(["announce-r1", "migrate-r1"]);

    const changed = hook("migrate", "pre-deploy", { script: 'console.log("2 tables made")', container });
    const second = await app.deploy([announce, web("one"), changed, secret, undo]);
    expect(second.outputs).toMatchObject({ outcome: "succeeded", revision: "2", changed: "true" });
    expect(second.stdout).toContain("2 tables made");
    await until("end of old Jobs", async () => ((await jobsOf(app)).length === 2 ? true : undefined));
    expect(await jobsOf(app)).toEqual(["announce-r2", "migrate-r2"]);
    const [made] = await app.list(batch, "jobs");
    expect(made?.metadata.labels?.[hookLabel]).toBe("announce");
  });

  it.concurrent("and shows what they say while they say it, of a long story the beginning and the end", async () => {
    const app = world.app("talking");
    const script = `console.log("working");
      setTimeout(() => { for (let n = 1; n <= 400; n++) console.log("row " + n + " of 400"); }, 3000);`;
    let meanwhile: Promise<KubernetesObject | undefined> | undefined;
    const onLine = (line: string): void => {
      if (line === "working") meanwhile ??= app.get(batch, "jobs", "migrate-r1");
    };
    const run = await app.deploy([web(), hook("migrate", "pre-deploy", { script })], {}, { onLine });
    expect((await meanwhile)?.status).toMatchObject({ active: 1 });
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    const rows = run.stdout.split("\n").filter((line) => line.startsWith("row "));
    expect(rows.slice(0, 199)).toEqual(Array.from({ length: 199 }, (_, row) => `row ${row + 1} of 400`));
    expect(rows.slice(199)).toEqual(Array.from({ length: 50 }, (_, row) => `row ${row + 351} of 400`));
    expect(run.stdout).toContain("… 151 lines that are not shown: the cluster has them");
  });

  it.concurrent("before the workloads change: where one fails, they stay as they were", async () => {
    const app = world.app("unmigrated");
    await app.deploy([web("one")]);
    const broken = hook("migrate", "pre-deploy", {
      script: 'console.log("no such table: ships"); process.exit(4)',
      spec: "  backoffLimit: 0\n",
    });
    const run = await app.deploy([web("two"), broken]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "2", changed: "true" });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/^k8s\/app.yaml:\d+ Job\/migrate-r2: [\s\S]*exit code 4[\s\S]*no such table: ships/),
    ]);
    expect(run.stdout).toContain("no such table: ships");
    expect(run.stdout).not.toMatch(/Deployment\/web: [01] of 1/);
    expect(await scriptOf(app)).toContain("one");
    expect(run.summary).toContain("r1 is back, as r3.");
    expect(await jobsOf(app)).toEqual(["migrate-r2"]);

    const good = await app.deploy([web("two"), hook("migrate", "pre-deploy")]);
    expect(good.outputs).toMatchObject({ outcome: "succeeded", revision: "4" });
    // The newest, and the one that failed: somebody may still want to look at it.
    expect(await jobsOf(app)).toEqual(["migrate-r2", "migrate-r4"]);
  });

  it.concurrent("of the release that a rollback goes back to, and those for rollbacks alone", async () => {
    const app = world.app("rehooked");
    const hooks = (word: string): string[] => [
      hook("migrate", "pre-deploy", { script: `console.log("migrated ${word}")` }),
      hook("drain", "pre-rollback", { script: `console.log("drained ${word}")` }),
      hook("warm", "post-deploy,post-rollback", { script: `console.log("warmed ${word}")` }),
    ];
    await app.deploy([web("one"), ...hooks("by-one")]);
    await app.deploy([web("two"), ...hooks("by-two")]);
    const back = await app.act("rollback", { to: "r1", timeout: "30s" });
    expect(back.outputs).toMatchObject({ outcome: "succeeded", to: "1", revision: "3" });
    expect(back.stdout).toMatch(
      /Output of Job\/drain-r3\ndrained by-one\n[\s\S]*Output of Job\/warm-r3\nwarmed by-one\n/,
    );
    expect(back.stdout).not.toContain("migrated");
    expect(await scriptOf(app)).toContain("one");
  });

  it.concurrent("one at a time: what a killed run left running is waited for", async () => {
    const app = world.app("orphaned");
    await app.deploy([web("one")]);
    const slow = hook("migrate", "pre-deploy", { script: "setTimeout(() => {}, 120000)" });
    const kill = new AbortController();
    const onLine = (line: string): void => {
      if (line.includes("Job/migrate-r2: 0 of 1 done")) kill.abort();
    };
    const killed = await app.deploy([web("two"), slow], {}, { kill: kill.signal, onLine });
    expect(killed.exitCode).toBe(137);
    const lease = { group: "apis/coordination.k8s.io/v1", plural: "leases", name: "slipway.orphaned" };
    await app.edit(lease, { spec: { holderIdentity: "" } });
    const waiting = "Job/migrate-r2, which an earlier run started, has not ended yet: waiting for it";
    let removal: Promise<void> | undefined;
    const onWait = (line: string): void => {
      if (line.includes(waiting)) removal ??= app.remove(batch, "jobs", "migrate-r2");
    };
    const next = await app.deploy([web("two"), hook("migrate", "pre-deploy")], {}, { onLine: onWait });
    await removal;
    expect(next.stdout).toContain(waiting);
    expect(next.stdout.indexOf(waiting)).toBeLessThan(next.stdout.indexOf("Job/migrate-r3: 0 of 1"));
    expect(next.outputs).toMatchObject({ outcome: "succeeded", revision: "3" });
  });

  it.concurrent(
    "that cannot start: they are held back, so that none starts when nobody waits for it any more",
    async () => {
      const app = world.app("held");
      const away = hook("migrate", "pre-deploy", { image: `${world.outside.registry}/library/nothing:1` });
      const run = await app.deploy([web("one"), away]);
      expect(run.outputs).toMatchObject({ outcome: "failed" });
      expect(errorsOf(run)).toEqual([expect.stringMatching(/Job\/migrate-r1: the image .* is not in its registry/)]);
      expect(await app.get(batch, "jobs", "migrate-r1")).toMatchObject({ spec: { suspend: true } });
      expect(await app.get("apis/apps/v1", "deployments", "web")).toBeUndefined();
      const good = await app.deploy([web("one"), hook("migrate", "pre-deploy")]);
      expect(good.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
    },
  );

  it.concurrent("no longer than their own timeout, which is not taken from the release's", async () => {
    const app = world.app("limited");
    const limited = { annotations: { "slipway.dev/timeout": "2s" }, script: "setTimeout(() => {}, 60000)" };
    const run = await app.deploy([web("one"), hook("migrate", "pre-deploy", limited)]);
    expect(run.outputs.outcome).not.toBe("succeeded");
    expect(errorsOf(run)).toEqual([expect.stringContaining("Job/migrate-r1")]);
    expect(run.durationMs).toBeLessThan(25_000);
  });
});

describe("deploy-doks refuses", () => {
  it("a Job that has run and is changed, in one clear message that says how to run it again", async () => {
    const app = world.app("rerun");
    const seed = (text: string): string => job({ name: "seed", image: world.image, script: `console.log("${text}")` });
    await app.deploy([seed("one")]);
    const run = await app.deploy([seed("two")]);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ Job\/seed: .*args.* cannot change any more[\s\S]*make it a hook \("slipway.dev\/hook"\)/,
      ),
    ]);
    expect(run.annotations[0]?.message.length).toBeLessThan(800);
    const hooked = await app.deploy([hook("seed", "post-deploy", { script: 'console.log("two")' })]);
    expect(hooked.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
    expect(hooked.stdout).toMatch(/delete +Job\/seed/);
    expect(await jobsOf(app)).toEqual(["seed-r2"]);
  });

  it("hooks that are none, at their lines, before anything is written", async () => {
    const app = world.app("nohook");
    await app.deploy([configMap("a", "k: v")]);
    const wrong = hook("migrate", "pre-deploi");
    const noJob = configMap("b", "k: v").replace("name: b", "name: b\n  annotations: { slipway.dev/hook: pre-deploy }");
    const invalid = hook("undo", "pre-rollback").replace("restartPolicy: Never", "restartPolicy: Always");
    const run = await app.deploy([configMap("a", "k: w"), wrong, noJob, invalid]);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/app.yaml:\d+ Job\/migrate: there is no hook "pre-deploi"\nDid you mean pre-deploy\?/),
      expect.stringMatching(/app.yaml:\d+ ConfigMap\/b cannot be a hook, because only a Job can\n/),
      expect.stringMatching(/app.yaml:\d+ Job\/undo: spec.template.spec.restartPolicy: Required value/),
    ]);
    expect(await app.history()).toHaveLength(1);
  });
});
