import { afterEach, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { ControllerRevision, PersistentVolumeClaim, Pod, StatefulSet } from "../kinds.ts";
import { appDeployment, at, withImage } from "../testing/manifests.ts";
import { startTestCluster, waitFor } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";

const sets = "/apis/apps/v1/namespaces/ns/statefulsets";
const claims = "/api/v1/namespaces/ns/persistentvolumeclaims";

let cluster: TestCluster;
afterEach(() => cluster.stop());

async function start(spec: Partial<StatefulSet["spec"]>, fate: (pod: Pod) => "ready" | "unready" = () => "ready") {
  cluster = await startTestCluster({ fate });
  const { spec: common } = appDeployment({ replicas: 3 }) as { spec: object };
  await cluster.create(sets, { metadata: { name: "app" }, spec: { ...common, serviceName: "app", ...spec } });
}

async function rolledOut(wanted: Partial<NonNullable<StatefulSet["status"]>>): Promise<void> {
  const fits = (set: StatefulSet | undefined): boolean =>
    set?.status?.observedGeneration === set?.metadata.generation &&
    Object.entries({ replicas: 3, availableReplicas: 3, ...wanted }).every(
      ([key, value]) => ({ ...set?.status })[key] === value,
    );
  await cluster.until<StatefulSet>(`${sets}/app`, fits);
}

/** Names and images of the pods, once they are as wanted. */
async function pods(wanted: Record<string, string>): Promise<void> {
  const look = async () => {
    const all = await cluster.list<Pod>(at.pods);
    return Object.fromEntries(all.map(({ metadata, spec }) => [metadata.name, spec.containers[0]?.image]));
  };
  const text = JSON.stringify(wanted);
  await waitFor("the pods", look, (seen) => JSON.stringify(Object.fromEntries(Object.entries(seen).sort())) === text);
}

describe("the StatefulSet controller", () => {
  it("gives each pod its name, its place in DNS and a bound claim that outlives it", async () => {
    const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
    const containers = [{ name: "main", image: "web:1", volumeMounts: [{ name: "data", mountPath: "/data" }] }];
    const template = { metadata: { labels: { app: "app" } }, spec: { containers } };
    await start({ replicas: 1, template, volumeClaimTemplates: [{ metadata: { name: "data" }, spec }] });
    await rolledOut({ replicas: 1, availableReplicas: 1 });
    const pod = await cluster.get<Pod>(`${at.pods}/app-0`);
    expect(pod.spec).toMatchObject({ hostname: "app-0", subdomain: "app" });
    expect(pod.spec.volumes?.[0]).toEqual({ name: "data", persistentVolumeClaim: { claimName: "data-app-0" } });
    const isBound = (claim: PersistentVolumeClaim | undefined) => claim?.status?.phase === "Bound";
    await cluster.until<PersistentVolumeClaim>(`${claims}/data-app-0`, isBound);
    await cluster.patch(`${sets}/app`, { spec: { replicas: 0 } });
    await pods({});
    expect(await cluster.list(claims)).toHaveLength(1);
    await cluster.delete(`${claims}/data-app-0`);
    await cluster.until(`${claims}/data-app-0`, (claim) => claim === undefined);
  });

  it("starts a pod only when the one before is ready, unless they may all start at once", async () => {
    await start({}, () => "unready");
    await rolledOut({ replicas: 1, availableReplicas: 0 });
    await pods({ "app-0": "web:1" });
    await cluster.stop();
    await start({ podManagementPolicy: "Parallel" }, () => "unready");
    await pods({ "app-0": "web:1", "app-1": "web:1", "app-2": "web:1" });
  });

  it("updates from the highest pod down to the partition, and keeps every revision", async () => {
    await start({ updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 1 } } });
    await rolledOut({ currentReplicas: 3 });
    await cluster.patch(`${sets}/app`, withImage("web:2"));
    await rolledOut({ updatedReplicas: 2 });
    await pods({ "app-0": "web:1", "app-1": "web:2", "app-2": "web:2" });
    await cluster.delete(`${at.pods}/app-0`);
    await rolledOut({ updatedReplicas: 2 });
    await pods({ "app-0": "web:1", "app-1": "web:2", "app-2": "web:2" });
    await cluster.patch(`${sets}/app`, { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
    await rolledOut({ updatedReplicas: 3, currentReplicas: 3 });
    await cluster.patch(`${sets}/app`, withImage("web:1"));
    await pods({ "app-0": "web:1", "app-1": "web:1", "app-2": "web:1" });
    const revisions = await cluster.list<ControllerRevision>("/apis/apps/v1/namespaces/ns/controllerrevisions");
    expect(revisions.map(({ revision }) => revision).sort()).toEqual([2, 3]);
  });

  it("leaves pods alone until somebody deletes them, where updates are to wait for that", async () => {
    await start({ updateStrategy: { type: "OnDelete" } });
    await rolledOut({});
    await cluster.patch(`${sets}/app`, withImage("web:2"));
    await rolledOut({ currentReplicas: 3 });
    await cluster.delete(`${at.pods}/app-2`);
    await pods({ "app-0": "web:1", "app-1": "web:1", "app-2": "web:2" });
  });

  it("goes back to a smaller size from the highest pod down", async () => {
    await start({});
    await rolledOut({});
    await cluster.patch(`${sets}/app`, { spec: { replicas: 1 } });
    await pods({ "app-0": "web:1" });
    const events = await cluster.list<KubernetesObject>("/api/v1/namespaces/ns/events");
    const deleted = events.filter(({ reason }) => reason === "SuccessfulDelete").map(({ message }) => message);
    expect(deleted).toEqual(["app-2", "app-1"].map((name) => `delete Pod ${name} in StatefulSet app successful`));
  });
});
