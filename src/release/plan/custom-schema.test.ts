import { describe, expect, it } from "@jest/globals";
import { object } from "../../../test/build/objects.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { defines, schemaMistakes } from "./custom-schema.ts";

const spec = {
  type: "object",
  required: ["size", "mode"],
  properties: {
    size: { type: "integer", minimum: 1, maximum: 9 },
    mode: { type: "string", enum: ["a", "b"], default: "a" },
    port: { "x-kubernetes-int-or-string": true },
    name: { type: "string", pattern: "^[a-z]+$", maxLength: 5 },
    list: { type: "array", maxItems: 2, items: { type: "object", properties: { k: { type: "boolean" } } } },
    labels: { type: "object", additionalProperties: { type: "string" } },
    free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    maybe: { type: "string", nullable: true },
  },
};
const definition = object("CustomResourceDefinition", "widgets.acme.test", {
  spec: {
    group: "acme.test",
    names: { kind: "Widget" },
    versions: [{ name: "v1", schema: { openAPIV3Schema: { type: "object", properties: { spec } } } }, { name: "v2" }],
  },
});
const widget = (given: object, version = "v1"): KubernetesObject => ({
  ...object("Widget", "w", { spec: { size: 1, ...given } }),
  apiVersion: `acme.test/${version}`,
});

describe("schemaMistakes()", () => {
  it.each<[object, string[]]>([
    [{}, []],
    [{ port: "http", free: { a: [1] }, labels: { a: "b" }, maybe: null, list: [{ k: true }] }, []],
    [{ size: undefined }, ["spec.size is required"]],
    [{ size: "1" }, ["spec.size must be of type integer"]],
    [{ size: 10 }, ["spec.size must be at most 9"]],
    [{ mode: "c" }, ['spec.mode must be one of "a", "b"']],
    [{ sise: 1 }, ["spec.sise is a field that there is not"]],
    [{ port: true }, ["spec.port must be of type integer or string"]],
    [{ name: "A" }, ["spec.name must match ^[a-z]+$"]],
    [
      { list: [{ k: 1 }, { l: 1 }, {}] },
      [
        "spec.list must have at most 2 items",
        "spec.list[0].k must be of type boolean",
        "spec.list[1].l is a field that there is not",
      ],
    ],
    [{ labels: { a: 1 } }, ["spec.labels.a must be of type string"]],
    [{ size: null }, ["spec.size must not be null"]],
  ])("%j", (given, expected) => {
    const mistakes = schemaMistakes(definition, JSON.parse(JSON.stringify(widget(given))) as KubernetesObject);
    expect(mistakes?.map(({ field, text }) => `${field} ${text}`)).toEqual(expected);
  });

  it("knows nothing of a version without a schema", () => {
    expect(schemaMistakes(definition, widget({}, "v2"))).toBeUndefined();
  });

  it("is asked of the definition of the object's kind", () => {
    expect(defines(definition, widget({}))).toBe(true);
    expect(defines(definition, { ...widget({}), apiVersion: "acme.testing/v1" })).toBe(false);
    expect(defines(widget({}), widget({}))).toBe(false);
  });
});
