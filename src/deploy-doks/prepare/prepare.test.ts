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
      {
        message: 'images: no container of the manifests uses the image "sever"',
        hint: 'did you mean "server"?',
        file: "app.yaml",
        line: 1,
      },
    ]);
  });

  const rollout = (spec: object): KubernetesObject => ({
    ...object("Rollout", "r", { spec }),
    apiVersion: "argoproj.io/v1alpha1",
  });
  const valuesIn = (value: unknown): unknown[] =>
    value !== null && typeof value === "object" ? Object.values(value).flatMap(valuesIn) : [value];

  it.each<[string, object]>([
    [
      "the containers of its pod template",
      { template: { spec: { containers: [{ name: "c", image: "acme/server:v1" }] } } },
    ],
    ["a field of its own", { image: "r.test/acme/server:v1" }],
    ["a field of its own by another name", { instances: 3, imageName: "server" }],
    ["a list at any depth", { pipeline: { steps: [{ run: "x", image: "server" }] } }],
  ])("in a custom resource: %s", (_name, spec) => {
    const pinned = `r.test/acme/server@${digest}`;
    const { objects, problems } = prepare([rollout(spec)], { images: { server: pinned } });
    expect(problems).toEqual([]);
    expect(valuesIn(objects[0]?.object.spec)).toContain(pinned);
  });

  it("in image volumes", () => {
    const pinned = `r.test/acme/server@${digest}`;
    const given = deployment("d", { containers: [], volumes: [{ name: "v", image: { reference: "server" } }] });
    const { objects } = prepare([given], { images: { server: pinned } });
    expect(valuesIn(objects[0]?.object.spec)).toContain(pinned);
  });

  it.each<[string, string, string | undefined]>([
    ["of the same namespace by a tag", "r.test/acme/worker:v3", "r.test/acme"],
    ["of the same namespace without a tag", "r.test/acme/jobs/worker", "r.test/acme"],
    ["of the same namespace by its digest", `r.test/acme/worker@sha256:${"b".repeat(64)}`, undefined],
    ["of another namespace", "r.test/acmes/worker:v3", undefined],
    ["of another registry", "acme/worker:v3", undefined],
  ])("and says of an image %s whether it should be pinned too", (_name, image, home) => {
    const { problems } = prepare(
      [
        deployment("d", {
          containers: [
            { name: "w", image },
            { name: "s", image: "server" },
          ],
        }),
      ],
      {
        images: { server: `r.test/acme/server@${digest}` },
      },
    );
    expect(problems.map(({ message, line }) => [message, line])).toEqual(
      home === undefined
        ? []
        : [
            [
              `Deployment/d, container w: no entry of "images" pins ${/^[^:]*/.exec(image)?.[0] ?? ""}, though it is in ${home} as those are`,
              1,
            ],
          ],
    );
  });

  it("and knows Docker Hub by all its names, whose own library is nobody's", () => {
    const images = { node: `docker.io/library/node@${digest}` };
    const containers = ["index.docker.io/library/node:24", "node", "redis:7"].map((image, i) => ({
      name: `c${i}`,
      image,
    }));
    const prepared = prepare([deployment("d", { containers })], { images });
    expect(prepared.problems).toEqual([]);
    expect(imagesOf(prepared)).toEqual([images.node, images.node, "redis:7"]);
  });

  it("and names what is no image's name, at its line", () => {
    expect(prepare([deployment("d", { containers: [{ name: "c", image: "Web:1" }] })]).problems).toEqual([
      expect.objectContaining({
        message: expect.stringContaining("Deployment/d, container c: Cannot read the image name"),
        line: 1,
      }),
    ]);
  });
});

