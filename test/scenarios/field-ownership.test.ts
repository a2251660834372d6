import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ApiRequest } from "../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { autoscaler, configMap, deployment } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const adopt = { adopt: "true" };

/** A ConfigMap as JSON: other tools than ours read no text here. */
function settings(app: App, data: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: app.name }, data };
}

/** An app whose namespace is there, and nothing else. */
async function begun(name: string): Promise<App> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  await world.api.request({ method: "POST", path: "/api/v1/namespaces", body });
  return world.app(name);
}

async function send(app: App, request: Pick<ApiRequest, "method" | "body" | "contentType" | "query">): Promise<void> {
  const collection = `/api/v1/namespaces/${app.name}/configmaps`;
  await world.api.request({ path: request.method === "POST" ? collection : `${collection}/settings`, ...request });
}

/** Client-side apply as kubectl does it: it creates, or patches by what it has applied the last time, wants now, and sees. */
async function kubectlApply(app: App, data: Readonly<Record<string, string>>): Promise<void> {
  const wanted = settings(app, data);
  const annotations = { [lastApplied]: `${JSON.stringify(wanted)}\n` };
  const body = { ...wanted, metadata: { ...wanted.metadata, annotations } };
  const query = { fieldManager: "kubectl-client-side-apply" };
  const live = await app.get("api/v1", "configmaps", "settings");
  if (live === undefined) return send(app, { method: "POST", query, body });
  const before = JSON.parse(live.metadata.annotations?.[lastApplied] ?? "{}") as { data?: object };
  const removed = Object.keys(before.data ?? {}).filter((key) => !(key in data));
  const patch = {
    metadata: { annotations },
    data: { ...Object.fromEntries(removed.map((key) => [key, null])), ...data },
  };
  return send(app, { method: "PATCH", query, contentType: "application/strategic-merge-patch+json", body: patch });
}

/** What Helm makes of a chart: its labels and annotations, by its manager. Helm 3 writes, Helm 4 applies. */
async function helmInstall(app: App, version: 3 | 4, data: Readonly<Record<string, string>>): Promise<void> {
  const object = settings(app, data);
  const labels = { "app.kubernetes.io/managed-by": "Helm" };
  const annotations = { "meta.helm.sh/release-name": "shop", "meta.helm.sh/release-namespace": app.name };
  const body = { ...object, metadata: { ...object.metadata, labels, annotations } };
  const query = { fieldManager: "helm" };
  if (version === 3) return send(app, { method: "POST", query, body });
  return send(app, { method: "PATCH", query, contentType: "application/apply-patch+yaml", body });
}

async function dataOf(app: App): Promise<unknown> {
  return (await app.get("api/v1", "configmaps", "settings"))?.data;
}

async function managersOf(app: App): Promise<string[]> {
  const live = await app.get("api/v1", "configmaps", "settings");
  return (live?.metadata.managedFields ?? []).map(({ manager, operation }) => `${manager} ${operation}`);
}

describe("deploy-doks succeeds the tool that made an object", () => {
  interface Maker {
    readonly made: (app: App) => Promise<void>;
    readonly inputs?: Readonly<Record<string, string>>;
  }
  const data = { kept: "v", changed: "old", removed: "v" };

  it.concurrent.each<[string, Maker]>([
    ["kubectl apply", { made: (app) => kubectlApply(app, data) }],
    [
      "kubectl apply --server-side",
      {
        made: (app) => {
          const query = { fieldManager: "kubectl" };
          return send(app, {
            method: "PATCH",
            query,
            contentType: "application/apply-patch+yaml",
            body: settings(app, data),
          });
        },
      },
    ],
    [
      "kubectl create",
      {
        made: (app) =>
          send(app, { method: "POST", query: { fieldManager: "kubectl-create" }, body: settings(app, data) }),
      },
    ],
    [
      "kubectl replace",
      {
        made: async (app) => {
          await send(app, {
            method: "POST",
            query: { fieldManager: "kubectl-create" },
            body: settings(app, { kept: "x" }),
          });
          await send(app, { method: "PUT", query: { fieldManager: "kubectl-replace" }, body: settings(app, data) });
        },
      },
    ],
    ["Helm 3", { made: (app) => helmInstall(app, 3, data), inputs: adopt }],
    ["Helm 4", { made: (app) => helmInstall(app, 4, data), inputs: adopt }],
  ])("%s: what the manifest does not have any more is gone", async (name, { made, inputs = {} }) => {
    const app = await begun(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"));
    await made(app);
    const objects = [configMap("settings", "kept: v\n  changed: new")];
    const plan = await app.deploy(objects, { ...inputs, "dry-run": "true" });
    expect(plan.stdout).toMatch(/update +ConfigMap\/settings .*takes over from (kubectl|helm)/);
    expect(plan.stdout).toContain("data.removed: v → unset");
    expect(plan.stdout).toContain("data.changed: old → new");
    expect(await dataOf(app)).toEqual(data);

    const run = await app.deploy(objects, inputs);
    const told = run.annotations.map(({ message }) => message);
    const adopted = [expect.stringMatching(/^ConfigMap\/settings: is taken over from the Helm release/)];
    expect(told).toEqual(inputs === adopt ? adopted : []);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await dataOf(app)).toEqual({ kept: "v", changed: "new" });
    expect(await managersOf(app)).toEqual(["slipway Apply"]);
    const live = await app.get("api/v1", "configmaps", "settings");
    expect(Object.keys(live?.metadata.annotations ?? {}).filter((key) => key.includes("helm"))).toEqual([]);
    expect((await app.deploy(objects, inputs)).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });

    await app.deploy([configMap("settings", "changed: new")], inputs);
    expect(await dataOf(app)).toEqual({ changed: "new" });
  });

  it.concurrent("but leaves alone what somebody else owns", async () => {
    const app = await begun("shared");
    await kubectlApply(app, { kept: "v" });
    await app.edit({ group: "api/v1", plural: "configmaps", name: "settings" }, { data: { theirs: "v" } }, "operator");
    await app.edit({ group: "api/v1", plural: "configmaps", name: "settings" }, { data: { mine: "v" } });
    const run = await app.deploy([configMap("settings", "kept: v")]);
    expect(run.outputs.outcome).toBe("succeeded");
    expect(await dataOf(app)).toEqual({ kept: "v", theirs: "v", mine: "v" });
    const disputed = await app.deploy([configMap("settings", "kept: v\n  theirs: ours")]);
    expect(errorsOf(disputed)).toEqual([expect.stringMatching(/data.theirs belongs to operator, who set it/)]);
  });

  it.concurrent("and leaves to an autoscaler the replicas that kubectl had", async () => {
    const app = await begun("scaled");
    const manifest = deployment({ image: world.image, replicas: 1 });
    await app.write({ "k8s/app.yaml": manifest });
    const first = await app.deploy([manifest]);
    expect(first.outputs.outcome).toBe("succeeded");
    // As if kubectl had made it: its manager, and three replicas.
    const path = `/apis/apps/v1/namespaces/${app.name}/deployments/web`;
    const live = await world.api.request<KubernetesObject>({ method: "GET", path });
    const managedFields = (live.metadata.managedFields ?? []).map((entry) =>
      entry.manager === "slipway" ? { ...entry, manager: "kubectl-client-side-apply", operation: "Update" } : entry,
    );
    await world.api.request({
      method: "PATCH",
      path,
      query: { fieldManager: "kubectl-client-side-apply" },
      contentType: "application/merge-patch+json",
      body: { metadata: { managedFields }, spec: { replicas: 3 } },
    });
    const run = await app.deploy([manifest, autoscaler("web")]);
    expect(run.outputs.outcome).toBe("succeeded");
    const scaled = await world.api.request<KubernetesObject>({ method: "GET", path });
    expect(scaled.spec).toMatchObject({ replicas: 3 });
  });
});

