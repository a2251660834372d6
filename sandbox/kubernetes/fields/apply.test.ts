import { describe, expect, it } from "@jest/globals";
import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { seededRandom } from "../../../test/seeded-random.ts";
import { apply, loadSchema, normalise, Rejection, typeFromOpenApiV3, update, type Type } from "./index.ts";

const now = "2026-01-01T00:00:00Z";
const later = "2026-01-01T00:01:00Z";

function builtIn(group: string, kind: string): Type {
  const type = loadSchema().type(group, "v1", kind);
  if (type === undefined) throw new Error(`No ${kind}`);
  return type;
}

const configMaps = builtIn("", "ConfigMap");
const deployments = builtIn("apps", "Deployment");

const configMap = (
  data: Record<string, string> | null,
  more: Partial<KubernetesObject["metadata"]> = {},
): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", ...more },
  data,
});

interface Container {
  name: string;
  [field: string]: Json;
}

const deployment = (...containers: Container[]): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: { template: { spec: { containers } } },
});

/** Applies one after the other, each by its manager, as a server does that stores what it decodes. */
function applied(
  type: Type,
  ...steps: { by: string; object: KubernetesObject; force?: boolean; at?: string }[]
): KubernetesObject {
  let live: KubernetesObject | undefined;
  for (const { by, object, force = false, at = now } of steps) {
    live = normalise(type, apply({ type, live, applied: object, manager: by, force, now: at }).object);
  }
  if (live === undefined) throw new Error("Nothing was applied");
  return live;
}

const owners = (object: KubernetesObject): Record<string, unknown> =>
  Object.fromEntries((object.metadata.managedFields ?? []).map((entry) => [entry.manager, entry.fieldsV1]));

const containersOf = (object: KubernetesObject): Container[] | null =>
  (object.spec as { template: { spec: { containers: Container[] | null } } }).template.spec.containers;

function refusal(work: () => unknown): Rejection {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error("It was not refused");
}

