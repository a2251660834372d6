import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MainRun } from "../action-process.ts";
import { configMap, deployment, manifests } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Case {
  readonly files?: Record<string, string>;
  readonly inputs?: Record<string, string>;
  /** The one annotation there has to be. */
  readonly message: RegExp;
  readonly at?: string;
}

const good = configMap("a", "k: v");
const digest = `sha256:${"0".repeat(64)}`;

async function deploy({ files = { "k8s/app.yaml": manifests(good) }, inputs = {} }: Case): Promise<MainRun> {
  await world.write({ "k8s/app.yaml": "", ...files });
  return world.act("deploy-doks", inputs);
}

/** Everything that a deploy could have written: nothing but what every cluster has. */
async function written(): Promise<string[]> {
  const namespaces = await world.api.request<{ items: { metadata: { name: string } }[] }>({
    method: "GET",
    path: "/api/v1/namespaces",
  });
  return namespaces.items.map(({ metadata }) => metadata.name).filter((name) => name === "shop");
}

describe("deploy-doks says what is wrong in one message, and writes nothing", () => {
  it.each<[string, Case | (() => Case)]>([
    [
      "YAML that does not parse",
      { files: { "k8s/app.yaml": "a: [1\n" }, message: /not valid YAML/, at: "k8s/app.yaml:2" },
    ],
    [
      "an unknown kind",
      {
        files: { "k8s/app.yaml": manifests(good.replace("ConfigMap", "ConfigMpa")) },
        message: /knows no ConfigMpa.*did you mean ConfigMap/s,
        at: "k8s/app.yaml:6",
      },
    ],
    [
      "a kind of an API that is gone",
      {
        files: { "k8s/app.yaml": manifests("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: i }\n") },
        message: /did you mean Ingress in networking.k8s.io\/v1/s,
        at: "k8s/app.yaml:6",
      },
    ],
    [
      "an unknown field",
      () => ({
        files: {
          "k8s/app.yaml": manifests(deployment({ image: world.image, container: "          imagePolicy: Always\n" })),
        },
        message: /there is no field spec\.template\.spec\.containers\[0\]\.imagePolicy/,
        at: "k8s/app.yaml:23",
      }),
    ],
    [
      "a field of the wrong type",
      () => ({
        files: {
          "k8s/app.yaml": manifests(deployment({ image: world.image }).replace("replicas: 1", "replicas: one")),
        },
        message: /Deployment\/web: .*replicas/s,
      }),
    ],
    [
      "an object twice",
      {
        files: { "k8s/app.yaml": manifests(good, good) },
        message: /ConfigMap\/a is there twice: first at k8s\/app.yaml:6, then at k8s\/app.yaml:13/,
        at: "k8s/app.yaml:13",
      },
    ],
    [
      "an unset variable",
      {
        files: { "k8s/app.yaml": manifests(configMap("a", "k: ${IMGE}")) },
        inputs: { variables: "IMAGE: x" },
        message: /\$\{IMGE\} has no value.*did you mean \$\{IMAGE\}/s,
        at: "k8s/app.yaml:11",
      },
    ],
    [
      "a missing file",
      { inputs: { manifests: "k8s/ap.yaml" }, message: /there is no k8s\/ap.yaml .*did you mean k8s\/app.yaml/ },
    ],
    ["a glob that matches nothing", { inputs: { manifests: "k8s/*.yml" }, message: /no file matches k8s\/\*\.yml/ }],
    [
      "a kubeconfig that runs a program",
      {
        inputs: { kubeconfig: kubeconfig("exec: { command: sh, apiVersion: client.authentication.k8s.io/v1 }") },
        message: /exec/,
      },
    ],
    [
      "a kubeconfig that names files",
      { inputs: { kubeconfig: kubeconfig("client-certificate: /etc/cert.pem") }, message: /client-certificate/ },
    ],
    [
      "a wrong token",
      () => ({
        inputs: { kubeconfig: world.kubeconfig.replace(/token: .*/, "token: wrong-token") },
        message: /Unauthorized/,
      }),
    ],
    [
      "a cluster that does not exist",
      () => ({
        inputs: { kubeconfig: "", cluster: "sandbx", "digitalocean-token": world.outside.digitaloceanToken },
        message: /no cluster of that name.*Did you mean sandbox/s,
      }),
    ],
    [
      "a wrong DigitalOcean token",
      {
        inputs: { kubeconfig: "", cluster: "sandbox", "digitalocean-token": "dop_v1_wrong" },
        message: /digitalocean-token|token/,
      },
    ],
    [
      "an image that is not in its registry",
      () => {
        const image = `${world.outside.registry}/library/node@${digest}`;
        return {
          files: { "k8s/app.yaml": manifests(deployment({ image: "node" })) },
          inputs: { images: JSON.stringify({ node: image }) },
          message: /has no image sha256:0000/,
          at: "k8s/app.yaml:19",
        };
      },
    ],
    [
      "an image that no container uses",
      {
        inputs: { images: JSON.stringify({ web: `r.test/web@${digest}` }) },
        message: /no container of the manifests uses the image "web"/,
      },
    ],
    [
      "an unknown key of an input",
      { inputs: { secrets: "- { name: s, dat: { a: b } }" }, message: /the key dat is not known.*Did you mean data/s },
    ],
    [
      "a boolean that is none",
      { inputs: { prune: "yes" }, message: /Input prune is neither true nor false: got "yes"/ },
    ],
    ["a duration that is none", { inputs: { timeout: "10" }, message: /Input timeout is not a duration: got "10"/ }],
    ["no way to a cluster", { inputs: { kubeconfig: "" }, message: /neither cluster nor kubeconfig was given/ }],
    ["a namespace that does not exist", { files: { "k8s/app.yaml": good }, message: /namespace.*does not exist/ }],
  ])("%s", async (_name, given) => {
    const wanted = typeof given === "function" ? given() : given;
    const run = await deploy(wanted);
    const errors = run.annotations.filter(({ level }) => level === "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(wanted.message);
    if (wanted.at !== undefined) expect(`${errors[0]?.file ?? ""}:${errors[0]?.line ?? ""}`).toBe(wanted.at);
    expect(run.exitCode).toBe(1);
    expect(run.outputs.outcome).toBe("failed");
    expect(run.stdout).not.toContain("bug in Slipway");
    expect(await written()).toEqual([]);
  });

  it("tells several problems at once, each at its place", async () => {
    const run = await deploy({
      files: {
        "k8s/app.yaml": manifests(configMap("a", "k: ${ONE}"), configMap("b", "k: ${TWO}")),
        "k8s/b.yaml": "kind: Pod\n",
      },
      message: /./,
    });
    expect(run.annotations.map(({ file, line }) => `${file ?? ""}:${line ?? ""}`)).toEqual([
      "k8s/app.yaml:11",
      "k8s/app.yaml:18",
      "k8s/b.yaml:1",
    ]);
    expect(run.summary).toMatch(/^## ❌ Deploy of shop: failed in /);
    for (const place of ["k8s/app.yaml:11", "k8s/app.yaml:18", "k8s/b.yaml:1"])
      expect(run.summary).toContain(`- \`${place}\` `);
    await world.write({ "k8s/b.yaml": "" });
  });
});

function kubeconfig(user: string): string {
  return `apiVersion: v1
kind: Config
current-context: c
contexts: [{ name: c, context: { cluster: k, user: u } }]
clusters: [{ name: k, cluster: { server: "https://127.0.0.1:1" } }]
users: [{ name: u, user: { ${user} } }]
`;
}
