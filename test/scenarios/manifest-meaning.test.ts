import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configMap } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
let bin: string;
beforeAll(async () => {
  [world, bin] = await Promise.all([openWorld(), mkdtemp(join(tmpdir(), "slipway-bin-"))]);
});
afterAll(async () => {
  await world.close();
  await rm(bin, { recursive: true });
});

/** A program of that name for a PATH of its own: it keeps its arguments and its input in a file, and answers with a text. */
async function standIn(name: string, answer: string): Promise<{ path: string; calls: () => Promise<string> }> {
  const folder = join(bin, `${name}-${answer.length}`);
  await mkdir(folder);
  const log = join(folder, "calls");
  const script = `#!${process.execPath}
    const fs = require("node:fs");
    fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify([process.argv.slice(2), fs.readFileSync(0, "utf8")]) + "\\n");
    process.stdout.write(${JSON.stringify(answer)});\n`;
  await writeFile(join(folder, name), script, { mode: 0o755 });
  return { path: `${folder}:/usr/bin:/bin`, calls: () => readFile(log, "utf8") };
}

const idle = (name: string, spec: string): string =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 0
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: ${spec}
`;

describe("deploy-doks reads manifests as kubectl does", () => {
  it.concurrent("octal modes, merges, and JSON lists that follow each other", async () => {
    const app = world.app("meant");
    const volumes =
      "[{ name: v, configMap: { name: one, defaultMode: 0644 } }, { name: w, secret: { secretName: s, defaultMode: 0o400 } }]";
    const web = idle(
      "web",
      `{ containers: [{ name: a, image: ${world.image}, env: [{ name: "ON", value: "on" }] }], volumes: ${volumes} }`,
    );
    const item = (name: string): object => ({ metadata: { name }, data: { name } });
    const list = (...names: string[]): string =>
      JSON.stringify({ apiVersion: "v1", kind: "ConfigMapList", items: names.map(item) }, undefined, "\t");
    const merged = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: merged }\ndata:\n  <<: { yes: "1", b: "2" }\n  b: "3"\n`;
    await app.write({ "k8s/lists.json": `${list("one", "two")}\n${list("three")}\n` });
    const objects = [web, merged];
    const first = await app.deploy(objects);
    expect(errorsOf(first)).toEqual([]);
    expect(first.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    const live = await app.get("apis/apps/v1", "deployments", "web");
    const { volumes: made } = (live?.spec as { template: { spec: { volumes: object[] } } }).template.spec;
    expect(made).toEqual([
      { name: "v", configMap: { name: "one", defaultMode: 420 } },
      { name: "w", secret: { secretName: "s", defaultMode: 256 } },
    ]);
    expect((await app.get("api/v1", "configmaps", "merged"))?.data).toEqual({ true: "1", b: "3" });
    expect((await app.get("api/v1", "configmaps", "three"))?.data).toEqual({ name: "three" });
    expect((await app.deploy(objects)).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
  });

  it.concurrent("and tells one thing of a bomb, at its line, with nothing written", async () => {
    const app = world.app("bombed");
    const bomb = Array.from(
      { length: 9 },
      (_, i) => `  x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(", ")}]\n`,
    ).join("");
    const run = await app.deploy([`${configMap("bomb", "x0: &x0 x")}${bomb}`]);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/^k8s\/app\.yaml:1\d the file's aliases expand to more than 200000 values/),
    ]);
    expect(await app.history()).toEqual([]);
  });
});

describe("deploy-doks renders folders that are for other tools", () => {
  it.concurrent(
    "a chart: its values on standard input only, its hooks as Slipway's, problems at its templates",
    async () => {
      const app = world.app("rendered");
      const answer = `---\n# Source: web/templates/all.yaml\n${configMap("settings", "home: ${HOME}")}---\n# Source: web/templates/all.yaml\n${configMap("needed", "a: b").replace("  name: needed", "  name: needed\n  annotations: { helm.sh/hook: pre-install }")}`;
      const helm = await standIn("helm", answer);
      await app.write({
        "ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: { name: rendered }\n",
        "chart/Chart.yaml": "name: web\n",
        "chart/templates/all.yaml": "{{ if true }}\n" + answer,
        "values.yaml": "a: { b: 1 }\n",
      });
      const inputs = { manifests: "ns.yaml\nchart", "helm-values": "values.yaml", "helm-set": "a.c=hunter-22-hunter" };
      const run = await app.act("deploy-doks", inputs, { env: { PATH: helm.path } });
      expect(errorsOf(run)).toEqual([]);
      expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
      expect(run.stdout).toMatch(/ConfigMap\/settings +chart\/templates\/all\.yaml:4/);
      const [argv, input] = JSON.parse(await helm.calls()) as [string[], string];
      expect(argv.slice(0, 6)).toEqual(["template", "--namespace", "rendered", "--include-crds", "--values", "-"]);
      expect(argv).toContain("apps/v1/Deployment");
      expect(argv.join(" ")).not.toContain("hunter-22-hunter");
      expect(JSON.parse(input)).toEqual({ a: { b: 1, c: "hunter-22-hunter" } });
      expect((await app.get("api/v1", "configmaps", "settings"))?.data).toEqual({ home: "${HOME}" });
      expect((await app.get("api/v1", "configmaps", "needed"))?.metadata.annotations).toBeUndefined();
    },
  );

  it.concurrent("a kustomization, with variables; and says what is missing", async () => {
    const app = world.app("built");
    const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: { name: built }\n---\n";
    const kustomize = await standIn("kustomize", `${namespace}${configMap("settings", "colour: ${COLOUR}")}`);
    await app.write({ "prod/kustomization.yaml": "resources: [settings.yaml]\n" });
    const none = await app.act("deploy-doks", { manifests: "prod" }, { env: { PATH: "/nowhere" } });
    expect(errorsOf(none)).toEqual([
      expect.stringMatching(/^prod\/kustomization\.yaml:1 .*neither kustomize nor kubectl/),
    ]);
    const inputs = { manifests: "prod", variables: "COLOUR: blue" };
    const run = await app.act("deploy-doks", inputs, { env: { PATH: kustomize.path } });
    expect(errorsOf(run)).toEqual([]);
    expect((await app.get("api/v1", "configmaps", "settings"))?.data).toEqual({ colour: "blue" });
  });
});
