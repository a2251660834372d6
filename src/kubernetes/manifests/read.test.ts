import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { createExec } from "../../runner/exec.ts";
import type { ManifestSet } from "./manifest.ts";
import { readManifests } from "./read.ts";

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-read-")));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(join(folder, "bin"), { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A program on PATH, in the place of one that renders: a few lines of JavaScript. */
function install(name: string, script: string): void {
  write({ [`bin/${name}`]: `#!${process.execPath}\nconst { argv, stdin, stdout, stderr } = process;\n${script}\n` });
  chmodSync(join(folder, "bin", name), 0o755);
}

interface Given {
  readonly lines: readonly string[];
  readonly values?: readonly string[];
  readonly set?: readonly string[];
}

function read({ lines, values = [], set = [] }: Given): Promise<ManifestSet> {
  const { signal } = new AbortController();
  return readManifests({
    lines,
    workspace: folder,
    variables: new Map([["REPLICAS", "3"]]),
    exec: createExec({ env: { PATH: join(folder, "bin"), HOME: folder, INPUT_HELM_SET: "hunter22" }, signal }),
    signal,
    helm: {
      release: "shop",
      namespace: "store",
      values,
      set,
      capabilities: () => Promise.resolve({ kubernetes: "v1.34.4", apiVersions: ["apps/v1", "apps/v1/Deployment"] }),
    },
  });
}

/** Each object, and the lines of some of its fields. */
function places({ manifests }: ManifestSet, ...paths: readonly (readonly (string | number)[])[]): unknown[] {
  return manifests.map(({ object, source }) => {
    return [
      `${object.kind}/${object.metadata.name}`,
      `${source.file}:${source.line}`,
      ...paths.map((path) => source.locate(path)),
    ];
  });
}

const container = ["spec", "template", "spec", "containers"];
const deployment = (name: string, replicas: string, containers: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n${containers}`;

describe("readManifests() reads a Helm chart", () => {
  const template = `# What runs.\n{{- if .Values.on }}\n${deployment("{{ .Release.Name }}", "{{ .Values.replicas }}", "        - name: web\n          image: {{ .Values.image }}\n        {{- with .Values.more }}\n        {{- toYaml . | nindent 8 }}\n        {{- end }}\n        - name: proxy\n          image: proxy\n")}{{- end }}\n`;
  const chart = { "chart/Chart.yaml": "name: web\n", "chart/templates/web.yaml": template };
  const rendered = `---\n# Source: web/templates/web.yaml\n${deployment("shop", "2", "        - name: web\n          image: i\n        - name: added\n          image: a\n        - name: proxy\n          image: proxy\n          command: [sh, -c, 'echo ${HOME}']\n")}`;

  /** A Helm that keeps what it is called with, and answers with a rendering. */
  function installHelm(answer: string): void {
    write({ "rendered.yaml": answer });
    install(
      "helm",
      `const fs = require("node:fs");
       const call = { argv: argv.slice(2), env: process.env, input: fs.readFileSync(0, "utf8") };
       fs.writeFileSync(${JSON.stringify(join(folder, "call.json"))}, JSON.stringify(call));
       stdout.write(fs.readFileSync(${JSON.stringify(join(folder, "rendered.yaml"))}));`,
    );
  }

  async function call(): Promise<{ argv: string[]; env: Record<string, string>; input: string }> {
    const { readFile } = await import("node:fs/promises");
    return JSON.parse(await readFile(join(folder, "call.json"), "utf8")) as {
      argv: string[];
      env: Record<string, string>;
      input: string;
    };
  }

  it("with the cluster's versions, and values that only its standard input shows", async () => {
    write({
      ...chart,
      "one.yaml": "a: { b: 1, c: 2 }\nd: [1]\nbig: 9007199254740993\n",
      "two.yaml": "a: { b: 3 }\nd: [2]\ngone: ~\n",
    });
    installHelm(rendered);
    const { problems } = await read({
      lines: ["chart"],
      values: ["one.yaml", "two.yaml"],
      set: ["a.c=hunter22", "d[1]=3"],
    });
    expect(problems).toEqual([]);
    const { argv, env, input } = await call();
    expect(argv.join(" ")).toBe(
      `template --namespace store --include-crds --values - --kube-version v1.34.4 --api-versions apps/v1 --api-versions apps/v1/Deployment -- shop ${join(folder, "chart")}`,
    );
    expect(input).toBe('{"a":{"b":3,"c":"hunter22"},"d":[2,3],"big":9007199254740993,"gone":null}');
    expect(JSON.stringify(env)).not.toContain("hunter22");
  });

  it("at the lines of its templates, and leaves ${NAME} in them alone", async () => {
    write(chart);
    installHelm(rendered);
    const read1 = await read({ lines: ["chart"] });
    expect(read1.problems).toEqual([]);
    const fields = [
      ["spec", "replicas"],
      [...container, 0, "image"],
      [...container, 1, "image"],
      [...container, 2, "image"],
    ];
    // What `toYaml` brings stands nowhere: then the list's line has to do.
    expect(places(read1, ...fields)).toEqual([["Deployment/shop", "chart/templates/web.yaml:3", 8, 13, 11, 18]]);
  });

  it("with the problems of a rendering in its templates", async () => {
    write(chart);
    installHelm(rendered.replace("  name: shop", "  name: shop\n  name: shop"));
    expect((await read({ lines: ["chart"] })).problems).toMatchObject([
      { message: 'the key "name" is there twice', file: "chart/templates/web.yaml", line: 3 },
    ]);
  });

  it("and tells what Helm says, at the template, without the values", async () => {
    write(chart);
    install(
      "helm",
      `stderr.write("Error: execution error at (web/templates/web.yaml:7:3): no hunter22 here\\n"); process.exit(1)`,
    );
    const { problems } = await read({ lines: ["chart"], set: ["password=hunter22"] });
    expect(problems).toEqual([
      {
        message: "helm template failed: execution error at (web/templates/web.yaml:7:3): no *** here",
        file: "chart/templates/web.yaml",
        line: 7,
      },
    ]);
  });

  it.each<[string, Partial<Given>, Record<string, unknown>]>([
    [
      "there is no Helm",
      {},
      { message: "this is a Helm chart, and there is no helm on PATH", file: "chart/Chart.yaml", line: 1 },
    ],
    [
      "a file of values is missing",
      { values: ["nope.yaml"] },
      { message: expect.stringContaining("Input helm-values: cannot read nope.yaml") },
    ],
    [
      "a line sets nothing",
      { set: ["a=1", "hunter22"] },
      { message: expect.stringContaining("Input helm-set, line 2") },
    ],
    [
      "values go with no chart",
      { lines: ["plain.yaml"], set: ["a=1"] },
      { message: expect.stringContaining("names no Helm chart") },
    ],
  ])("and says that %s", async (_name, given, problem) => {
    write({ ...chart, "plain.yaml": deployment("a", "1", "        - name: a\n") });
    expect((await read({ lines: ["chart"], ...given })).problems).toEqual([expect.objectContaining(problem)]);
  });
});

