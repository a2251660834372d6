import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { appLabel } from "../../src/release/labels.ts";
import { configMap, deployment, storageClass, volumeClaim } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const core = "api/v1";
const configMaps = (name: string): { group: string; plural: string; name: string } => {
  return { group: core, plural: "configmaps", name };
};

async function namesOf(app: App, plural = "configmaps"): Promise<string[]> {
  const names = (await app.list(core, plural)).map(({ metadata }) => metadata.name).sort();
  return names.filter((name) => name !== "kube-root-ca.crt");
}

async function dataOf(app: App, name: string): Promise<unknown> {
  return (await app.get(core, "configmaps", name))?.data;
}

describe("deploy-doks removes what a release does not hold any more", () => {
  const [kept, other] = [configMap("kept", "k: v"), configMap("other", "k: v")];

  it.concurrent("but neither volume claims and namespaces, nor what is not its own any more", async () => {
    const app = world.app("pruned");
    const side = "apiVersion: v1\nkind: Namespace\nmetadata: { name: pruned-side }\n";
    const given = configMap("given-away", "k: v");
    const first = await app.deploy([kept, configMap("gone", "k: v"), given, volumeClaim("disk"), storageClass, side]);
    expect(first.outputs.outcome).toBe("succeeded");
    await app.edit(configMaps("given-away"), { metadata: { labels: { [appLabel]: "somebody" } } });
    const run = await app.deploy([kept, storageClass]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(run.stdout).toMatch(/delete +ConfigMap\/gone/);
    expect(run.stdout).toMatch(/skip +ConfigMap\/given-away +it belongs to somebody now/);
    expect(run.stdout).toMatch(/skip +PersistentVolumeClaim\/disk +it may hold data/);
    expect(run.stdout).toMatch(/skip +Namespace\/pruned-side +a Namespace is never pruned/);
    expect(await namesOf(app)).toEqual(["given-away", "kept"]);
    expect(await namesOf(app, "persistentvolumeclaims")).toEqual(["disk"]);
    await world.api.request({ method: "GET", path: "/api/v1/namespaces/pruned-side" });
  });

  it.concurrent("not before the release has come up", async () => {
    const app = world.app("kept");
    const crash = deployment({ image: world.image, script: "process.exit(3)" });
    await app.deploy([kept, other]);
    const run = await app.deploy([kept, crash], { "on-failure": "leave" });
    expect(run.outputs.outcome).toBe("failed");
    expect(await namesOf(app)).toEqual(["kept", "other"]);
  });

  it.concurrent("later, when it was told not to at first", async () => {
    const app = world.app("unpruned");
    await app.deploy([kept, other]);
    const changed = configMap("kept", "k: new");
    const left = await app.deploy([changed], { prune: "false" });
    expect(left.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
    expect(await namesOf(app)).toEqual(["kept", "other"]);
    expect((await app.deploy([changed])).outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await namesOf(app)).toEqual(["kept"]);
  });
});

describe("deploy-doks and others who write to the same objects", () => {
  it.concurrent(
    "names who set a field to another value, at its line, and takes it over only when told to",
    async () => {
      const app = world.app("disputed");
      await app.deploy([configMap("a", "k: ours"), configMap("b", "k: ours")]);
      await app.edit(configMaps("a"), { data: { k: "theirs" } });
      const refused = await app.deploy([configMap("a", "k: ours"), configMap("b", "k: new")]);
      expect(refused.outputs).toMatchObject({ outcome: "failed" });
      expect(errorsOf(refused)).toEqual([
        expect.stringMatching(
          /^k8s\/app.yaml:11 ConfigMap\/a: data.k belongs to kubectl-edit, who set it to another value\n.*force-conflicts: true/,
        ),
      ]);
      expect(await dataOf(app, "b")).toEqual({ k: "ours" });
      expect(await app.history()).toHaveLength(1);

      const forced = await app.deploy([configMap("a", "k: ours"), configMap("b", "k: new")], {
        "force-conflicts": "true",
      });
      expect(forced.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
      expect(forced.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
        expect.stringMatching(/^warning: ConfigMap\/a: takes over data.k .*kubectl-edit/),
      ]);
      expect(forced.stdout).toContain("data.k: theirs → ours");
      expect(await dataOf(app, "a")).toEqual({ k: "ours" });
    },
  );

  it.concurrent("refuses an object that belongs to another app", async () => {
    const [app, owner] = [world.app("guest"), world.app("owner")];
    await owner.deploy([configMap("a", "k: theirs")]);
    const theirs = configMap("a", "k: ours").replace("name: a", "name: a\n  namespace: owner");
    const run = await app.deploy([theirs]);
    expect(errorsOf(run)).toEqual([expect.stringMatching(/^k8s\/app.yaml:6 .*it belongs to the app "owner"/)]);
    expect(run.outputs.outcome).toBe("failed");
    expect(await dataOf(owner, "a")).toEqual({ k: "theirs" });
  });

  it.concurrent("repairs what was removed by hand, and leaves alone what was added", async () => {
    const app = world.app("drifted");
    const objects = [configMap("a", "k: v"), configMap("b", "k: v"), configMap("c", "k: v"), configMap("d", "k: v")];
    await app.deploy(objects);
    await app.remove(core, "configmaps", "a");
    await app.edit(configMaps("b"), { data: { k: null } });
    await app.edit(configMaps("c"), { data: { theirs: "x" } });
    const run = await app.deploy(objects);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true", revision: "2" });
    expect(run.stdout).toContain("1 to create, 1 to update, 3 unchanged");
    expect(await Promise.all(["a", "b", "c", "d"].map((name) => dataOf(app, name)))).toEqual([
      { k: "v" },
      { k: "v" },
      { k: "v", theirs: "x" },
      { k: "v" },
    ]);
  });
});
