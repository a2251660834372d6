import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import type { PlanDocument } from "../../src/release/plan-document.ts";
import type { MainRun } from "../action-process.ts";
import { autoscaler, configMap, deployment, inNamespace, service, statefulSet } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const core = "api/v1";
const apps = "apis/apps/v1";
const rbac = "apis/rbac.authorization.k8s.io/v1";

async function planOf(run: MainRun): Promise<PlanDocument> {
  return JSON.parse(await readFile(run.outputs.plan ?? "", "utf8")) as PlanDocument;
}

async function create(path: string, body: unknown): Promise<void> {
  await world.api.request({ method: "POST", path: `/${path}`, body });
}

const warningsOf = (run: MainRun): string[] =>
  run.annotations
    .filter(({ level }) => level === "warning")
    .map(({ file, line, message }) => `${file ?? ""}:${line ?? ""} ${message}`);

describe("the plan of a deploy", () => {
  it.concurrent(
    "is the same in the log, in the summary and as data, with each field, and writes nothing in a dry run",
    async () => {
      const app = world.app("told");
      const text = (image: string, folder: string): string =>
        deployment({ image, container: `          workingDir: ${folder}\n`, replicas: 0 });
      await app.deploy([configMap("conf", "k: old"), configMap("gone", "k: v"), text(world.image, "/")]);
      const run = await app.deploy([configMap("conf", "k: new"), text(world.image, "/tmp")], { "dry-run": "true" });
      expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
      const plan = await planOf(run);
      expect(plan).toMatchObject({
        version: 1,
        app: "told",
        counts: { create: 0, update: 2, delete: 1, unchanged: 1, skip: 0 },
        problems: [],
      });
      expect(plan.changes).toContainEqual({
        action: "update",
        object: "Deployment/web",
        apiVersion: "apps/v1",
        namespace: "told",
        file: "k8s/app.yaml",
        line: 13,
        fields: [{ path: "spec.template.spec.containers[app].workingDir", before: "/", after: "/tmp" }],
        rolls: true,
      });
      expect(run.stdout).toMatch(/update +ConfigMap\/conf +k8s\/app.yaml:6\n +data.k: old → new/);
      expect(run.stdout).toMatch(/delete +ConfigMap\/gone/);
      expect(run.summary).toContain("```diff\n  data:\n-   k: old\n+   k: new\n```");
      expect((await app.get(core, "configmaps", "conf"))?.data).toEqual({ k: "old" });
    },
  );

  it.concurrent("shows no secret, wherever it stands", async () => {
    const app = world.app("discreet");
    const objects = (secret: string): string[] => [
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: ${secret}, b: same }\n`,
      configMap("c", `DB_PASSWORD: ${secret}\n  URL: postgres://shop:${secret}@db/shop`),
      deployment({ image: world.image, replicas: 0, container: "" }).replace(
        "          env:\n",
        `          env:\n            - { name: API_TOKEN, value: ${secret} }\n`,
      ),
    ];
    await app.deploy(objects("hunter2old"));
    // As kubectl leaves it: the values are in an annotation too.
    const annotation = { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"a":"hunter2applied"}}' };
    await app.edit({ group: core, plural: "secrets", name: "s" }, { metadata: { annotations: annotation } });
    const run = await app.deploy(objects("hunter2new"));
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    const files = await Promise.all(
      [run.outputs.plan ?? "", run.outputs.report ?? ""].map((path) => readFile(path, "utf8")),
    );
    const shown = [run.stdout, run.summary, ...files].join("\n");
    expect(shown).not.toContain("hunter2");
    for (const value of ["hunter2old", "hunter2new"])
      expect(shown).not.toContain(Buffer.from(value).toString("base64"));
    const { changes } = await planOf(run);
    expect(changes.flatMap(({ fields }) => fields)).toEqual(
      expect.arrayContaining([
        { path: "data.a", hidden: "changed" },
        { path: "data.DB_PASSWORD", hidden: "changed" },
        { path: "data.URL", hidden: "changed" },
        { path: "spec.template.spec.containers[app].env[API_TOKEN].value", hidden: "changed" },
      ]),
    );
  });

  it.concurrent("takes a key out of a Secret that goes from stringData", async () => {
    const app = world.app("keyed");
    const secret = (data: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { ${data} }\n`;
    await app.deploy([secret("a: x, b: z")]);
    const run = await app.deploy([secret("a: x")]);
    expect(run.stdout).toMatch(/update +Secret\/s .*\n +data.b: unset/);
    expect(Object.keys((await app.get(core, "secrets", "s"))?.data as object)).toEqual(["a"]);
  });

  it.concurrent("names what never changes, what it is and what to do, all at once", async () => {
    const app = world.app("fixed");
    const job = (command: string): string =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec:\n  suspend: true\n  template: { spec: { restartPolicy: Never, containers: [{ name: c, image: x, command: [${command}] }] } }\n`;
    const objects = (serviceName: string, label: string, command: string): string[] => [
      statefulSet({ name: "db", image: world.image, replicas: 0 }).replace(
        "serviceName: db",
        `serviceName: ${serviceName}`,
      ),
      deployment({ image: world.image, replicas: 0 }).replaceAll("app: web", `app: ${label}`),
      job(command),
    ];
    await app.deploy(objects("db", "web", "a"), { wait: "false" });
    const run = await app.deploy(objects("other", "site", "b"), { "dry-run": "true" });
    const errors = errorsOf(run);
    expect(errors).toEqual([
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ StatefulSet\/db: spec.serviceName cannot change any more: it is db, and the manifest says other\n.*--cascade=orphan/,
      ),
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ Deployment\/web: spec.selector.matchLabels.app cannot change any more: it is web, and the manifest says site\n.*kubectl delete deployment web -n fixed/,
      ),
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ Job\/j: spec.template.spec.containers\[c\].command cannot change any more: it is \["a"\]/,
      ),
    ]);
    expect(run.outputs.outcome).toBe("failed");
    const plan = await planOf(run);
    expect(plan.problems).toHaveLength(3);
    expect(plan.counts).toMatchObject({ unchanged: 1 });
    for (const { message } of plan.problems) expect(run.summary).toContain(message.slice(0, message.indexOf(":")));
  });

  it.concurrent("quotes a quota and a policy that say no", async () => {
    const app = world.app("governed");
    await app.deploy([configMap("a", "k: v")]);
    await create(`${core}/namespaces/governed/resourcequotas`, {
      metadata: { name: "few" },
      spec: { hard: { services: "0" } },
    });
    await until("quota", async () => {
      const quota = await app.get(core, "resourcequotas", "few");
      return (quota?.status as { hard?: object } | undefined)?.hard;
    });
    const policies = "apis/admissionregistration.k8s.io/v1";
    await create(`${policies}/validatingadmissionpolicies`, {
      metadata: { name: "no-bad" },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["configmaps"] },
          ],
        },
        validations: [{ expression: "!has(object.data) || !('bad' in object.data)", message: "nothing bad in here" }],
      },
    });
    await create(`${policies}/validatingadmissionpolicybindings`, {
      metadata: { name: "no-bad" },
      spec: {
        policyName: "no-bad",
        validationActions: ["Deny"],
        matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "governed" } } },
      },
    });
    const both = async (): Promise<string[] | undefined> => {
      const run = await app.deploy([configMap("a", "bad: v"), service("web")], { "dry-run": "true" });
      const errors = errorsOf(run);
      return errors.length === 2 ? errors : undefined;
    };
    // A new policy takes a moment to be in force.
    expect(await until("policy in force", both)).toEqual([
      expect.stringMatching(
        /^k8s\/app.yaml:6 ConfigMap\/a: the policy no-bad of this cluster says no: nothing bad in here/,
      ),
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ Service\/web: exceeded quota: few, requested: services=1, used: services=0, limited: services=0\n/,
      ),
    ]);
  });

  it.concurrent("warns of what is going away, once, at its line", async () => {
    const app = world.app("dated");
    const old = `apiVersion: v1\nkind: Endpoints\nmetadata: { name: e }\n`;
    const run = await app.deploy([old, configMap("a", "k: v")]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(warningsOf(run)).toEqual([
      expect.stringMatching(/^k8s\/app.yaml:6 Endpoints\/e: v1 Endpoints is deprecated in v1.33/),
    ]);
    expect(run.summary).toContain("The cluster warns");
  });
});

