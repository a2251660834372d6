import { describe, expect, it } from "@jest/globals";
import { deployment, discovery, object } from "../../../test/build/objects.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { podTemplateOf } from "../../kubernetes/pod-template.ts";
import type { ReleaseObject } from "../../release/release-object.ts";
import { configHashAnnotation } from "./config-hash.ts";
import { prepareRelease } from "./prepare.ts";
import type { PrepareOptions } from "./prepare.ts";
import { secretObjects } from "./secrets.ts";

const digest = `sha256:${"a".repeat(64)}`;

function prepare(
  objects: readonly KubernetesObject[],
  rest: Partial<PrepareOptions> = {},
): ReturnType<typeof prepareRelease> {
  const manifests = structuredClone(objects).map((each, index) => ({
    object: each,
    source: { file: "app.yaml", line: index + 1, locate: () => index + 1 },
  }));
  return prepareRelease({
    app: "shop",
    namespace: "shop",
    discovery,
    manifests,
    secrets: [],
    images: {},
    autoscalers: [],
    ...rest,
  });
}

const imagesOf = ({ objects }: { objects: ReleaseObject[] }): (string | undefined)[] =>
  objects.flatMap(({ object: each }) => {
    const spec = podTemplateOf(each)?.spec;
    return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ image }) => image);
  });

describe("prepareRelease() pins images", () => {
  it.each([
    ["by repository", "registry.test:5000/acme/server:v1", "registry.test:5000/acme/server"],
    ["by bare name", "server", "elsewhere.test/team/server"],
    ["by bare name with a tag", "docker.io/acme/server:1.2", "elsewhere.test/team/server"],
    ["over an older digest", `elsewhere.test/team/server@sha256:${"b".repeat(64)}`, "elsewhere.test/team/server"],
  ])("%s", (_name, image, repository) => {
    const prepared = prepare([deployment("d", { containers: [{ name: "app", image }] })], {
      images: { server: `${repository}@${digest}` },
    });
    expect(prepared.problems).toEqual([]);
    expect(imagesOf(prepared)).toEqual([`${repository}@${digest}`]);
  });

  it("in init containers and CronJobs too, and leaves other images alone", () => {
    const pod = { initContainers: [{ name: "i", image: "server" }], containers: [{ name: "c", image: "redis:7" }] };
    const cron = object("CronJob", "c", { spec: { jobTemplate: { spec: { template: { spec: pod } } } } });
    expect(imagesOf(prepare([cron], { images: { server: `r.test/server@${digest}` } }))).toEqual([
      `r.test/server@${digest}`,
      "redis:7",
    ]);
  });

  it("names an entry that no container uses, and what was likely meant", () => {
    const { problems } = prepare([deployment("d", { containers: [{ name: "app", image: "acme/server" }] })], {
      images: { sever: `r.test/x@${digest}` },
    });
    expect(problems).toEqual([
      { message: 'images: no container of the manifests uses the image "sever"', hint: 'did you mean "server"?' },
    ]);
  });
});

describe("prepareRelease() finds kinds and namespaces", () => {
  it("names an unknown kind at its line, and the nearest", () => {
    expect(prepare([object("Deploymnet", "d")]).problems).toEqual([
      expect.objectContaining({
        message: "the cluster knows no Deploymnet in v1",
        hint: expect.stringContaining("Deployment"),
        line: 1,
      }),
    ]);
  });

  it("names both places of an object that is there twice", () => {
    expect(prepare([object("ConfigMap", "a"), object("Secret", "a"), object("ConfigMap", "a")]).problems).toEqual([
      { message: "ConfigMap/a is there twice: first at app.yaml:1, then at app.yaml:3", file: "app.yaml", line: 3 },
    ]);
  });

  it("puts namespaced objects without a namespace into the release's, and takes it off cluster-scoped ones", () => {
    const bare = { ...object("ConfigMap", "a"), metadata: { name: "a" } };
    const { objects } = prepare([
      bare,
      { ...bare, metadata: { name: "b", namespace: "other" } },
      object("Namespace", "shop"),
    ]);
    expect(objects.map((each) => each.object.metadata.namespace)).toEqual(["shop", "other", undefined]);
  });

  it("knows the kinds that a CustomResourceDefinition of the same deploy brings", () => {
    const names = { kind: "Widget", plural: "widgets" };
    const crd = object("ConfigMap", "widgets.acme.test", {
      spec: { group: "acme.test", scope: "Cluster", names, versions: [{ name: "v1" }] },
    });
    const widget = { ...object("Widget", "w"), apiVersion: "acme.test/v1" };
    const definition = { ...crd, kind: "CustomResourceDefinition", apiVersion: "apiextensions.k8s.io/v1" };
    const { objects, problems } = prepare([definition, widget]);
    expect(problems.map(({ message }) => message)).toEqual([
      "the cluster knows no CustomResourceDefinition in apiextensions.k8s.io/v1",
    ]);
    expect(objects[0]?.kind).toMatchObject({ kind: "Widget", plural: "widgets", namespaced: false });
  });
});

