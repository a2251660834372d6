import { describe, expect, it } from "@jest/globals";
import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { jsonMergePatch, jsonPatch, loadSchema, Rejection, strategicMergePatch } from "./index.ts";

describe("jsonMergePatch()", () => {
  it.each<[Json, Json, Json]>([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ a: "foo" }, "bar", "bar"],
  ])("makes of %j with %j what RFC 7386 says: %j", (target, patch, expected) => {
    expect(jsonMergePatch(target, patch)).toEqual(expected);
  });

  it("treats every key alike", () => {
    const patch = JSON.parse('{"__proto__": {"a": 1}, "toString": "x"}') as Json;
    expect(JSON.stringify(jsonMergePatch({}, patch))).toBe('{"__proto__":{"a":1},"toString":"x"}');
  });
});

describe("jsonPatch()", () => {
  const target: Json = { list: [1, 2, 3], map: { "a/b": 1, "c~d": null } };

  it.each<[Json, Json]>([
    [
      { op: "add", path: "/list/1", value: 9 },
      { list: [1, 9, 2, 3], map: { "a/b": 1, "c~d": null } },
    ],
    [
      { op: "add", path: "/list/-", value: 9 },
      { list: [1, 2, 3, 9], map: { "a/b": 1, "c~d": null } },
    ],
    [
      { op: "replace", path: "/list/0", value: 9 },
      { list: [9, 2, 3], map: { "a/b": 1, "c~d": null } },
    ],
    [
      { op: "remove", path: "/map/a~1b" },
      { list: [1, 2, 3], map: { "c~d": null } },
    ],
    [
      { op: "move", from: "/list/0", path: "/map/x" },
      { list: [2, 3], map: { "a/b": 1, "c~d": null, x: 1 } },
    ],
    [
      { op: "copy", from: "/map/a~1b", path: "/list/0" },
      { list: [1, 1, 2, 3], map: { "a/b": 1, "c~d": null } },
    ],
    [{ op: "test", path: "/map/c~0d", value: null }, target],
    [
      { op: "replace", path: "/new", value: 1 },
      { list: [1, 2, 3], map: { "a/b": 1, "c~d": null }, new: 1 },
    ],
    [
      { op: "add", path: "/list/-1", value: 9 },
      { list: [1, 2, 3, 9], map: { "a/b": 1, "c~d": null } },
    ],
    [{ op: "replace", path: "", value: {} }, {}],
  ])("does %j", (operation, expected) => {
    expect(jsonPatch(target, [operation])).toEqual(expected);
  });

  it.each<[Json, number]>([
    [{ op: "remove", path: "/map/none" }, 422],
    [{ op: "replace", path: "/list/3", value: 1 }, 422],
    [{ op: "add", path: "/none/x", value: 1 }, 422],
    [{ op: "add", path: "/list/5", value: 1 }, 422],
    [{ op: "move", from: "/map/none", path: "/list/0" }, 422],
    [{ op: "test", path: "/list/0", value: "1" }, 422],
    [{ op: "invent", path: "/list" }, 422],
    [{ op: 1, path: "/list" }, 400],
    ["add", 400],
  ])("refuses %j with %i", (operation, code) => {
    expect(() => jsonPatch(target, [operation])).toThrow(expect.objectContaining({ name: "Rejection", code }));
  });
});

describe("strategicMergePatch()", () => {
  const type = loadSchema().type("apps", "v1", "Deployment");
  if (type === undefined) throw new Error("No Deployment");

  const deployment = (spec: Json): KubernetesObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d" },
    spec,
  });
  const pods = (spec: Json): Json => ({ template: { spec } });
  const patched = (target: Json, patch: Json): unknown =>
    strategicMergePatch(type, deployment(pods(target)), { spec: pods(patch) }).spec;

  const main = {
    name: "main",
    image: "a:1",
    env: [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ],
  };

  it.each<[string, Json, Json, Json]>([
    [
      "merges containers by name, and puts a new one first",
      { containers: [main] },
      {
        containers: [
          { name: "side", image: "b:1" },
          { name: "main", image: "a:2" },
        ],
      },
      {
        containers: [
          { name: "side", image: "b:1" },
          { ...main, image: "a:2" },
        ],
      },
    ],
    [
      "orders items as it is told, with live ones between them where they stood",
      { containers: [{ name: "a" }, { name: "b" }, { name: "live" }, { name: "c" }] },
      { "$setElementOrder/containers": [{ name: "c" }, { name: "a" }] },
      { containers: [{ name: "b" }, { name: "live" }, { name: "c" }, { name: "a" }] },
    ],
    [
      "deletes an item",
      { containers: [main] },
      { containers: [{ name: "main", env: [{ name: "A", $patch: "delete" }] }] },
      { containers: [{ ...main, env: [{ name: "B", value: "2" }] }] },
    ],
    [
      "replaces a list",
      { containers: [main] },
      { containers: [{ $patch: "replace" }, { name: "new" }] },
      { containers: [{ name: "new" }] },
    ],
    [
      "replaces a map",
      { nodeSelector: { a: "1" } },
      { nodeSelector: { $patch: "replace", b: "2" } },
      { nodeSelector: { b: "2" } },
    ],
    [
      "deletes a map's content",
      { securityContext: { runAsUser: 1 } },
      { securityContext: { $patch: "delete" } },
      { securityContext: {} },
    ],
    [
      "replaces a list that has no key",
      { tolerations: [{ key: "a" }] },
      { tolerations: [{ key: "b" }] },
      { tolerations: [{ key: "b" }] },
    ],
    [
      "deletes a field by null, and drops nulls from what is new",
      { hostname: "x" },
      { hostname: null, dnsConfig: { options: null } },
      { dnsConfig: {} },
    ],
  ])("%s", (_, target, patch, expected) => {
    expect(patched(target, patch)).toEqual(pods(expected));
  });

  it("keeps only the keys that $retainKeys names", () => {
    const live = deployment({ strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } });
    const patch = { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } };
    expect(strategicMergePatch(type, live, patch).spec).toEqual({ strategy: { type: "Recreate" } });
  });

  it("deletes from a list of scalars", () => {
    const live = { ...deployment({}), metadata: { name: "d", finalizers: ["a", "b"] } };
    const patch = { metadata: { "$deleteFromPrimitiveList/finalizers": ["a"], finalizers: ["c"] } };
    expect(strategicMergePatch(type, live, patch).metadata.finalizers).toEqual(["c", "b"]);
  });

  it.each<[string, Json]>([
    ["map: map[image:x] does not contain declared merge key: name", { containers: [{ image: "x" }] }],
    ["unknown patch type: burn in map: map[$patch:burn]", { nodeSelector: { $patch: "burn" } }],
  ])("refuses with 500: %s", (message, patch) => {
    const target = { containers: [main], nodeSelector: { a: "1" } };
    expect(() => patched(target, patch)).toThrow(new Rejection(500, message));
  });
});