describe("readManifests() reads a kustomization", () => {
  const files = {
    "k/prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\n",
    "k/base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator:\n  - name: other\n  - name: settings\n",
    "k/base/web.yaml": deployment("web", "${REPLICAS}", "        - name: web\n          image: i\n"),
  };
  const built = (note: (path: string) => string): string =>
    [
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: prod-settings-4h2mb\n${note("configuredIn: ../base/kustomization.yaml")}`,
      deployment(
        "prod-web",
        "${REPLICAS}",
        "        - name: sidecar\n          image: s\n        - name: web\n          image: i\n",
      ).replace("spec:", `${note("path: ../base/web.yaml")}spec:`),
    ].join("---\n");

  /** A kustomize that gives one answer for the folder, and one with origins for a kustomization around it, in a folder beside it. */
  function installKustomize(name: string, change = (text: string) => text): void {
    const origins = (text: string): string => `  annotations:\n    config.kubernetes.io/origin: |\n      ${text}\n`;
    const answers = [built(() => ""), built(origins)].map((text) => JSON.stringify(change(text)));
    install(
      name,
      `const fs = require("node:fs"), path = require("node:path");
       const folder = argv.at(-1), text = fs.readFileSync(path.join(folder, "kustomization.yaml"), "utf8");
       if (argv[2] !== ${JSON.stringify(name === "kubectl" ? "kustomize" : "build")}) process.exit(2);
       const base = path.resolve(folder, /^resources: \\["(.*)"\\]\\nbuildMetadata: \\[originAnnotations\\]/.exec(text)?.[1] ?? "nowhere");
       const way = path.relative(folder, path.join(base, "../base"));
       stdout.write(base.endsWith("prod") ? ${answers[1] ?? ""}.replaceAll("../base", way) : ${answers[0] ?? ""});`,
    );
  }

  it.each(["kustomize", "kubectl"])("by %s, at the lines of its files, variables substituted", async (name) => {
    write(files);
    installKustomize(name);
    const set = await read({ lines: ["k/prod"] });
    expect(set.problems).toEqual([]);
    const fields = [
      ["spec", "replicas"],
      [...container, 0, "image"],
      [...container, 1, "image"],
    ];
    expect(places(set, ...fields)).toEqual([
      ["ConfigMap/prod-settings-4h2mb", "k/base/kustomization.yaml:4", 4, 4, 4],
      // The sidecar is a patch's.
      ["Deployment/prod-web", "k/base/web.yaml:1", 6, 9, 11],
    ]);
    expect(set.manifests[1]?.object).toMatchObject({ spec: { replicas: 3 }, metadata: { name: "prod-web" } });
  });

  it("with an unknown variable at the line of the file that it stands in", async () => {
    write({ ...files, "k/base/web.yaml": files["k/base/web.yaml"].replace("REPLICAS", "COUNT") });
    installKustomize("kustomize", (text) => text.replaceAll("REPLICAS", "COUNT"));
    expect((await read({ lines: ["k/prod"] })).problems).toMatchObject([
      { message: "${COUNT} has no value", file: "k/base/web.yaml", line: 6 },
    ]);
  });

  it("and tells what kustomize says, or that there is none", async () => {
    write(files);
    const missing = {
      message: expect.stringContaining("neither kustomize nor kubectl"),
      file: "k/prod/kustomization.yaml",
      line: 1,
    };
    expect((await read({ lines: ["k/prod"] })).problems).toEqual([expect.objectContaining(missing)]);
    install("kustomize", `stderr.write("Error: no matches for Id Deployment\\n"); process.exit(1)`);
    const failed = {
      message: "kustomize cannot build it: no matches for Id Deployment",
      file: "k/prod/kustomization.yaml",
      line: 1,
    };
    expect((await read({ lines: ["k/prod"] })).problems).toEqual([failed]);
  });
});

it("readManifests() says of a template of a chart what it is", async () => {
  write({ "t.yaml": "a: b\n{{- if .Values.x }}\nc: d\n{{- end }}\n" });
  expect((await read({ lines: ["t.yaml"] })).problems[0]).toMatchObject({
    file: "t.yaml",
    hint: expect.stringContaining("template of a Helm chart"),
  });
});
