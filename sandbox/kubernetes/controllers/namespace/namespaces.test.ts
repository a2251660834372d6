import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Namespace } from "../kinds.ts";
import { appDeployment, at } from "../testing/manifests.ts";
import { startTestCluster } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";

const namespace = "/api/v1/namespaces/ns";
let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster({ fate: () => "ready" });
});
afterEach(() => cluster.stop());

describe("the namespace controllers", () => {
  it("furnish a namespace, and again what was deleted of it", async () => {
    const rootCa = `${at.configMaps}/kube-root-ca.crt`;
    const given = await cluster.until<KubernetesObject & { data?: object }>(rootCa, (found) => found !== undefined);
    expect(given?.data).toEqual({ "ca.crt": expect.stringContaining("BEGIN CERTIFICATE") });
    await cluster.delete(rootCa);
    await cluster.until(rootCa, (found) => found !== undefined && found.metadata.uid !== given?.metadata.uid);
  });

  it("empty a namespace that is deleted, and let it go", async () => {
    await cluster.create(at.deployments, appDeployment());
    await cluster.delete(namespace);
    await cluster.until(namespace, (found) => found === undefined);
    expect(await cluster.list(at.pods)).toEqual([]);
    expect(await cluster.list(at.configMaps)).toEqual([]);
  });

  it("say in Kubernetes' words what keeps a namespace from going", async () => {
    await cluster.create(at.configMaps, { metadata: { name: "held", finalizers: ["example.com/hold"] } });
    await cluster.delete(namespace);
    const going = await cluster.until<Namespace>(namespace, (found) => found?.status?.conditions !== undefined);
    expect(going?.status?.conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: "NamespaceContentRemaining",
          status: "True",
          reason: "SomeResourcesRemain",
          message: "Some resources are remaining: configmaps. has 1 resource instances",
        }),
        expect.objectContaining({
          type: "NamespaceFinalizersRemaining",
          status: "True",
          message: "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
        }),
      ]),
    );
    await cluster.patch(`${at.configMaps}/held`, { metadata: { finalizers: null } });
    await cluster.until(namespace, (found) => found === undefined);
  });
});