describe("deploy-doks removes a field of its own", () => {
  it.concurrent("though somebody has edited it meanwhile", async () => {
    const app = world.app("edited");
    await app.deploy([configMap("settings", "kept: v\n  removed: ours")]);
    await app.edit(
      { group: "api/v1", plural: "configmaps", name: "settings" },
      { data: { removed: "theirs", added: "v" } },
    );
    const run = await app.deploy([configMap("settings", "kept: v")]);
    expect(run.stdout).toContain("data.removed: theirs → unset");
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await dataOf(app)).toEqual({ kept: "v", added: "v" });
  });

  it.concurrent("though kubectl apply set it too, and after a rollback", async () => {
    const app = world.app("both");
    const path = { group: "api/v1", plural: "configmaps", name: "settings" };
    await app.deploy([configMap("settings", "kept: v")]);
    await app.deploy([configMap("settings", "kept: v\n  added: v")]);
    const query = { fieldManager: "kubectl" };
    const body = settings(app, { added: "v" });
    await send(app, { method: "PATCH", query, contentType: "application/apply-patch+yaml", body });
    await app.edit(path, { data: { added: "by hand" } });
    const back = await app.act("rollback", { to: "r1", timeout: "30s" });
    expect(back.outputs).toMatchObject({ outcome: "succeeded" });
    expect(await dataOf(app)).toEqual({ kept: "v" });
  });
});

describe("kubectl apply after a rollback", () => {
  it("deletes what the release had that is there now: its copy of the object is kept in step", async () => {
    const app = await begun("undone");
    await kubectlApply(app, { kept: "v" });
    await app.deploy([configMap("settings", "kept: v\n  old: v")]);
    await app.deploy([configMap("settings", "kept: v\n  new: v")]);
    expect((await app.act("rollback", { to: "r1", timeout: "30s" })).outputs.outcome).toBe("succeeded");
    expect(await dataOf(app)).toEqual({ kept: "v", old: "v" });
    await kubectlApply(app, { kept: "v", third: "v" });
    expect(await dataOf(app)).toEqual({ kept: "v", third: "v" });
    const next = await app.deploy([configMap("settings", "kept: v\n  fourth: v")]);
    expect(next.outputs.outcome).toBe("succeeded");
    expect(await dataOf(app)).toEqual({ kept: "v", third: "v", fourth: "v" });
  });

  it("keeps no copy of a Secret, whose values it would show", async () => {
    const app = await begun("unshown");
    const metadata = { name: "database", namespace: app.name };
    const secret = { apiVersion: "v1", kind: "Secret", metadata, stringData: { password: "hunter-22" } };
    const body = { ...secret, metadata: { ...metadata, annotations: { [lastApplied]: JSON.stringify(secret) } } };
    const path = `/api/v1/namespaces/${app.name}/secrets`;
    await world.api.request({ method: "POST", path, query: { fieldManager: "kubectl-client-side-apply" }, body });
    const text = 'apiVersion: v1\nkind: Secret\nmetadata: { name: database }\nstringData: { password: "hunter-22" }\n';
    const run = await app.deploy([text]);
    expect(run.outputs.outcome).toBe("succeeded");
    const live = await app.get("api/v1", "secrets", "database");
    expect(live?.metadata.annotations?.[lastApplied]).toBeUndefined();
    expect(live?.data).toEqual({ password: Buffer.from("hunter-22").toString("base64") });
  });
});