describe("prepareRelease() writes stringData as data", () => {
  it("which wins over data, so that a key that goes from it goes from the Secret", () => {
    const { objects } = prepare([object("Secret", "s", { data: { a: "eA==", b: "eA==" }, stringData: { b: "é" } })]);
    expect(objects[0]?.object).toMatchObject({ data: { a: "eA==", b: "w6k=" } });
    expect(objects[0]?.object).not.toHaveProperty("stringData");
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
      {
        "app.kubernetes.io/instance": "shop",
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "slipway",
        "slipway.dev/app": "shop",
      },
    ]);
  });

  it("as their manifests say, but for who manages them, and never their selectors and pods", () => {
    const given = deployment("d");
    const labels = { "app.kubernetes.io/part-of": "mall", "app.kubernetes.io/managed-by": "Helm", tier: "web" };
    given.metadata = { ...given.metadata, labels };
    const { objects } = prepare([given]);
    expect(objects[0]?.object.metadata.labels).toEqual({
      "app.kubernetes.io/instance": "shop",
      "app.kubernetes.io/part-of": "mall",
      "app.kubernetes.io/managed-by": "slipway",
      "slipway.dev/app": "shop",
      tier: "web",
    });
    expect(objects[0]?.object.spec).toEqual(given.spec);
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
    "init container": {
      initContainers: [{ name: "i", envFrom: [{ configMapRef: { name: "c", optional: true } }] }],
      containers: [],
    },
    subPath: {
      containers: [{ name: "app", volumeMounts: [{ name: "v", mountPath: "/a", subPath: "a" }] }],
      volumes: [{ name: "v", configMap: { name: "c", items: [{ key: "a", path: "a" }] } }],
    },
    nothing: { containers: [{ name: "app" }] },
    "another one": { containers: [{ name: "app", envFrom: [{ configMapRef: { name: "elsewhere" } }] }] },
  };
  const hashOf = (pod: Record<string, unknown>, data: Record<string, string>): string | undefined => {
    const { objects } = prepare([object("ConfigMap", "c", { data }), deployment("d", pod)]);
    return podTemplateOf(objects[1]?.object ?? object("x", "x"))?.metadata?.annotations?.[configHashAnnotation];
  };

  it.each(["env", "envFrom", "volume", "projected", "init container", "subPath"] as const)("by %s", (way) => {
    const before = hashOf(reads[way], { a: "1", b: "2" });
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf(reads[way], { b: "2", a: "1" })).toBe(before);
    expect(hashOf(reads[way], { a: "2", b: "2" })).not.toBe(before);
  });

  it.each<[string, (pod: object) => KubernetesObject]>([
    ["a StatefulSet", (pod) => ({ ...deployment("d", pod as Record<string, unknown>), kind: "StatefulSet" })],
    ["a DaemonSet", (pod) => ({ ...deployment("d", pod as Record<string, unknown>), kind: "DaemonSet" })],
    ["a CronJob", (pod) => object("CronJob", "d", { spec: { jobTemplate: { spec: { template: { spec: pod } } } } })],
    [
      "an Argo Rollout",
      (pod) => ({
        ...deployment("d", pod as Record<string, unknown>),
        kind: "Rollout",
        apiVersion: "argoproj.io/v1alpha1",
      }),
    ],
  ])("of %s too", (_name, make) => {
    const { objects } = prepare([object("ConfigMap", "c", { data: { a: "1" } }), make(reads.envFrom)]);
    const template = podTemplateOf(objects[1]?.object ?? object("x", "x"));
    expect(template?.metadata?.annotations?.[configHashAnnotation]).toMatch(/^[0-9a-f]{16}$/);
  });

  it("but not of a Job, which cannot change", () => {
    const job: KubernetesObject = { ...deployment("d", reads.envFrom), kind: "Job", apiVersion: "batch/v1" };
    const { objects } = prepare([object("ConfigMap", "c", { data: { a: "1" } }), job]);
    expect(objects[1]?.object.spec).toEqual(job.spec);
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

  const scaledObject = (name: string, scaleTargetRef: object): KubernetesObject => ({
    ...object("ScaledObject", name, { spec: { scaleTargetRef } }),
    apiVersion: "keda.sh/v1alpha1",
  });

  it("of KEDA, which scales a Deployment where it names no kind", () => {
    const set = { ...deployment("b"), kind: "StatefulSet" };
    const { objects } = prepare([deployment("a"), set, deployment("c"), scaledObject("ka", { name: "a" })], {
      autoscalers: [scaledObject("kb", { name: "b", kind: "StatefulSet" })],
    });
    expect(objects.map(({ autoscaledBy }) => autoscaledBy)).toEqual(["ka", "kb", undefined, undefined]);
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
