import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Deployment } from "../kinds.ts";
import { appDeployment, at } from "../testing/manifests.ts";
import { startTestCluster } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster({ fate: () => "ready" });
});
afterEach(() => cluster.stop());

interface List extends KubernetesObject {
  items: KubernetesObject[];
}

async function rolledOut(): Promise<void> {
  await cluster.create(at.deployments, appDeployment());
  await cluster.until<Deployment>(at.app, (app) => app?.status?.availableReplicas === 2);
}

const isEmpty = (list: List | undefined): boolean => list?.items.length === 0;

async function owned(name: string, owners: readonly { object: KubernetesObject; blocks?: boolean }[]): Promise<void> {
  const ownerReferences = owners.map(({ object, blocks = false }) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    name: object.metadata.name,
    uid: object.metadata.uid,
    blockOwnerDeletion: blocks,
  }));
  await cluster.create(at.configMaps, { metadata: { name, ownerReferences } });
}

describe("the garbage collector", () => {
  it("takes ReplicaSets and pods away after their Deployment", async () => {
    await rolledOut();
    await cluster.delete(at.app);
    await cluster.until(at.app, (app) => app === undefined);
    await cluster.until<List>(at.replicaSets, isEmpty);
    await cluster.until<List>(at.pods, isEmpty);
  });

  it("takes them away before their Deployment, when it is deleted in the foreground", async () => {
    await rolledOut();
    await cluster.delete(at.app, { propagationPolicy: "Foreground" });
    await cluster.until(at.app, (app) => app === undefined);
    expect(await cluster.list(at.replicaSets)).toEqual([]);
    expect(await cluster.list(at.pods)).toEqual([]);
  });

  it("leaves orphans in peace", async () => {
    await rolledOut();
    await cluster.delete(at.app, { propagationPolicy: "Orphan" });
    await cluster.until(at.app, (app) => app === undefined);
    const [replicaSet] = await cluster.list(at.replicaSets);
    expect(replicaSet?.metadata.ownerReferences ?? []).toEqual([]);
    expect(await cluster.list(at.pods)).toHaveLength(2);
  });

  it("keeps what has another owner, and forgets the one that is gone", async () => {
    const [one, other] = await Promise.all(
      ["one", "other"].map((name) => cluster.create(at.configMaps, { metadata: { name } })),
    );
    if (one === undefined || other === undefined) throw new Error("not created");
    await owned("both", [{ object: one }, { object: other }]);
    await cluster.delete(`${at.configMaps}/one`);
    const left = await cluster.until(`${at.configMaps}/both`, (found) => found?.metadata.ownerReferences?.length === 1);
    expect(left?.metadata.ownerReferences?.[0]?.name).toBe("other");
  });

  it("deletes what comes with an owner that never was", async () => {
    await owned("stray", [
      { object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "never", uid: "never" } } },
    ]);
    await cluster.until(`${at.configMaps}/stray`, (found) => found === undefined);
  });

  it("does not make an owner wait for dependents that do not block it", async () => {
    const owner = await cluster.create(at.configMaps, { metadata: { name: "owner" } });
    await owned("held", [{ object: owner }]);
    await cluster.patch(`${at.configMaps}/held`, { metadata: { finalizers: ["example.com/hold"] } });
    await cluster.delete(`${at.configMaps}/owner`, { propagationPolicy: "Foreground" });
    await cluster.until(`${at.configMaps}/owner`, (found) => found === undefined);
    const held = await cluster.until(
      `${at.configMaps}/held`,
      (found) => found?.metadata.deletionTimestamp !== undefined,
    );
    expect(held).toBeDefined();
  });

  it("makes an owner wait for dependents that block it", async () => {
    const owner = await cluster.create(at.configMaps, { metadata: { name: "owner" } });
    await owned("held", [{ object: owner, blocks: true }]);
    await cluster.patch(`${at.configMaps}/held`, { metadata: { finalizers: ["example.com/hold"] } });
    await cluster.delete(`${at.configMaps}/owner`, { propagationPolicy: "Foreground" });
    await cluster.until(`${at.configMaps}/held`, (found) => found?.metadata.deletionTimestamp !== undefined);
    expect((await cluster.get(`${at.configMaps}/owner`)).metadata.finalizers).toEqual(["foregroundDeletion"]);
    await cluster.patch(`${at.configMaps}/held`, { metadata: { finalizers: null } });
    await cluster.until(`${at.configMaps}/owner`, (found) => found === undefined);
  });
});
