import { describe, expect, it } from "@jest/globals";
import { deployment, object } from "../../../test/build/objects.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { diffManifest, diffObjects } from "./diff.ts";
import type { FieldChange } from "./diff.ts";

const config = (data: Record<string, string>): KubernetesObject => object("ConfigMap", "c", { data });
const withContainers = (...containers: object[]): KubernetesObject => deployment("d", { containers });
const container = (rest: object): KubernetesObject => withContainers({ name: "a", image: "x", ...rest });
const at = "spec.template.spec.containers";

describe("diffObjects()", () => {
  it("names each field by its path, list items by name, and a new order of them", () => {
    const before = withContainers({ name: "a", image: "x:1" }, { name: "b", image: "y" });
    const after = withContainers({ name: "b", image: "y" }, { name: "a", image: "x:2" });
    after.metadata.annotations = { "acme.test/note": "n" };
    expect(diffObjects(before, after)).toEqual([
      { path: "metadata.annotations", after: { "acme.test/note": "n" } },
      { path: `${at}[a].image`, before: "x:1", after: "x:2" },
      { path: `${at}[order]`, before: ["a", "b"], after: ["b", "a"] },
    ]);
  });

  it.each<[string, object, object, FieldChange[]]>([
    [
      "ports by their number",
      { ports: [{ containerPort: 80 }, { containerPort: 81, protocol: "TCP" }] },
      { ports: [{ containerPort: 80 }, { containerPort: 81, protocol: "UDP" }] },
      [{ path: `${at}[a].ports[containerPort=81].protocol`, before: "TCP", after: "UDP" }],
    ],
    [
      "an item that comes, whole",
      { volumeMounts: [{ name: "a", mountPath: "/a" }] },
      {
        volumeMounts: [
          { name: "a", mountPath: "/a" },
          { name: "b", mountPath: "/b" },
        ],
      },
      [{ path: `${at}[a].volumeMounts[b]`, after: { name: "b", mountPath: "/b" } }],
    ],
    [
      "items without a name by their place",
      { lifecycle: [{ a: 1 }, { a: 1 }] },
      { lifecycle: [{ a: 1 }, { a: 2 }] },
      [{ path: `${at}[a].lifecycle[1].a`, before: 1, after: 2 }],
    ],
    [
      "lists of plain values whole",
      { args: ["a", "b"] },
      { args: ["a", "c", "b"] },
      [{ path: `${at}[a].args`, before: ["a", "b"], after: ["a", "c", "b"] }],
    ],
  ])("tells %s", (_name, before, after, expected) => {
    expect(diffObjects(container(before), container(after))).toEqual(expected);
  });

  it("looks past status and the server's bookkeeping, and past the order of keys", () => {
    const before = object("ConfigMap", "c", { data: { a: "1", b: "2" }, status: { x: 1 } });
    const after = object("ConfigMap", "c", { data: { b: "2", a: "1" } });
    after.metadata = {
      ...after.metadata,
      uid: "u",
      resourceVersion: "2",
      generation: 3,
      creationTimestamp: "t",
      managedFields: [],
    };
    expect(diffObjects(before, after)).toEqual([]);
  });
});

describe("diffObjects() tells no secrets", () => {
  const lastApplied = (value: string): Record<string, string> => ({
    "kubectl.kubernetes.io/last-applied-configuration": `{"data":{"a":"${value}"}}`,
  });

  it("of a Secret's data, only what becomes of it", () => {
    const changes = diffObjects(
      object("Secret", "s", { data: { a: "b2xk", gone: "eA==", TOKEN: "b2xk" } }),
      object("Secret", "s", { data: { a: "bmV3", b: "c", TOKEN: "bmV3" } }),
    );
    expect(changes).toEqual([
      { path: "data.a", hidden: "changed" },
      { path: "data.gone", hidden: "unset" },
      { path: "data.TOKEN", hidden: "changed" },
      { path: "data.b", hidden: "set" },
    ]);
  });

  it("of a Secret's annotations: kubectl keeps the values in one of them", () => {
    const [before, after] = [object("Secret", "s"), object("Secret", "s", { type: "Opaque" })];
    after.metadata = { ...after.metadata, annotations: lastApplied("b2xk"), labels: { tier: "web" } };
    expect(diffObjects(before, after)).toEqual([
      { path: "metadata.annotations", hidden: "set" },
      { path: "metadata.labels", after: { tier: "web" } },
      { path: "type", after: "Opaque" },
    ]);
  });

  it("of the copy that kubectl keeps of any object", () => {
    const [before, after] = [config({}), config({})];
    before.metadata.annotations = lastApplied("old");
    after.metadata.annotations = lastApplied("new");
    // It is kept in step with every apply: there is nothing to tell of it.
    expect(diffObjects(before, after)).toEqual([]);
    expect(JSON.stringify(diffObjects(config({}), after))).not.toContain("old");
  });

  it.each(["DB_PASSWORD", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "SECRET_KEY_BASE", "apiKey", "client-secret"])(
    "of a variable or a key named %s",
    (name) => {
      const variable = (value: string): KubernetesObject => container({ env: [{ name, value }] });
      const changes = [
        ...diffObjects(variable("hunter2"), variable("hunter3")),
        ...diffObjects(config({ [name]: "hunter2" }), config({ [name]: "hunter3" })),
        ...diffObjects(object("ConfigMap", "c"), config({ [name]: "hunter3" })),
        ...diffObjects(container({}), variable("hunter3")),
        ...diffObjects(container({ env: [{ name: "X", value: "" }] }), variable("hunter3")),
      ];
      expect(changes.length).toBeGreaterThanOrEqual(4);
      expect(JSON.stringify(changes)).not.toContain("hunter");
      expect(changes[0]).toEqual({ path: `${at}[a].env[${name}].value`, hidden: "changed" });
    },
  );

  it.each(["TOKEN_TTL", "PASSWORD_FILE", "MONKEY"])("but of a variable named %s", (name) => {
    const variable = (value: string): KubernetesObject => container({ env: [{ name, value }] });
    expect(diffObjects(variable("1"), variable("2"))).toEqual([
      { path: `${at}[a].env[${name}].value`, before: "1", after: "2" },
    ]);
  });

  it("of addresses and keys inside of values", () => {
    const url = (password: string, host: string): string => `postgres://shop:${password}@${host}/shop?x=1`;
    expect(diffObjects(config({ URL: url("hunter2", "a") }), config({ URL: url("hunter3", "b") }))).toEqual([
      { path: "data.URL", before: url("***", "a"), after: url("***", "b") },
    ]);
    expect(diffObjects(config({ URL: url("hunter2", "a") }), config({ URL: url("hunter3", "a") }))).toEqual([
      { path: "data.URL", hidden: "changed" },
    ]);
    const pem = (body: string): string => `x\n-----BEGIN RSA PRIVATE KEY-----\n${body}\n`;
    expect(diffObjects(config({ f: "none" }), config({ f: pem("hunter2") }))).toEqual([
      { path: "data.f", before: "none", after: "***" },
    ]);
  });
});

describe("diffManifest()", () => {
  it("tells what a manifest says otherwise, and not what the server has filled in", () => {
    const live = deployment(
      "d",
      { containers: [{ name: "a", image: "x:1", imagePullPolicy: "Always" }], dnsPolicy: "ClusterFirst" },
      { replicas: 1 },
    );
    expect(diffManifest(live, withContainers({ name: "a", image: "x:2" }))).toEqual([
      { path: `${at}[a].image`, before: "x:1", after: "x:2" },
    ]);
  });
});
