import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { appLabel } from "../../src/release/labels.ts";
import { releaseStore } from "../../src/release/record/store.ts";
import { autoscaler, configMap, deployment, service, storageClass, volumeClaim } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const core = "api/v1";

async function namesOf(app: App, plural = "configmaps"): Promise<string[]> {
  const names = (await app.list(core, plural)).map(({ metadata }) => metadata.name).sort();
  return names.filter((name) => name !== "kube-root-ca.crt");
}

/** A kind of the user's own, and an object of it: on nobody's list of what may be pruned. */
const pier = (name: string): string =>
  `apiVersion: prune.test/v1\nkind: Pier\nmetadata: { name: ${name} }\nspec: { length: 3 }\n`;
const piers = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: piers.prune.test }
spec:
  group: prune.test
  scope: Namespaced
  names: { kind: Pier, plural: piers, singular: pier }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;

describe("prune", () => {
  it.concurrent(
    "shows in the plan what it removes, of any kind and in any namespace, and then removes that alone",
    async () => {
      const app = world.app("exact");
      const side = "apiVersion: v1\nkind: Namespace\nmetadata: { name: exact-side }\n";
      const aside = configMap("aside", "k: v").replace("metadata:\n", "metadata:\n  namespace: exact-side\n");
      await app.deploy([piers, pier("old"), pier("kept"), side, aside, configMap("old", "k: v")]);

      const next = [piers, pier("kept")];
      const plan = await app.deploy(next, { "dry-run": "true" });
      expect(plan.summary).toMatch(/delete\W+\| `ConfigMap\/old` \|/);
      for (const text of [plan.stdout, (await app.deploy(next)).stdout]) {
        expect(text).toMatch(/delete +ConfigMap\/old/);
        expect(text).toMatch(/delete +ConfigMap\/aside/);
        expect(text).toMatch(/delete +Pier\/old/);
        expect(text).toMatch(/skip +Namespace\/exact-side +a Namespace is never pruned/);
      }
      expect(await namesOf(app)).toEqual([]);
      expect((await app.list("apis/prune.test/v1", "piers")).map(({ metadata }) => metadata.name)).toEqual(["kept"]);
      await world.api.request({ method: "GET", path: "/api/v1/namespaces/exact-side" });
      const path = "/api/v1/namespaces/exact-side/configmaps/aside";
      await expect(world.api.request({ method: "GET", path })).rejects.toThrow("not found");
      expect((await app.deploy(next)).outputs).toMatchObject({ changed: "false" });
    },
  );

  it.concurrent("never removes what has become somebody else's, or was only labelled like ours", async () => {
    const app = world.app("foreign");
    const labels = { [appLabel]: app.name };
    const names = ["adopted", "controlled", "helm", "kept", "remade"];
    await app.deploy(names.map((name) => configMap(name, "k: v")));
    const edit = (name: string, metadata: object): Promise<void> =>
      app.edit({ group: core, plural: "configmaps", name }, { metadata });
    const create = (name: string): Promise<KubernetesObject> => {
      const path = `/api/v1/namespaces/${app.name}/configmaps`;
      return world.api.request({ method: "POST", path, body: { metadata: { name, labels } } });
    };
    await edit("adopted", { labels: { [appLabel]: "another" } });
    const { metadata } = await create("stranger");
    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "stranger", uid: metadata.uid, controller: true };
    await edit("controlled", { ownerReferences: [owner] });
    await edit("helm", {
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: { "meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": app.name },
    });
    await edit("kept", { annotations: { "slipway.dev/prune": "false" } });
    await app.remove(core, "configmaps", "remade");
    await create("remade");

    const run = await app.deploy([configMap("new", "k: v")]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(run.stdout).toMatch(/skip +ConfigMap\/adopted +it belongs to another now/);
    expect(run.stdout).toMatch(/skip +ConfigMap\/controlled +it belongs to ConfigMap\/stranger now/);
    expect(run.stdout).toMatch(/skip +ConfigMap\/helm +it belongs to the Helm release web now/);
    expect(run.stdout).toMatch(/skip +ConfigMap\/kept +its annotation slipway.dev\/prune keeps it/);
    expect(run.stdout).toMatch(/skip +ConfigMap\/remade +somebody has deleted it and made it anew since/);
    expect(run.stdout).not.toMatch(/(?:delete|skip) +ConfigMap\/stranger/);
    expect(await namesOf(app)).toEqual([...names, "new", "stranger"].sort());
  });

  it.concurrent(
    "looks again before it removes: a rollout takes long enough for another app to adopt something",
    async () => {
      const app = world.app("late");
      await app.deploy([configMap("old", "k: v"), configMap("older", "k: v")]);
      let adopting: Promise<void> | undefined;
      const onLine = (line: string): void => {
        if (!/0 of 1 new pods? ready/.test(line)) return;
        const labels = { [appLabel]: "another" };
        adopting ??= app.edit({ group: core, plural: "configmaps", name: "old" }, { metadata: { labels } });
      };
      const container = `          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1, initialDelaySeconds: 2 }\n`;
      const run = await app.deploy([deployment({ image: world.image, container })], {}, { onLine });
      await adopting;
      expect(run.outputs).toMatchObject({ outcome: "succeeded" });
      expect(run.annotations.map(({ message }) => message)).toEqual([
        "ConfigMap/old stays after all: it belongs to another now",
      ]);
      expect(await namesOf(app)).toEqual(["old"]);
    },
  );

  it.concurrent("takes an object that is released by another version of its API for the same one", async () => {
    const app = world.app("versions");
    const target = "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }";
    const old = `apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { ${target}, minReplicas: 1, maxReplicas: 5 }\n`;
    const rest = [deployment({ image: world.image }), service("web")];
    await app.deploy([...rest, old], { wait: "false" });
    const read = (): Promise<KubernetesObject | undefined> =>
      app.get("apis/autoscaling/v2", "horizontalpodautoscalers", "web");
    const before = await read();
    const run = await app.deploy([...rest, autoscaler("web")], { wait: "false" });
    expect(run.stdout).toMatch(/update +HorizontalPodAutoscaler\/web/);
    expect(run.stdout).not.toMatch(/delete /);
    expect((await read())?.metadata.uid).toBe(before?.metadata.uid);
    expect(before?.metadata.uid).toBeDefined();
  });

  it.concurrent("removes a volume claim where its manifest allowed that", async () => {
    const app = world.app("claims");
    const allowed = volumeClaim("scratch").replace(
      "metadata:\n",
      'metadata:\n  annotations: { slipway.dev/prune: "true" }\n',
    );
    const own = storageClass.replace("name: on-demand", "name: claims-on-demand");
    const claims = [allowed, volumeClaim("data")].map((text) => text.replace("on-demand", "claims-on-demand"));
    expect((await app.deploy([own, ...claims])).outputs).toMatchObject({ outcome: "succeeded" });
    const run = await app.deploy([own]);
    expect(run.stdout).toMatch(/delete +PersistentVolumeClaim\/scratch/);
    expect(run.stdout).toMatch(/skip +PersistentVolumeClaim\/data +it may hold data/);
    const claimsLeft = await app.list(core, "persistentvolumeclaims");
    const staying = claimsLeft.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    expect(staying.map(({ metadata }) => metadata.name)).toEqual(["data"]);
  });

  it.concurrent("still knows what a row of failed releases has left there, and does not let them pile up", async () => {
    const app = world.app("failing");
    const crash = deployment({ image: world.image, script: "process.exit(3)" });
    await app.deploy([configMap("old", "k: v"), configMap("kept", "k: v")]);
    await app.deploy([configMap("new", "k: v"), configMap("kept", "k: v"), crash], { "on-failure": "leave" });
    const store = releaseStore(world.api, { app: app.name, namespace: app.name });
    const { summary, ...rest } = await store.read(2);
    for (let revision = 3; revision <= 40; revision++)
      await store.create({ ...rest, summary: { ...summary, revision } });
    expect(await namesOf(app)).toEqual(["kept", "new", "old"]);

    const failed = await app.deploy([configMap("kept", "k: v"), crash], { "on-failure": "leave" });
    expect(failed.outputs).toMatchObject({ outcome: "failed", revision: "41" });
    expect((await app.history()).map(({ revision }) => revision)).toEqual([1, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41]);
    const good = await app.deploy([configMap("kept", "k: v")]);
    expect(good.stdout).toMatch(/delete +ConfigMap\/new/);
    expect(good.stdout).toMatch(/delete +ConfigMap\/old/);
    expect(good.outputs).toMatchObject({ outcome: "succeeded", revision: "42" });
    expect(await namesOf(app)).toEqual(["kept"]);
  });
});
