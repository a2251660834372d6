import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import type { PlanDocument } from "../../src/release/plan/plan-document.ts";
import type { MainRun } from "../action-process.ts";
import { configMap, service } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const core = "api/v1";
const rbac = "apis/rbac.authorization.k8s.io/v1";

async function planOf(run: MainRun): Promise<PlanDocument> {
  return JSON.parse(await readFile(run.outputs.plan ?? "", "utf8")) as PlanDocument;
}

async function create(path: string, body: unknown): Promise<void> {
  await world.api.request({ method: "POST", path: `/${path}`, body });
}

/** A kubeconfig for a user of the cluster who may do what a Role of the app's namespace says. */
async function kubeconfigOf(app: App, rules: unknown): Promise<string> {
  const { name } = app;
  await create(`${core}/namespaces/${name}/serviceaccounts`, { metadata: { name: "ci" } });
  await grant(app, "ci", rules);
  const { status } = await world.api.request<{ status: { token: string } }>({
    method: "POST",
    path: `/${core}/namespaces/${name}/serviceaccounts/ci/token`,
    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
  });
  const user = `    token: ${status.token}\n`;
  return world.kubeconfig.replace(/^ +(?:token|client-certificate-data): .*\n(?: +client-key-data: .*\n)?/m, user);
}

async function grant({ name }: App, role: string, rules: unknown): Promise<void> {
  await create(`${rbac}/namespaces/${name}/roles`, { metadata: { name: role }, rules });
  await create(`${rbac}/namespaces/${name}/rolebindings`, {
    metadata: { name: role },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role },
    subjects: [{ kind: "ServiceAccount", name: "ci", namespace: name }],
  });
}

describe("a deploy that may not do everything", () => {
  const records = [
    { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "create", "patch", "delete"] },
    { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update"] },
  ];
  const configMaps = { apiGroups: [""], resources: ["configmaps"], verbs: ["*"] };

  it.concurrent("is told all that is missing at once, as roles which make it work", async () => {
    const app = world.app("limited");
    await create(`${core}/namespaces`, { metadata: { name: app.name } });
    const kubeconfig = await kubeconfigOf(app, [{ ...configMaps, verbs: ["get", "list"] }]);
    await app.write({ "k8s/app.yaml": [configMap("a", "k: v"), service("web"), service("db")].join("---\n") });
    const refused = await app.act("deploy-doks", { kubeconfig });
    const user = "system:serviceaccount:limited:ci";
    expect(errorsOf(refused)).toEqual([
      expect.stringMatching(
        new RegExp(`^: ${user} may not get, list, create, patch, delete secrets in the namespace limited`),
      ),
      expect.stringMatching(
        new RegExp(`^: ${user} may not get, create, update leases.coordination.k8s.io in the namespace limited`),
      ),
      expect.stringMatching(
        new RegExp(`^k8s/app.yaml:1 ConfigMap/a: ${user} may not watch, create, patch, delete configmaps`),
      ),
      expect.stringMatching(
        new RegExp(`^k8s/app.yaml:8 Service/web: ${user} may not get, list, watch, create, patch, delete services`),
      ),
    ]);
    const { roles = "" } = await planOf(refused);
    expect(refused.stdout).toContain(roles.trim());
    expect(refused.summary).toContain(roles.trim());
    for (const document of parseAllDocuments(roles)) {
      const object = document.toJS() as KubernetesObject;
      await create(`${rbac}/namespaces/${app.name}/${object.kind.toLowerCase()}s`, object);
    }
    const allowed = await app.act("deploy-doks", { kubeconfig });
    expect(errorsOf(allowed)).toEqual([]);
    expect(allowed.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
  });

  it.concurrent("is told all that is missing where the first of it is a look at the pull secret", async () => {
    const app = world.app("pulling");
    await create(`${core}/namespaces`, { metadata: { name: app.name } });
    const kubeconfig = await kubeconfigOf(app, [configMaps]);
    await app.write({ "k8s/app.yaml": [configMap("a", "k: v"), service("web")].join("---\n") });
    const secrets = "- { name: pull, registry: docr }";
    const doks = { secrets, "digitalocean-token": world.outside.digitaloceanToken };
    const refused = await app.act("deploy-doks", { kubeconfig, ...doks });
    expect(errorsOf(refused)).toEqual([
      expect.stringMatching(/^: Secret\/pull: \S+ may not get, list, watch, create, patch, delete secrets in/),
      expect.stringMatching(/^: \S+ may not get, create, update leases.coordination.k8s.io in/),
      expect.stringMatching(
        /^k8s\/app.yaml:8 Service\/web: \S+ may not get, list, watch, create, patch, delete services/,
      ),
    ]);
    expect((await planOf(refused)).roles).toContain("leases");
  });

  it.concurrent("may bring a Role together with what binds it, and is told what it may not grant", async () => {
    const app = world.app("granting");
    await create(`${core}/namespaces`, { metadata: { name: app.name } });
    const roles = { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles", "rolebindings"], verbs: ["*"] };
    const kubeconfig = await kubeconfigOf(app, [...records, configMaps, roles]);
    const role = (resource: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r }\nrules: [{ apiGroups: [""], resources: [${resource}], verbs: [get] }]\n`;
    const binding = `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r }\nsubjects: [{ kind: ServiceAccount, name: ci }]\n`;
    await app.write({ "k8s/app.yaml": [binding, role("configmaps")].join("---\n") });
    const run = await app.act("deploy-doks", { kubeconfig });
    expect(errorsOf(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
  });
});
