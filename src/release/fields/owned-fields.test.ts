import { describe, expect, it } from "@jest/globals";
import { object } from "../../../test/build/objects.ts";
import type { KubernetesObject, ManagedFieldsEntry } from "../../kubernetes/object.ts";
import { ownedHash, ownsReplicasAlone } from "./owned-fields.ts";

const ours = (fieldsV1: Record<string, unknown>, rest: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  manager: "slipway",
  operation: "Apply",
  apiVersion: "apps/v1",
  fieldsType: "FieldsV1",
  fieldsV1,
  ...rest,
});

const fields = {
  "f:spec": {
    "f:replicas": {},
    "f:template": { "f:spec": { "f:containers": { 'k:{"name":"app"}': { ".": {}, "f:name": {}, "f:image": {} } } } },
  },
  "f:metadata": { "f:finalizers": { 'v:"a/b"': {} } },
};

function live(
  change: (object: KubernetesObject) => void = () => undefined,
  entries = [ours(fields)],
): KubernetesObject {
  const it = object("Deployment", "d", {
    spec: {
      replicas: 2,
      paused: false,
      template: {
        spec: {
          containers: [
            { name: "app", image: "a" },
            { name: "side", image: "s" },
          ],
        },
      },
    },
  });
  it.metadata.finalizers = ["a/b", "c/d"];
  it.metadata.managedFields = entries;
  change(it);
  return it;
}

const hash = (it: KubernetesObject, withoutReplicas = false): string | undefined => ownedHash(it, { withoutReplicas });
interface Spec {
  replicas: number;
  paused: boolean;
  template: { spec: { containers: { image: string }[] } };
}
const spec = (it: KubernetesObject): Spec => it.spec as Spec;

describe("ownedHash()", () => {
  it("stays the same when others change what is theirs", () => {
    const base = hash(live());
    expect(hash(live((it) => (spec(it).paused = true)))).toBe(base);
    expect(hash(live((it) => spec(it).template.spec.containers.reverse()))).toBe(base);
    expect(hash(live((it) => (it.metadata.finalizers = ["a/b"])))).toBe(base);
    expect(hash(live((it) => (it.metadata.resourceVersion = "9")))).toBe(base);
  });

  it.each<[string, (it: KubernetesObject) => void]>([
    ["one of our fields has another value", (it) => (spec(it).replicas = 3)],
    [
      "a field in one of our list items has another value",
      (it) => ((spec(it).template.spec.containers[0] ?? { image: "" }).image = "b"),
    ],
    ["our list item is gone", (it) => spec(it).template.spec.containers.shift()],
    ["our value of a set is gone", (it) => (it.metadata.finalizers = ["c/d"])],
  ])("changes when %s", (_name, change) => {
    expect(hash(live(change))).not.toBe(hash(live()));
  });

  it("changes when another manager took one of our fields", () => {
    const taken = { ...fields, "f:metadata": {} };
    expect(hash(live(undefined, [ours(taken)]))).not.toBe(hash(live()));
  });

  it("does not look at replicas where an autoscaler owns them", () => {
    expect(
      hash(
        live((it) => (spec(it).replicas = 7)),
        true,
      ),
    ).toBe(hash(live(), true));
  });

  it("is undefined for an object that Slipway never applied", () => {
    expect(hash(live(undefined, [ours(fields, { manager: "kubectl" })]))).toBeUndefined();
    expect(hash(live(undefined, [ours(fields, { subresource: "status" })]))).toBeUndefined();
  });
});

describe("ownsReplicasAlone()", () => {
  it("is true until another manager owns them too", () => {
    expect(ownsReplicasAlone(live())).toBe(true);
    const scaler = ours(
      { "f:spec": { "f:replicas": {} } },
      { manager: "kube-controller-manager", operation: "Update", subresource: "scale" },
    );
    expect(ownsReplicasAlone(live(undefined, [ours(fields), scaler]))).toBe(false);
    expect(ownsReplicasAlone(live(undefined, [scaler]))).toBe(false);
  });
});
