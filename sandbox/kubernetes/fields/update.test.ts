import { describe, expect, it } from "@jest/globals";
import type { KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";
import { loadSchema, update, updateThroughScale } from "./index.ts";

const now = "2026-01-01T00:00:00Z";
const later = "2026-01-01T00:01:00Z";
const type = loadSchema().type("apps", "v1", "Deployment") ?? {};

const deployment = (spec: object, status: object = {}): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec,
  status,
});

const created = (spec: object): KubernetesObject =>
  update({ type, live: undefined, object: deployment(spec), manager: "one", resetFields: ["status"], now });

const edited = (live: KubernetesObject, spec: object): KubernetesObject => ({ ...live, spec });

describe("update()", () => {
  it("gives a new object's fields to its creator, but no bookkeeping and nothing that the endpoint resets", () => {
    const object = deployment({ replicas: 1 }, { replicas: 1 });
    object.metadata = { ...object.metadata, uid: "u", resourceVersion: "1", generation: 1, creationTimestamp: now };
    const { metadata } = update({ type, live: undefined, object, manager: "one", resetFields: ["status"], now });
    expect(metadata.managedFields).toEqual([
      {
        manager: "one",
        operation: "Update",
        apiVersion: "apps/v1",
        time: now,
        fieldsType: "FieldsV1",
        fieldsV1: { "f:spec": { "f:replicas": {} } },
      },
    ]);
  });

  it("changes nobody's entry when nothing changes", () => {
    const live = created({ replicas: 1 });
    const { metadata } = update({ type, live, object: edited(live, { replicas: 1 }), manager: "two", now: later });
    expect(metadata.managedFields).toEqual(live.metadata.managedFields);
  });

  it("moves a changed field to who changed it, and takes a removed one from everybody", () => {
    const live = created({ replicas: 1, paused: true, minReadySeconds: 1 });
    const object = edited(live, { replicas: 2, minReadySeconds: 1 });
    const { metadata } = update({ type, live, object, manager: "two", now: later });
    expect(metadata.managedFields).toMatchObject([
      { manager: "one", time: now, fieldsV1: { "f:spec": { "f:minReadySeconds": {} } } },
      { manager: "two", time: later, fieldsV1: { "f:spec": { "f:replicas": {} } } },
    ]);
  });

  it("adds to what the same manager owns, and notes the time", () => {
    const live = created({ replicas: 1 });
    const { metadata } = update({
      type,
      live,
      object: edited(live, { replicas: 1, paused: true }),
      manager: "one",
      now: later,
    });
    expect(metadata.managedFields).toMatchObject([
      { manager: "one", time: later, fieldsV1: { "f:spec": { "f:paused": {}, "f:replicas": {} } } },
    ]);
  });

  it("keeps what goes through a subresource apart, whatever managedFields it brings", () => {
    const live = created({ replicas: 1 });
    const object = { ...live, metadata: { ...live.metadata, managedFields: [] }, status: { replicas: 1 } };
    const { metadata } = update({
      type,
      live,
      object,
      manager: "one",
      subresource: "status",
      resetFields: ["spec"],
      now,
    });
    expect(metadata.managedFields).toMatchObject([
      { manager: "one", fieldsV1: { "f:spec": { "f:replicas": {} } } },
      { manager: "one", subresource: "status", fieldsV1: { "f:status": { "f:replicas": {} } } },
    ]);
  });

  it("lets a client clear managedFields, and records nobody on an object that has none", () => {
    const live = created({ replicas: 1 });
    const cleared = update({
      type,
      live,
      object: { ...live, metadata: { ...live.metadata, managedFields: [] } },
      manager: "two",
      now,
    });
    expect(cleared.metadata).not.toHaveProperty("managedFields");
    const { metadata } = update({ type, live: cleared, object: edited(cleared, { replicas: 5 }), manager: "two", now });
    expect(metadata).not.toHaveProperty("managedFields");
  });
});

describe("updateThroughScale()", () => {
  const owners = (entries: readonly ManagedFieldsEntry[]): unknown[] =>
    entries.map(({ manager, subresource, time, fieldsV1 }) => [manager, subresource, time, JSON.stringify(fieldsV1)]);
  const replicas = '{"f:spec":{"f:replicas":{}}}';

  it("takes the number from who owned it, and gives it to who scaled, without a time", () => {
    const live = created({ replicas: 1, paused: true });
    expect(owners(updateThroughScale({ live, replicas: 3, manager: "scaler" }))).toEqual([
      ["scaler", "scale", undefined, replicas],
      ["one", undefined, now, '{"f:spec":{"f:paused":{}}}'],
    ]);
  });

  it("gives a zero to nobody, since a Scale leaves it out", () => {
    const live = created({ replicas: 1, paused: true });
    expect(owners(updateThroughScale({ live, replicas: 0, manager: "scaler" }))).toEqual([
      ["one", undefined, now, '{"f:spec":{"f:paused":{}}}'],
    ]);
  });

  it("gives a number that nobody owned to nobody", () => {
    const live = edited(created({ paused: true }), { paused: true, replicas: 1 });
    expect(updateThroughScale({ live, replicas: 2, manager: "scaler" })).toEqual(live.metadata.managedFields);
  });
});