describe("prepareRelease() labels objects", () => {
  it("with the app, but not what several apps may share", () => {
    const { objects } = prepare([object("Namespace", "shop"), object("ConfigMap", "a", {})]);
    expect(objects.map((each) => each.object.metadata.labels)).toEqual([
      { "app.kubernetes.io/managed-by": "slipway" },
      { "app.kubernetes.io/managed-by": "slipway", "slipway.dev/app": "shop" },
    ]);
  });
});

describe("prepareRelease() hashes the configuration that pods read", () => {
  const reads = {
    env: {
      containers: [{ name: "app", env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "c", key: "a" } } }] }],
    },
    envFrom: { containers: [{ name: "app", envFrom: [{ configMapRef: { name: "c" } }] }] },
    volume: { containers: [], volumes: [{ configMap: { name: "c" } }] },
    projected: { containers: [], volumes: [{ projected: { sources: [{ configMap: { name: "c" } }] } }] },
    nothing: { containers: [{ name: "app" }] },
    "another one": { containers: [{ name: "app", envFrom: [{ configMapRef: { name: "elsewhere" } }] }] },
  };
  const hashOf = (pod: Record<string, unknown>, data: Record<string, string>): string | undefined => {
    const { objects } = prepare([object("ConfigMap", "c", { data }), deployment("d", pod)]);
    return podTemplateOf(objects[1]?.object ?? object("x", "x"))?.metadata?.annotations?.[configHashAnnotation];
  };

  it.each(["env", "envFrom", "volume", "projected"] as const)("by %s", (way) => {
    const before = hashOf(reads[way], { a: "1", b: "2" });
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf(reads[way], { b: "2", a: "1" })).toBe(before);
    expect(hashOf(reads[way], { a: "2", b: "2" })).not.toBe(before);
  });

  it.each(["nothing", "another one"] as const)("and rolls no pod that reads %s", (way) => {
    expect(hashOf(reads[way], { a: "1" })).toBeUndefined();
  });
});

describe("prepareRelease() leaves replicas to autoscalers", () => {
  const scaler = (name: string, target: string): KubernetesObject =>
    object("HorizontalPodAutoscaler", name, {
      spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target } },
    });

  it("of the release and of the cluster", () => {
    const { objects } = prepare([deployment("a"), deployment("b"), deployment("c"), scaler("ha", "a")], {
      autoscalers: [scaler("hb", "b")],
    });
    expect(objects.map(({ autoscaledBy }) => autoscaledBy)).toEqual(["ha", "hb", undefined, undefined]);
  });
});

describe("secretObjects()", () => {
  const decode = (it: KubernetesObject | undefined): Record<string, string> =>
    Object.fromEntries(
      Object.entries((it?.data ?? {}) as Record<string, string>).map(([k, text]) => [
        k,
        Buffer.from(text, "base64").toString(),
      ]),
    );

  it("makes Secrets of literals and env files", () => {
    const { objects, problems } = secretObjects(
      [{ name: "s", data: { A: "x=1" }, "from-env-file": '# c\n\nB="q"\r\n  C=\n' }],
      undefined,
    );
    expect(problems).toEqual([]);
    expect(objects[0]).toMatchObject({ kind: "Secret", type: "Opaque", metadata: { name: "s" } });
    expect(decode(objects[0])).toEqual({ A: "x=1", B: '"q"', C: "" });
  });

  it("makes a pull secret for the registry", () => {
    const { objects } = secretObjects([{ name: "p", registry: "docr" }], {
      host: "r.test",
      username: "u",
      password: "p",
    });
    expect(objects[0]).toMatchObject({ type: "kubernetes.io/dockerconfigjson" });
    expect(JSON.parse(decode(objects[0])[".dockerconfigjson"] ?? "")).toEqual({
      auths: { "r.test": { username: "u", password: "p", auth: Buffer.from("u:p").toString("base64") } },
    });
  });

  it("never shows a value in what it says is wrong", () => {
    const { problems } = secretObjects(
      [{ name: "s", "from-env-file": "hunter2" }, { name: "t" }, { name: "u", data: { "a b": "hunter2" } }],
      undefined,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      "secrets, s: line 1 of from-env-file is not KEY=value",
      "secrets, s: it holds nothing: give data, from-env-file or registry",
      "secrets, t: it holds nothing: give data, from-env-file or registry",
      'secrets, u: "a b" is no key of a Secret: letters, digits, - _ and . are',
    ]);
  });
});
