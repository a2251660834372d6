import { afterEach, describe, expect, it } from "@jest/globals";
import { startInformer } from "../../../../src/kubernetes/watch.ts";
import { controllerOf } from "../cluster.ts";
import type { Deployment, EndpointSlice, Pod, ReplicaSet } from "../kinds.ts";
import { isReady } from "../pods.ts";
import { appDeployment, at, withImage } from "../testing/manifests.ts";
import { startTestCluster } from "../testing/test-cluster.ts";
import type { TestCluster, TestClusterOptions } from "../testing/test-cluster.ts";

let cluster: TestCluster;
afterEach(() => cluster.stop());

async function start(options: TestClusterOptions = { fate: () => "ready" }): Promise<void> {
  cluster = await startTestCluster(options);
}

async function rolledOut(generation: number, replicas = 2): Promise<Deployment | undefined> {
  return cluster.until<Deployment>(at.app, (app) => {
    const { observedGeneration, updatedReplicas, availableReplicas, replicas: all } = app?.status ?? {};
    return observedGeneration === generation && [updatedReplicas, availableReplicas, all].every((n) => n === replicas);
  });
}

async function replicaSets(): Promise<ReplicaSet[]> {
  return cluster.list<ReplicaSet>(at.replicaSets);
}

const imageOf = ({ spec }: { spec: { containers: { image?: string }[] } }) => spec.containers[0]?.image;

