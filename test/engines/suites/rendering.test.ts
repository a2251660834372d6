import { chmod, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createExec } from "../../../src/runner/exec.ts";
import type { MainRun } from "../../action-process.ts";
import { answering, deployment, job } from "../../scenarios/manifest-text.ts";
import { errorsOf, openWorld } from "../../scenarios/world.ts";
import type { App, World } from "../../scenarios/world.ts";
import { kubectlProgram } from "../clients/programs.ts";
import { helmProgram } from "../helm/program.ts";

let world: World;
let bin: string;
beforeAll(async () => {
  const workshop = {
    tell: () => undefined,
    exec: createExec({ env: process.env, signal: new AbortController().signal }),
  };
  const programs = Promise.all([helmProgram(workshop), kubectlProgram(workshop)]);
  [world, bin] = await Promise.all([openWorld(), mkdtemp(join(tmpdir(), "slipway-bin-"))]);
  await Promise.all((await programs).map((file, index) => symlink(file, join(bin, ["helm", "kubectl"][index] ?? ""))));
  await chmod(bin, 0o755);
});
afterAll(async () => {
  await world.close();
  await rm(bin, { recursive: true });
});

/** Deploys what the lines name, with nothing but real programs on PATH. */
function deploy(app: App, lines: string, inputs: Readonly<Record<string, string>> = {}): Promise<MainRun> {
  return app.act("deploy-doks", { manifests: lines, ...inputs }, { env: { PATH: `${bin}:/usr/bin:/bin` } });
}

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;