describe("apply()", () => {
  it("changes nothing the second time, and keeps the time", () => {
    const live = applied(deployments, { by: "one", object: deployment({ name: "main", image: "a:1" }) });
    const again = apply({
      type: deployments,
      live,
      applied: deployment({ name: "main", image: "a:1" }),
      manager: "one",
      now: later,
    });
    expect(again.changed).toBe(false);
    expect(again.object.metadata.managedFields).toEqual(live.metadata.managedFields);
  });

  it("is idempotent for any object, and removes again all that it set when nothing is applied any more", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 50; round++) {
      const before = randomDeployment(random);
      const object = randomDeployment(random);
      const live = applied(deployments, { by: "one", object: before }, { by: "two", object, force: true });
      const again = apply({ type: deployments, live, applied: object, manager: "two", now: later });
      expect(again.changed).toBe(false);
      const emptied = applied(deployments, { by: "two", object }, { by: "two", object: deployment() });
      expect(containersOf(emptied)).toBeNull();
    }
  });

  it("removes a field that only this manager owned, and leaves one that another owns or nobody does", () => {
    const live = applied(
      configMaps,
      { by: "one", object: configMap({ mine: "1", ours: "1" }) },
      { by: "two", object: configMap({ ours: "1" }) },
    );
    const edited = { ...live, data: { ...(live.data as object), unowned: "1" } };
    const { object } = apply({ type: configMaps, live: edited, applied: configMap({}), manager: "one", now: later });
    expect(object.data).toEqual({ ours: "1", unowned: "1" });
  });

  it("removes a container that it no longer applies, though another manager set the container's image", () => {
    const live = applied(deployments, {
      by: "one",
      object: deployment({ name: "main", image: "a:1" }, { name: "side", image: "b:1" }),
    });
    const spec = structuredClone(live.spec) as { template: { spec: { containers: { image: string }[] } } };
    for (const container of spec.template.spec.containers) container.image = "c:1";
    const patched = update({ type: deployments, live, object: { ...live, spec }, manager: "other", now: later });
    const { object } = apply({
      type: deployments,
      live: patched,
      applied: deployment({ name: "main" }),
      manager: "one",
      now: later,
    });
    expect(containersOf(object)).toMatchObject([{ name: "main", image: "c:1" }]);
  });

  it("says who owns what it would change, manager by manager", () => {
    const live = applied(
      configMaps,
      { by: "one", object: configMap({ a: "1", b: "1" }) },
      { by: "two", object: configMap({ c: "1" }) },
    );
    const object = configMap({ a: "2", b: "2", c: "2" });
    const { code, reason, message, causes } = refusal(() =>
      apply({ type: configMaps, live, applied: object, manager: "three", now }),
    );
    expect([code, reason]).toEqual([409, "Conflict"]);
    expect(message).toBe(
      'Apply failed with 3 conflicts: conflicts with "one":\n- .data.a\n- .data.b\nconflicts with "two":\n- .data.c',
    );
    expect(causes).toEqual([
      { reason: "FieldManagerConflict", message: 'conflict with "one"', field: ".data.a" },
      { reason: "FieldManagerConflict", message: 'conflict with "one"', field: ".data.b" },
      { reason: "FieldManagerConflict", message: 'conflict with "two"', field: ".data.c" },
    ]);
  });

  it("names the subresource and the API version of an owner that updates", () => {
    const live = update({
      type: configMaps,
      live: undefined,
      object: configMap({ a: "1" }),
      manager: "ctl",
      subresource: "status",
      now,
    });
    const { message } = refusal(() =>
      apply({ type: configMaps, live, applied: configMap({ a: "2" }), manager: "one", now }),
    );
    expect(message).toBe(
      'Apply failed with 1 conflict: conflict with "ctl" with subresource "status" using v1: .data.a',
    );
  });

  it("takes fields over by force, and from nobody what has the same value", () => {
    const live = applied(
      configMaps,
      { by: "one", object: configMap({ a: "1", b: "1" }) },
      { by: "two", object: configMap({ a: "2", b: "1" }), force: true },
    );
    expect(owners(live)).toEqual({
      one: { "f:data": { "f:b": {} } },
      two: { "f:data": { "f:a": {}, "f:b": {} } },
    });
  });

  it("lets kubectl take over what its client-side apply set and nobody changed since", () => {
    const lastApplied = JSON.stringify(configMap({ a: "1", b: "1" }));
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": lastApplied };
    const created = configMap({ a: "1", b: "changed" }, { annotations });
    const live = update({
      type: configMaps,
      live: undefined,
      object: created,
      manager: "kubectl-client-side-apply",
      now,
    });
    const request = { type: configMaps, live, manager: "kubectl", now };
    const { object } = apply({ ...request, applied: configMap({ a: "2" }) });
    expect(object.data).toEqual({ a: "2", b: "changed" });
    expect(object.metadata.annotations).toEqual({
      "kubectl.kubernetes.io/last-applied-configuration":
        '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"a"}}\n',
    });
    expect(refusal(() => apply({ ...request, applied: configMap({ a: "2", b: "2" }) })).message).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.b',
    );
  });

  it("gives what was there before the first apply to a manager of its own", () => {
    const live = configMap({ a: "1" });
    const { object } = apply({ type: configMaps, live, applied: configMap({ b: "1" }), manager: "one", now });
    expect(owners(object)).toEqual({
      one: { "f:data": { "f:b": {} } },
      "before-first-apply": { "f:data": { ".": {}, "f:a": {} } },
    });
  });

  it("puts applied items in their order and leaves live ones where they stood", () => {
    const names = (...list: string[]): KubernetesObject => deployment(...list.map((name) => ({ name })));
    const order = (live: string[], object: string[]): string[] | undefined =>
      containersOf(
        applied(deployments, { by: "one", object: names(...live) }, { by: "two", object: names(...object) }),
      )?.map((container) => container.name);
    expect(order(["a", "b", "c"], ["c", "a"])).toEqual(["b", "c", "a"]);
    expect(order(["a", "x", "b"], ["new", "a", "b"])).toEqual(["new", "a", "x", "b"]);
    expect(order(["x", "a"], ["a", "new"])).toEqual(["x", "a", "new"]);
  });

  it.each([
    [".metadata.labels.a: expected string, got &value.valueUnstructured{Value:1}", { labels: { a: 1 } }],
    [".metadata.labels: expected map, got &{[a b]}", { labels: ["a", "b"] }],
    [".metadata.finalizers: expected list, got &{x}", { finalizers: "x" }],
    ['.metadata.finalizers: duplicate entries for key [="x"]', { finalizers: ["x", "x"] }],
    [
      "errors:\n  .metadata.generation: expected numeric (int or float), got bool\n  .metadata.uid: expected string, got &value.valueUnstructured{Value:map[string]interface {}{}}",
      { generation: true, uid: {} },
    ],
  ])("refuses what does not fit: %s", (problem, metadata) => {
    const object = configMap({}, metadata as unknown as Partial<KubernetesObject["metadata"]>);
    const { code, message } = refusal(() =>
      apply({ type: configMaps, live: undefined, applied: object, manager: "one", now }),
    );
    expect([code, message]).toEqual([500, `failed to create typed patch object (/a; /v1, Kind=ConfigMap): ${problem}`]);
  });
});

