import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { releaseStore } from "../../src/release/record/store.ts";
import { configMap } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function records(app: App): Promise<string[]> {
  const secrets = await app.list("api/v1", "secrets");
  return secrets.map(({ metadata }) => metadata.name).sort();
}

/** As much as one ConfigMap may hold, and nothing that could be compressed but by a quarter. */
const large = (name: string, seed: string): string =>
  configMap(name, `blob: ${seed}${randomBytes(780_000).toString("base64")}`);

describe("the record of a release", () => {
  it.concurrent("may be larger than a Secret and than a request to etcd, and is all there for a rollback", async () => {
    const app = world.app("large");
    const first = [large("a", "1"), large("b", "1")];
    const deployed = await app.deploy(first);
    expect(deployed.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(await records(app)).toEqual([
      "slipway.large.r1",
      ...[1, 2, 3].map((part) => expect.stringMatching(`^slipway\\.large\\.r1\\.[0-9a-f]{16}\\.${part}$`)),
    ]);
    expect((await app.act("deploy-doks")).outputs).toMatchObject({ changed: "false", revision: "1" });

    const second = await app.deploy([large("a", "2"), configMap("b", "blob: small")]);
    expect(second.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
    const back = await app.act("rollback", { to: "1", timeout: "60s" });
    expect(back.outputs).toMatchObject({ outcome: "succeeded", revision: "3" });
    for (const name of ["a", "b"]) {
      const blob = ((await app.get("api/v1", "configmaps", name))?.data as { blob?: string } | undefined)?.blob ?? "";
      expect(blob).toHaveLength(1_040_001);
      expect(first.some((text) => text.includes(blob))).toBe(true);
    }
  });

  it.concurrent("keeps the values of Secrets in Secrets alone", async () => {
    const app = world.app("hidden");
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: ${value} }\n`;
    await app.deploy([secret("hunter-one")]);
    const run = await app.deploy([secret("hunter-two")]);
    const readable = [run.stdout, run.summary];
    for (const [group, plural] of [
      ["api/v1", "configmaps"],
      ["api/v1", "events"],
      ["apis/coordination.k8s.io/v1", "leases"],
    ] as const)
      readable.push(JSON.stringify(await app.list(group, plural)));
    for (const { metadata } of await app.list("api/v1", "secrets")) readable.push(JSON.stringify(metadata));
    const values = ["hunter-one", "hunter-two"].flatMap((value) => [value, Buffer.from(value).toString("base64")]);
    for (const text of readable) for (const value of values) expect(text).not.toContain(value);
  });

  it.concurrent("is told of in the summary of each deploy and rollback, dry runs too", async () => {
    const app = world.app("listed");
    const commit = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";
    const env = { GITHUB_RUN_ID: "70", GITHUB_ACTOR: "an|n <b>" };
    await app.deploy([configMap("a", "k: one")], {}, { env });
    const plan = await app.deploy([configMap("a", "k: two")], { "dry-run": "true" });
    const deployed = await app.deploy([configMap("a", "k: two")], {}, { env: { GITHUB_RUN_ID: "71" } });
    const planned = await app.act("rollback", { to: "1", "dry-run": "true" });
    const back = await app.act("rollback", { to: "1", reason: "users | [complain](x)" });

    const github = "https://github.com/acme/backstage";
    const when = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";
    const linked = `\\[\`${commit.slice(0, 12)}\`\\]\\(${github}/commit/${commit}\\)`;
    const first = new RegExp(
      `^\\| \\[r1\\]\\(${github}/actions/runs/70\\) \\| ${when} \\| ${linked} \\| an\\\\\\|n &lt;b&gt; \\| .*\\| succeeded \\|`,
      "m",
    );
    const second = new RegExp(
      `^\\| \\[r2\\]\\(${github}/actions/runs/71\\) \\| ${when} \\| ${linked} \\| octocat \\|`,
      "m",
    );
    for (const { summary } of [plan, deployed, planned, back]) {
      expect(summary).toMatch(first);
      expect(summary).toContain("<details><summary>History</summary>");
    }
    for (const { summary } of [deployed, planned, back]) expect(summary).toMatch(second);
    expect(back.summary).toMatch(/^\| \[r3\].* back to r1 \|.*\| users \\\| \\\[complain\\\]\\\(x\\\) \|$/m);
  });

  it.concurrent("goes once ten newer ones are there, unless it is the last verified one", async () => {
    const app = world.app("ten");
    const store = releaseStore(world.api, { app: app.name, namespace: app.name });
    await app.deploy([configMap("a", "k: v1")]);
    const { summary, ...rest } = await store.read(1);
    await store.annotate({ ...summary, verified: new Date().toISOString() });
    for (let revision = 2; revision <= 11; revision++)
      await store.create({ ...rest, summary: { ...summary, revision } });
    await app.deploy([configMap("a", "k: v12")]);
    expect((await app.history()).map(({ revision }) => revision)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