describe("deploy-doks renders Helm charts by Helm", () => {
  const chart = (): Record<string, string> => ({
    "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "chart/values.yaml": "replicas: 1\ntext: default\nlimits: {}\n",
    "chart/templates/web.yaml": `{{- if .Capabilities.APIVersions.Has "apps/v1/Deployment" }}\n${deployment({
      name: "{{ .Release.Name }}",
      image: world.image,
      script: answering('"{{ .Values.text }}"'),
    }).replace("replicas: 1", "replicas: {{ .Values.replicas }}")}{{- end }}\n`,
    "chart/templates/settings.yaml":
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata:\n  kubernetes: {{ .Capabilities.KubeVersion }}\n  home: "${HOME}"\n  password: {{ .Values.password | quote }}\n',
    "chart/templates/migrate.yaml": job({
      name: "migrate",
      image: world.image,
      script: 'console.log("migrated")',
      annotations: { "helm.sh/hook": "pre-install,pre-upgrade", "helm.sh/hook-weight": "-5" },
    }),
    "chart/templates/test.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: { name: try, annotations: { helm.sh/hook: test } }\nspec: { containers: [{ name: a, image: a }] }\n",
  });

  it("with values and hooks, and nothing of a password in what is printed", async () => {
    const app = world.app("charted");
    await app.write({ ...chart(), "ns.yaml": namespace("charted"), "prod.yaml": "replicas: 1\ntext: from-a-file\n" });
    const set = "text=from-a-line\npassword=hunter-22-hunter\n";
    const run = await deploy(app, "ns.yaml\nchart", { "helm-values": "prod.yaml", "helm-set": set });
    expect(errorsOf(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(run.stdout).toContain("Job/migrate-r1: completed");
    expect(run.stdout).toMatch(/Deployment\/charted +chart\/templates\/web\.yaml:2/);
    expect(run.stdout).not.toContain("hunter-22-hunter");
    const settings = await app.get("api/v1", "configmaps", "settings");
    expect(settings?.data).toEqual({
      kubernetes: expect.stringMatching(/^v1\.\d+/),
      home: "${HOME}",
      password: "hunter-22-hunter",
    });
    const live = await app.get("apis/apps/v1", "deployments", "charted");
    expect(JSON.stringify(live?.spec)).toContain("from-a-line");
    expect(await app.get("api/v1", "pods", "try")).toBeUndefined();
    const again = await deploy(app, "ns.yaml\nchart", { "helm-values": "prod.yaml", "helm-set": set });
    expect(again.outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
  });

  it("and tells what is wrong at the line of the template", async () => {
    const app = world.app("uncharted");
    const files = chart();
    const template = files["chart/templates/web.yaml"] ?? "";
    const line = template.split("\n").findIndex((text) => text.includes("replicas:")) + 1;
    await app.write({ ...files, "ns.yaml": namespace("uncharted") });
    const run = await deploy(app, "ns.yaml\nchart", { "helm-set": "replicas=-1" });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(new RegExp(`^chart/templates/web\\.yaml:${line} .*replicas`, "s")),
    ]);
    await app.write({ "chart/templates/bad.yaml": 'a: b\nc: {{ fail (printf "not %s" .Values.password) }}\n' });
    const failed = await deploy(app, "ns.yaml\nchart", { "helm-set": "password=hunter-22-hunter" });
    expect(errorsOf(failed)).toEqual([
      expect.stringMatching(/^chart\/templates\/bad\.yaml:2 helm template failed.*not \*\*\*/s),
    ]);
  });
});

describe("deploy-doks renders kustomizations by kubectl", () => {
  it("at the lines of their files", async () => {
    const app = world.app("patched");
    await app.write({
      "base/kustomization.yaml":
        "resources: [ns.yaml, web.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals: [colour=blue]\n",
      "base/ns.yaml": namespace("patched"),
      "base/web.yaml": deployment({ image: world.image, script: answering('"ok"') }).replace(
        "replicas: 1",
        "replicas: ${COUNT}",
      ),
      "prod/kustomization.yaml": "resources: [../base]\nnamespace: patched\nnameSuffix: -prod\n",
    });
    const line =
      1 +
      deployment({ image: world.image })
        .split("\n")
        .findIndex((text) => text.includes("replicas:"));
    const unset = await deploy(app, "prod");
    expect(errorsOf(unset)).toEqual([expect.stringContaining(`base/web.yaml:${line} \${COUNT} has no value`)]);
    const run = await deploy(app, "prod", { variables: "COUNT: 1" });
    expect(errorsOf(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(run.stdout).toMatch(/Deployment\/web-prod +base\/web\.yaml:1/);
    expect(run.stdout).toMatch(/ConfigMap\/settings-prod-\w+ +base\/kustomization\.yaml:3/);
  });
});

describe("deploy-doks keeps integers that JavaScript would round", () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: counters.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: counters, singular: counter, kind: Counter }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { start: { type: integer, format: int64 } } } } } }
`;
  const counter = (start: string): string =>
    `apiVersion: example.com/v1\nkind: Counter\nmetadata: { name: a }\nspec: { start: ${start} }\n`;

  it("through a deploy, one that changes nothing, one that changes the last digit, and back", async () => {
    const app = world.app("counted");
    const start = async (): Promise<string> =>
      JSON.stringify((await app.get("apis/example.com/v1", "counters", "a"))?.spec);
    const first = await app.deploy([definition, counter("9007199254740993")]);
    expect(errorsOf(first)).toEqual([]);
    expect(await start()).toBe('{"start":9007199254740993}');
    expect((await app.deploy([definition, counter("9007199254740993")])).outputs).toMatchObject({ changed: "false" });
    const second = await app.deploy([definition, counter("9007199254740992")]);
    expect(second.outputs).toMatchObject({ outcome: "succeeded", revision: "2", changed: "true" });
    expect(second.stdout).toContain("spec.start: 9007199254740993 → 9007199254740992");
    expect(await start()).toBe('{"start":9007199254740992}');
    const back = await app.act("rollback", { to: "1" });
    expect(back.outputs).toMatchObject({ outcome: "succeeded" });
    expect(await start()).toBe('{"start":9007199254740993}');
  });
});
