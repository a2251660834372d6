import { afterEach, beforeEach, describe, it } from "@jest/globals";
import type { Deployment } from "./kinds.ts";
import { appDeployment, at } from "./testing/manifests.ts";
import { startTestCluster } from "./testing/test-cluster.ts";
import type { TestCluster } from "./testing/test-cluster.ts";

const cpu = { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } };

describe("the autoscaler", () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await startTestCluster({ fate: () => "ready" });
    await cluster.create(at.deployments, appDeployment({ replicas: 1 }));
    await cluster.until<Deployment>(at.app, (app) => app?.status?.availableReplicas === 1);
  });
  afterEach(() => cluster.stop());

  const app = { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "app" }, metrics: [cpu] };
  const scaled = (replicas: number) =>
    cluster.until<Deployment>(at.app, (found) => found?.status?.availableReplicas === replicas);

  it("keeps the least number without any metrics", async () => {
    await cluster.create(at.autoscalers, {
      metadata: { name: "app" },
      spec: { ...app, minReplicas: 3, maxReplicas: 5 },
    });
    await scaled(3);
  });

  it("keeps the greatest number without any metrics", async () => {
    await cluster.patch(at.app, { spec: { replicas: 4 } });
    await scaled(4);
    await cluster.create(at.autoscalers, { metadata: { name: "app" }, spec: { ...app, maxReplicas: 2 } });
    await scaled(2);
  });
});
