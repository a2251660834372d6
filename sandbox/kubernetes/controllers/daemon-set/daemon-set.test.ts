import { afterEach, describe, it } from "@jest/globals";
import type { DaemonSet, Pod } from "../kinds.ts";
import { appDeployment, at, withImage } from "../testing/manifests.ts";
import { startTestCluster, waitFor } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";

const sets = "/apis/apps/v1/namespaces/ns/daemonsets";

let cluster: TestCluster;
afterEach(() => cluster.stop());

async function start(spec: Partial<DaemonSet["spec"]> = {}): Promise<void> {
  cluster = await startTestCluster({ fate: () => "ready" });
  const { replicas: _, ...rest } = (appDeployment() as DaemonSet & { spec: { replicas: number } }).spec;
  await cluster.create(sets, { metadata: { name: "app" }, spec: { ...rest, ...spec } });
}

/** Where pods with which image are, once it is as wanted. */
async function placed(wanted: readonly string[]): Promise<void> {
  const look = async () =>
    (await cluster.list<Pod>(at.pods)).map(
      ({ spec }) => `${spec.nodeName ?? "no node"} ${spec.containers[0]?.image ?? ""}`,
    );
  await waitFor("the pods", look, (seen) => JSON.stringify([...seen].sort()) === JSON.stringify(wanted));
}

describe("the DaemonSet controller", () => {
  it("has a pod on the node for as long as that suits", async () => {
    await start();
    await placed(["node1 web:1"]);
    await cluster.patch(`${sets}/app`, { spec: { template: { spec: { nodeSelector: { disk: "fast" } } } } });
    await placed([]);
  });

  it("replaces its pods when the template changes, and only when they are deleted if that is wanted", async () => {
    await start();
    await placed(["node1 web:1"]);
    await cluster.patch(`${sets}/app`, withImage("web:2"));
    await placed(["node1 web:2"]);
    await cluster.patch(`${sets}/app`, { spec: { updateStrategy: { $retainKeys: ["type"], type: "OnDelete" } } });
    await cluster.patch(`${sets}/app`, withImage("web:3"));
    const isSeen = (set: DaemonSet | undefined): boolean =>
      (({ ...set?.status }) as { observedGeneration?: number }).observedGeneration === 4;
    await cluster.until<DaemonSet>(`${sets}/app`, isSeen);
    await placed(["node1 web:2"]);
    const [pod] = await cluster.list<Pod>(at.pods);
    await cluster.delete(`${at.pods}/${pod?.metadata.name ?? ""}`);
    await placed(["node1 web:3"]);
  });
});
