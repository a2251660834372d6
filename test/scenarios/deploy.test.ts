import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Change } from "../../src/release/plan/plan-document.ts";
import { answering, autoscaler, configMap, deployment, service } from "./manifest-text.ts";
import { openWorld, until, untilAnswered } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const apps = "apis/apps/v1";
const core = "api/v1";

async function podNames(app: App): Promise<string[]> {
  const pods = await app.list(core, "pods");
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(({ metadata }) => metadata.name);
}

async function replicasOf(app: App): Promise<unknown> {
  return ((await app.get(apps, "deployments", "web"))?.spec as { replicas?: number } | undefined)?.replicas;
}

async function requestsSince(before: Readonly<Record<string, number>> = {}): Promise<Record<string, number>> {
  const counts = Object.entries(await world.outside.requestCounts());
  return Object.fromEntries(counts.map(([kind, count]) => [kind, count - (before[kind] ?? 0)]));
}

async function planOf(path: string | undefined): Promise<Change[]> {
  return (JSON.parse(await readFile(path ?? "", "utf8")) as { changes: Change[] }).changes;
}

describe("deploy-doks", () => {
  it("brings the namespace along, answers users, records the release, and does nothing when nothing changed", async () => {
    const app = world.app("first");
    const url = `http://${world.outside.nodeAddress}:30080`;
    const release = (banner: string): string[] => [
      configMap("config", `BANNER: ${banner}`),
      deployment({
        image: world.image,
        script: answering("process.env.BANNER"),
        replicas: 2,
        container: "          envFrom: [{ configMapRef: { name: config } }]\n",
      }),
      service("web", 30080),
    ];
    const first = await app.deploy(release("hello"));
    expect(first.annotations).toEqual([]);
    expect(first.outputs).toMatchObject({ app: "first", namespace: "first", outcome: "succeeded" });
    expect(first.outputs).toMatchObject({ revision: "1", "previous-revision": "", changed: "true" });
    expect(first.exitCode).toBe(0);
    await untilAnswered(url, "hello");
    expect(first.summary).toMatch(/^## ✅ Deploy of first r1: succeeded in /);
    expect(await readFile(first.outputs.report ?? "", "utf8")).toBe(`${first.summary.trim()}\n`);
    expect((await planOf(first.outputs.plan)).map(({ action, object }) => `${action} ${object}`)).toEqual([
      "create Namespace/first",
      "create ConfigMap/config",
      "create Deployment/web",
      "create Service/web",
    ]);
    expect(await app.history()).toMatchObject([{ revision: 1, outcome: "succeeded", actor: "octocat" }]);

    const second = await app.deploy(release("welcome"));
    expect(second.outputs).toMatchObject({ outcome: "succeeded", revision: "2", "previous-revision": "1" });
    expect(second.stdout).toContain("data.BANNER: hello → welcome");
    await untilAnswered(url, "welcome");

    const before = await requestsSince();
    const pods = await podNames(app);
    const third = await app.deploy(release("welcome"));
    expect(third.outputs).toMatchObject({ outcome: "succeeded", revision: "2", changed: "false" });
    expect(third.stdout).toContain("4 unchanged");
    expect(await podNames(app)).toEqual(pods);
    expect(await app.history()).toHaveLength(2);
    const sent = await requestsSince(before);
    expect(sent["kubernetes GET"]).toBeLessThan(20);
    // The lock is taken and given back, and the record tells which run found it in place.
    const writes = ["POST", "PUT", "PATCH", "DELETE"].map((method) => sent[`kubernetes ${method}`] ?? 0);
    expect(writes).toEqual([0, 2, 1, 0]);
  });

  it.concurrent("rolls only the pods that read a ConfigMap when a value of it changes", async () => {
    const app = world.app("readers");
    const reads = (name: string): string => `          envFrom: [{ configMapRef: { name: ${name} } }]\n`;
    const release = (color: string): string[] => [
      configMap("colors", `COLOR: ${color}`),
      configMap("sizes", "SIZE: small"),
      deployment({ name: "painter", image: world.image, container: reads("colors") }),
      deployment({ name: "tailor", image: world.image, container: reads("sizes") }),
      deployment({ name: "idler", image: world.image }),
    ];
    await app.deploy(release("red"));
    const before = await podNames(app);
    const run = await app.deploy(release("blue"));
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    const [painter, ...others] = (await podNames(app)).filter((name) => !before.includes(name));
    expect(painter).toMatch(/^painter-/);
    expect(others).toEqual([]);
    expect(run.stdout).toContain("2 to update, 4 unchanged");
  });

  it.concurrent("leaves the number of replicas to the autoscaler, but for the first time", async () => {
    const app = world.app("scaled");
    const web = (script: string): string => deployment({ image: world.image, replicas: 2, script: answering(script) });
    await app.deploy([web('"one"'), autoscaler("web")]);
    expect(await replicasOf(app)).toBe(2);
    await app.edit({ group: apps, plural: "deployments", name: "web/scale" }, { spec: { replicas: 3 } }, "autoscaler");

    const again = await app.deploy([web('"one"'), autoscaler("web")]);
    expect(again.outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
    const changed = await app.deploy([web('"two"'), autoscaler("web")]);
    expect(changed.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(changed.stdout).not.toContain("spec.replicas");
    expect(await replicasOf(app)).toBe(3);
  });

  it.concurrent("takes the number of replicas back when the autoscaler goes", async () => {
    const app = world.app("unscaled");
    const web = deployment({ image: world.image, replicas: 2 });
    await app.deploy([web, autoscaler("web")]);
    await app.edit({ group: apps, plural: "deployments", name: "web/scale" }, { spec: { replicas: 3 } }, "autoscaler");
    const run = await app.deploy([web]);
    expect(run.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      expect.stringContaining("warning: Deployment/web: takes over spec.replicas"),
    ]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await app.get("apis/autoscaling/v2", "horizontalpodautoscalers", "web")).toBeUndefined();
    expect(await replicasOf(app)).toBe(2);
    expect((await app.deploy([web])).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
    const other = await app.deploy([deployment({ image: world.image, replicas: 1 })]);
    expect(other.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(1);
  });

  it("prints the plan of a dry run and writes nothing, neither at first nor later", async () => {
    const app = world.app("planned");
    const objects = [configMap("config", "k: one"), deployment({ image: world.image })];
    // Requests to other services are those of pods whose image cannot be pulled, in other scenarios of this world.
    const kindsSince = async (before: Readonly<Record<string, number>>): Promise<string[]> =>
      Object.entries(await requestsSince(before)).flatMap(([kind, count]) =>
        count > 0 && kind.startsWith("kubernetes") ? [kind] : [],
      );
    const first = await app.deploy(objects, { "dry-run": "true" });
    expect(first.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(first.outputs.revision).toBeUndefined();
    await expect(world.api.request({ method: "GET", path: "/api/v1/namespaces/planned" })).rejects.toThrow("not found");

    const real = await app.deploy(objects);
    const planned = (text: string): string => /::group::([\s\S]*?)::endgroup::/.exec(text)?.[1] ?? "";
    expect(planned(first.stdout)).toBe(planned(real.stdout));
    expect(await planOf(first.outputs.plan)).toEqual(await planOf(real.outputs.plan));

    const before = await requestsSince();
    const update = [configMap("config", "k: two"), deployment({ image: world.image, replicas: 2 })];
    const second = await app.deploy(update, { "dry-run": "true" });
    expect(second.stdout).toContain("spec.replicas: 1 → 2");
    expect(second.stdout).toContain("data.k: one → two");
    // The dry run of an apply is a PATCH, and stores nothing.
    expect(await kindsSince(before)).toEqual(["kubernetes GET", "kubernetes PATCH"]);
    expect(await replicasOf(app)).toBe(1);
    expect(await app.history()).toHaveLength(1);
  });

  it.concurrent("does not watch with `wait: false`", async () => {
    const app = world.app("unwatched");
    const run = await app.deploy([deployment({ image: `${world.outside.registry}/library/nothing:1` })], {
      wait: "false",
    });
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(run.stdout + run.summary).toContain("not watched");
    await until("pod", async () => (await podNames(app))[0]);
  });

  it.concurrent("applies objects of a kind that comes with the same deploy", async () => {
    const app = world.app("kinds");
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.harbour.test }
spec:
  group: harbour.test
  scope: Namespaced
  names: { kind: Boat, plural: boats, singular: boat }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;
    const boat = "apiVersion: harbour.test/v1\nkind: Boat\nmetadata: { name: dinghy }\nspec: { oars: 2 }\n";
    const run = await app.deploy([boat, definition]);
    expect(run.annotations).toEqual([]);
    expect((await app.get("apis/harbour.test/v1", "boats", "dinghy"))?.spec).toEqual({ oars: 2 });
    expect((await app.deploy([boat, definition])).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
  });
});
