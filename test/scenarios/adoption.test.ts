import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MainRun } from "../action-process.ts";
import { configMap, deployment } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const core = "api/v1";
const apps = "apis/apps/v1";

async function create(path: string, body: unknown): Promise<void> {
  await world.api.request({ method: "POST", path: `/${path}`, body });
}

const warningsOf = (run: MainRun): string[] =>
  run.annotations
    .filter(({ level }) => level === "warning")
    .map(({ file, line, message }) => `${file ?? ""}:${line ?? ""} ${message}`);

describe("objects that belong to somebody else", () => {
  it.concurrent("are refused at their lines, and taken over where that is asked for", async () => {
    const [app, owner] = [world.app("adopting"), world.app("giving")];
    await owner.deploy([configMap("a", "k: theirs\n  gone: x")]);
    const own = configMap("a", "k: ours").replace("name: a", "name: a\n  namespace: giving");
    const refused = await app.deploy([own]);
    expect(errorsOf(refused)).toEqual([
      expect.stringMatching(
        /^k8s\/app.yaml:6 ConfigMap\/a: it belongs to the app "giving", and an object belongs to one only\n.*"adopt: true"/,
      ),
    ]);
    const adopted = await app.deploy([own], { adopt: "true" });
    expect(adopted.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(warningsOf(adopted)).toEqual(['k8s/app.yaml:6 ConfigMap/a: is taken over from the app "giving"']);
    expect((await owner.get(core, "configmaps", "a"))?.data).toEqual({ k: "ours" });
    const again = await app.deploy([own]);
    expect(again.outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
  });

  it.concurrent("are lost to their former owner, who neither changes nor deletes them", async () => {
    const [app, owner] = [world.app("heir"), world.app("testator")];
    await owner.deploy([configMap("a", "k: theirs"), configMap("rest", "k: v")]);
    const own = configMap("a", "k: ours").replace("name: a", "name: a\n  namespace: testator");
    await app.deploy([own], { adopt: "true" });
    const theirs = await owner.deploy([configMap("a", "k: theirs"), configMap("rest", "k: v")]);
    expect(errorsOf(theirs)).toEqual([expect.stringContaining('it belongs to the app "heir"')]);
    const without = await owner.deploy([configMap("rest", "k: v")]);
    expect(without.outputs).toMatchObject({ outcome: "succeeded" });
    expect(without.stdout).toMatch(/skip +ConfigMap\/a +it belongs to heir now/);
  });

  it.concurrent("stay where they are when the release that took them over has to go back", async () => {
    const [app, owner] = [world.app("hasty"), world.app("robbed")];
    await owner.deploy([configMap("a", "k: theirs")]);
    await app.deploy([configMap("own", "k: v")]);
    const theirs = configMap("a", "k: ours").replace("name: a", "name: a\n  namespace: robbed");
    const crash = deployment({ image: world.image, script: "process.exit(3)" });
    const failed = await app.deploy([configMap("own", "k: v"), theirs, crash], { adopt: "true" });
    expect(failed.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(failed.stdout).toContain("r1 is back, as r3");
    expect((await owner.get(core, "configmaps", "a"))?.data).toEqual({ k: "ours" });
    expect(await app.get(apps, "deployments", "web")).toBeUndefined();
  });

  it.concurrent("of a Helm release too, with what Helm would still do", async () => {
    const app = world.app("charted");
    await create(`${core}/namespaces`, { metadata: { name: app.name } });
    const metadata = {
      name: "a",
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: { "meta.helm.sh/release-name": "shop", "meta.helm.sh/release-namespace": app.name },
    };
    await world.api.request({
      method: "POST",
      path: `/${core}/namespaces/${app.name}/configmaps`,
      query: { fieldManager: "helm" },
      body: { metadata, data: { k: "theirs", gone: "x" } },
    });
    const refused = await app.deploy([configMap("a", "k: ours")]);
    expect(errorsOf(refused)).toEqual([
      expect.stringMatching(
        /ConfigMap\/a: it belongs to the Helm release "shop".*\n.*"helm uninstall" would still delete it.*owner=helm,name=shop/,
      ),
    ]);
    const adopted = await app.deploy([configMap("a", "k: ours")], { adopt: "true" });
    expect(adopted.outputs).toMatchObject({ outcome: "succeeded" });
    const live = await app.get(core, "configmaps", "a");
    expect(live?.data).toEqual({ k: "ours" });
    expect(live?.metadata.labels).toMatchObject({ "app.kubernetes.io/managed-by": "slipway" });
    expect((await app.deploy([configMap("a", "k: ours")])).outputs).toMatchObject({ changed: "false" });
  });
});
