import { describe, expect, it } from "@jest/globals";
import { deployment, object } from "../../test/build/objects.ts";
import { diffObjects } from "./diff.ts";

describe("diffObjects()", () => {
  it("names each field by its path, list items by name", () => {
    const before = deployment(
      "d",
      {
        containers: [
          { name: "a", image: "x:1" },
          { name: "b", image: "y" },
        ],
      },
      { replicas: 2 },
    );
    const after = deployment(
      "d",
      {
        containers: [
          { name: "b", image: "y" },
          { name: "a", image: "x:2" },
        ],
      },
      { minReadySeconds: 1 },
    );
    after.metadata.annotations = { "acme.test/note": "n" };
    expect(diffObjects(before, after)).toEqual([
      { path: "metadata.annotations", after: { "acme.test/note": "n" } },
      { path: "spec.replicas", before: 2 },
      { path: "spec.template.spec.containers[a].image", before: "x:1", after: "x:2" },
      { path: "spec.minReadySeconds", after: 1 },
    ]);
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

  it("never tells a Secret's values", () => {
    const changes = diffObjects(
      object("Secret", "s", { data: { a: "b2xk" } }),
      object("Secret", "s", { data: { a: "bmV3", b: "c" } }),
    );
    expect(changes).toEqual([{ path: "data.a" }, { path: "data.b" }]);
  });

  it("never tells a Secret's annotations either: kubectl keeps the values in one of them", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"a":"b2xk"}}' };
    const [before, after] = [object("Secret", "s"), object("Secret", "s", { type: "Opaque" })];
    after.metadata = { ...after.metadata, annotations, labels: { tier: "web" } };
    expect(diffObjects(before, after)).toEqual([
      { path: "metadata.annotations" },
      { path: "metadata.labels", after: { tier: "web" } },
      { path: "type", after: "Opaque" },
    ]);
  });
});