describe("the Deployment controller", () => {
  it("keeps enough endpoints that are ready all through a rolling update", async () => {
    await start();
    await cluster.create(at.services, {
      metadata: { name: "web" },
      spec: { selector: { app: "app" }, ports: [{ port: 80 }] },
    });
    await cluster.create(at.deployments, appDeployment({ replicas: 4 }));
    await rolledOut(1, 4);
    const ended = new AbortController();
    const readyPods = new Set<string>();
    const counts: number[] = [];
    await startInformer<Pod>({
      api: cluster.api,
      path: at.pods,
      signal: ended.signal,
      onEvent: ({ object }) => isReady(object) && readyPods.add(object.metadata.name),
    });
    await startInformer<EndpointSlice>({
      api: cluster.api,
      path: at.endpointSlices,
      signal: ended.signal,
      onEvent: ({ object }) => {
        const ready = (object.endpoints ?? []).filter((endpoint) => endpoint.conditions.ready);
        counts.push(ready.filter(({ targetRef }) => readyPods.has(targetRef.name)).length);
      },
    });
    await cluster.patch(at.app, withImage("web:2"));
    await rolledOut(2, 4);
    ended.abort();
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...counts)).toBeLessThanOrEqual(5);
  });

  it("goes back to an earlier template with that template's ReplicaSet, as a new revision", async () => {
    await start();
    await cluster.create(at.deployments, appDeployment());
    await rolledOut(1);
    const [first] = await replicaSets();
    await cluster.patch(at.app, withImage("web:2"));
    await rolledOut(2);
    await cluster.patch(at.app, withImage("web:1"));
    const app = await rolledOut(3);
    expect(await replicaSets()).toHaveLength(2);
    const again = await cluster.get<ReplicaSet>(`${at.replicaSets}/${first?.metadata.name ?? ""}`);
    expect(again.spec.replicas).toBe(2);
    expect(again.metadata.annotations).toMatchObject({
      "deployment.kubernetes.io/revision": "3",
      "deployment.kubernetes.io/revision-history": "1",
    });
    expect(app?.metadata.annotations).toMatchObject({ "deployment.kubernetes.io/revision": "3" });
  });

  it("makes no new pod before the last old one is gone, where the strategy is Recreate", async () => {
    await start();
    await cluster.create(at.deployments, appDeployment({ strategy: { type: "Recreate" } }));
    await rolledOut(1);
    const [held] = await cluster.list<Pod>(at.pods);
    const holder = `${at.pods}/${held?.metadata.name ?? ""}`;
    await cluster.patch(holder, { metadata: { finalizers: ["example.com/hold"] } });
    await cluster.patch(at.app, withImage("web:2"));
    await cluster.until<Pod>(holder, (pod) => pod?.metadata.deletionTimestamp !== undefined);
    await cluster.until<Deployment>(
      at.app,
      (app) => app?.status?.observedGeneration === 2 && app.status.replicas === undefined,
    );
    expect(await replicaSets()).toHaveLength(1);
    await cluster.patch(holder, { metadata: { finalizers: null } });
    await rolledOut(2);
    expect((await cluster.list<Pod>(at.pods)).map(imageOf)).toEqual(["web:2", "web:2"]);
  });

  it("stops at a bad template, keeps the old pods, and says so once the deadline has passed", async () => {
    await start({ fate: (pod) => (imageOf(pod) === "web:2" ? "unready" : "ready") });
    await cluster.create(at.deployments, appDeployment({ progressDeadlineSeconds: 1 }));
    await rolledOut(1);
    await cluster.patch(at.app, withImage("web:2"));
    const app = await cluster.until<Deployment>(at.app, (found) =>
      (found?.status?.conditions ?? []).some(({ reason }) => reason === "ProgressDeadlineExceeded"),
    );
    expect(app?.status).toMatchObject({
      replicas: 3,
      updatedReplicas: 1,
      availableReplicas: 2,
      unavailableReplicas: 1,
    });
  });

  it("scales what there is while it is paused, and rolls when it goes on", async () => {
    await start();
    await cluster.create(at.deployments, appDeployment());
    await rolledOut(1);
    await cluster.patch(at.app, {
      spec: { paused: true, replicas: 3, ...(withImage("web:2") as { spec: object }).spec },
    });
    await cluster.until<Deployment>(at.app, (app) => app?.status?.availableReplicas === 3);
    expect(await replicaSets()).toHaveLength(1);
    await cluster.patch(at.app, { spec: { paused: false } });
    await rolledOut(3, 3);
    expect((await cluster.list<Pod>(at.pods)).filter((pod) => !pod.metadata.deletionTimestamp).map(imageOf)).toEqual(
      Array(3).fill("web:2"),
    );
  });

  it("keeps no more old ReplicaSets than the history limit", async () => {
    await start();
    await cluster.create(at.deployments, appDeployment({ revisionHistoryLimit: 1 }));
    for (const generation of [1, 2, 3, 4]) {
      await rolledOut(generation);
      if (generation < 4) await cluster.patch(at.app, withImage(`web:${generation + 1}`));
    }
    const left = await cluster.until<Deployment & { items: ReplicaSet[] }>(
      at.replicaSets,
      (list) => list?.items.length === 2,
    );
    const revisions = left?.items.map(({ metadata }) => metadata.annotations?.["deployment.kubernetes.io/revision"]);
    expect(revisions?.sort()).toEqual(["3", "4"]);
  });

  it("counts a pod as available only after minReadySeconds", async () => {
    await start();
    await cluster.create(at.deployments, appDeployment({ replicas: 1, minReadySeconds: 1 }));
    const ready = await cluster.until<Deployment>(at.app, (app) => app?.status?.readyReplicas === 1);
    expect(ready?.status?.availableReplicas).toBeUndefined();
    await rolledOut(1, 1);
  });

  it("adopts the pods of a Deployment that was deleted without them, and lets go of one that is relabelled", async () => {
    await start();
    await cluster.create(at.deployments, appDeployment());
    await rolledOut(1);
    const before = (await cluster.list<Pod>(at.pods)).map(({ metadata }) => metadata.name);
    await cluster.delete(at.app, { propagationPolicy: "Orphan" });
    await cluster.until(at.app, (app) => app === undefined);
    await cluster.create(at.deployments, appDeployment());
    await rolledOut(1);
    expect((await cluster.list<Pod>(at.pods)).map(({ metadata }) => metadata.name)).toEqual(before);
    const one = `${at.pods}/${before[0] ?? ""}`;
    await cluster.patch(one, { metadata: { labels: { app: "aside" } } });
    const released = await cluster.until<Pod>(one, (pod) => pod !== undefined && controllerOf(pod) === undefined);
    expect(released?.metadata.deletionTimestamp).toBeUndefined();
    await cluster.until<Deployment>(at.app, (app) => app?.status?.availableReplicas === 2);
    expect(await cluster.list<Pod>(at.pods)).toHaveLength(3);
  });
});