/** A Deployment with some of a few containers, each with some of a few env variables, in any order. */
function randomDeployment(random: () => number): KubernetesObject {
  const some = <T>([first, ...items]: [T, ...T[]]): T[] =>
    [first, ...items.filter(() => random() < 0.6)].sort(() => random() - 0.5);
  const containers = some(["a", "b", "c"]).map((name) => ({
    name,
    image: `r/${name}:${Math.floor(random() * 3)}`,
    env: some(["X", "Y", "Z"]).map((variable) => ({ name: variable, value: String(Math.floor(random() * 3)) })),
  }));
  return deployment(...containers);
}

describe("a custom resource's type", () => {
  const type = typeFromOpenApiV3({
    type: "object",
    properties: {
      spec: {
        type: "object",
        properties: {
          rules: {
            type: "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["port", "protocol"],
            items: {
              type: "object",
              properties: {
                port: { type: "integer" },
                protocol: { type: "string", default: "TCP" },
                to: { type: "string" },
              },
            },
          },
          hosts: { type: "array", items: { type: "string" } },
          free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
          whole: { type: "object", "x-kubernetes-map-type": "atomic", additionalProperties: { type: "string" } },
          amount: { "x-kubernetes-int-or-string": true },
        },
      },
    },
  });
  const widget = (spec: Json): KubernetesObject => ({
    apiVersion: "x/v1",
    kind: "Widget",
    metadata: { name: "w" },
    spec,
  });
  const fieldsOf = (spec: Json): unknown =>
    apply({ type, live: undefined, applied: widget(spec), manager: "one", now }).object.metadata.managedFields?.[0]
      ?.fieldsV1;

  it("owns lists and maps as its schema says", () => {
    const spec = {
      rules: [{ port: 1, to: "a" }],
      hosts: ["a"],
      free: { a: { b: [1] } },
      whole: { a: "1" },
      amount: "5%",
    };
    expect(fieldsOf(spec)).toEqual({
      "f:spec": {
        "f:amount": {},
        "f:free": { "f:a": { ".": {}, "f:b": {} } },
        "f:hosts": {},
        "f:rules": { 'k:{"port":1,"protocol":"TCP"}': { ".": {}, "f:port": {}, "f:to": {} } },
        "f:whole": {},
      },
    });
  });

  it("takes any field where there is no schema", () => {
    const anything = typeFromOpenApiV3(undefined);
    const { object } = apply({
      type: anything,
      live: undefined,
      applied: widget({ any: { thing: 1 } }),
      manager: "one",
      now,
    });
    expect(owners(object)).toEqual({ one: { "f:spec": { ".": {}, "f:any": { ".": {}, "f:thing": {} } } } });
  });
});