describe("a plan of what comes with the deploy itself", () => {
  const definition = (properties: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.plan.test }
spec:
  group: plan.test
  scope: Namespaced
  names: { kind: Widget, plural: widgets, singular: widget }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { ${properties} } } } }
`;
  const widget = (spec: string): string =>
    `apiVersion: plan.test/v1\nkind: Widget\nmetadata:\n  name: w\nspec:\n  ${spec}\n`;

  it("checks custom resources by the schema that comes along, new or changed, and tells what it did not check", async () => {
    const app = world.app("custom");
    const size = "size: { type: integer, maximum: 9 }";
    const wrong = await app.deploy([definition(size), widget("size: 10\n  colour: red")]);
    expect(errorsOf(wrong)).toEqual([
      expect.stringMatching(/^k8s\/app.yaml:25 Widget\/w: spec.size must be at most 9/),
      expect.stringMatching(/^k8s\/app.yaml:26 Widget\/w: spec.colour is a field that there is not/),
    ]);
    const first = await app.deploy([definition(size), widget("size: 9")]);
    expect(first.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(first.stdout).toContain(
      "not checked beforehand: what goes beyond the schema of the kind Widget, which comes with this deploy",
    );
    const changed = [definition(`${size}, colour: { type: string }`), widget("size: 9\n  colour: red")];
    const second = await app.deploy(changed);
    expect(second.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
    expect((await planOf(second)).changes.at(-1)).toMatchObject({
      object: "Widget/w",
      fields: [{ path: "spec.colour", after: "red" }],
      unchecked: expect.stringContaining("the new schema of the kind Widget"),
    });
    expect((await app.deploy(changed)).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
  });

  it.concurrent("tells what of a namespace could not be checked", async () => {
    const run = await world
      .app("fresh")
      .deploy([configMap("a", "k: v"), configMap("b", "k: v")], { "dry-run": "true" });
    expect(run.summary).toContain(
      "quotas, policies and permissions of the namespace fresh, which comes with this deploy (2 objects)".replace(
        /[()]/g,
        "\\$&",
      ),
    );
  });
});

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

describe("objects that belong to somebody else", () => {
  it.concurrent("are refused at their lines, and taken over where that is asked for", async () => {
    const [app, owner] = [world.app("adopting"), world.app("giving")];
    await owner.deploy([configMap("a", "k: theirs\n  gone: x"), configMap("rest", "k: v")]);
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
    const theirs = await owner.deploy([configMap("a", "k: theirs"), configMap("rest", "k: v")]);
    expect(errorsOf(theirs)).toEqual([expect.stringContaining('it belongs to the app "adopting"')]);
    const without = await owner.deploy([configMap("rest", "k: v")]);
    expect(without.outputs).toMatchObject({ outcome: "succeeded" });
    expect(without.stdout).toMatch(/skip +ConfigMap\/a +it belongs to adopting now/);
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

describe("replicas that an autoscaler chose", () => {
  const replicasOf = async (app: App): Promise<unknown> =>
    ((await app.get(apps, "deployments", "web"))?.spec as { replicas?: number } | undefined)?.replicas;
  const scale = (app: App, replicas: number): Promise<void> =>
    app.edit(
      { group: apps, plural: "deployments", name: "web/scale" },
      { spec: { replicas } },
      "kube-controller-manager",
    );

  it.concurrent("stay, whether the autoscaler is in the manifests or only in the cluster", async () => {
    const app = world.app("scaled");
    const web = (value: string): string =>
      deployment({ image: world.image, replicas: 1, container: `          workingDir: ${value}\n` });
    const hpa = autoscaler("web");
    await app.deploy([web("/"), hpa], { wait: "false" });
    await scale(app, 3);
    const run = await app.deploy([web("/tmp"), hpa], { wait: "false" });
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(run.stdout).not.toContain("spec.replicas");
    expect(await replicasOf(app)).toBe(3);
    const left = await app.deploy([web("/")], { wait: "false", prune: "false" });
    expect(left.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(3);
  });

  it("stay with KEDA too, which scales by an object of its own", async () => {
    const app = world.app("keda");
    await create("apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      metadata: { name: "scaledobjects.keda.sh" },
      spec: {
        group: "keda.sh",
        scope: "Namespaced",
        names: { kind: "ScaledObject", plural: "scaledobjects", singular: "scaledobject" },
        versions: [
          {
            name: "v1alpha1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    });
    await until("kind ScaledObject", () =>
      app.list("apis/keda.sh/v1alpha1", "scaledobjects").then(
        (found) => found,
        () => undefined,
      ),
    );
    const web = (value: string): string =>
      deployment({ image: world.image, replicas: 1, container: `          workingDir: ${value}\n` });
    const scaled = `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web }\nspec: { scaleTargetRef: { name: web } }\n`;
    await app.deploy([web("/"), scaled], { wait: "false" });
    await scale(app, 0);
    const run = await app.deploy([web("/tmp"), scaled], { wait: "false" });
    expect(errorsOf(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(0);
    // Taken out of the manifests, and left in the cluster.
    const left = await app.deploy([web("/")], { wait: "false", prune: "false" });
    expect(left.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(0);
  });
});

describe("images of the same owner", () => {
  it.concurrent("are all pinned, or named at their lines", async () => {
    const app = world.app("pinned");
    const digest = `sha256:${"1".repeat(64)}`;
    const images = { web: `r.test/acme/web@${digest}` };
    const side = `        - name: worker\n          image: r.test/acme/worker:v1\n`;
    await app.write({ "k8s/app.yaml": inNamespace("pinned", [deployment({ image: "web" }) + side]) });
    const run = await app.act("deploy-doks", { images: JSON.stringify(images) });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ Deployment\/web, container worker: no entry of "images" pins r.test\/acme\/worker, though it is in r.test\/acme/,
      ),
    ]);
  });
});
