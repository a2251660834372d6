import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PlanDocument } from "../../src/release/plan/plan-document.ts";
import type { MainRun } from "../action-process.ts";
import { configMap, deployment, service, statefulSet } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const core = "api/v1";

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
