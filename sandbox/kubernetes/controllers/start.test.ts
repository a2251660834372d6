import { afterEach, describe, expect, it } from "@jest/globals";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { DisruptionBudget } from "./disruption.ts";
import type { Pod, Service } from "./kinds.ts";
import { appDeployment, at } from "./testing/manifests.ts";
import { startTestCluster, waitFor } from "./testing/test-cluster.ts";
import type { TestCluster } from "./testing/test-cluster.ts";

let cluster: TestCluster;
afterEach(() => cluster.stop());

function countingStreams(api: KubernetesApi, open: { streams: number; requests: number }): KubernetesApi {
  return {
    async request(request) {
      open.requests += 1;
      try {
        return await api.request(request);
      } finally {
        open.requests -= 1;
      }
    },
    async *stream(request) {
      open.streams += 1;
      try {
        yield* api.stream(request);
      } finally {
        open.streams -= 1;
      }
    },
  };
}

describe("startControllers()", () => {
  it("leaves no watch, request or timer behind when it is stopped in the middle of things", async () => {
    const open = { streams: 0, requests: 0 };
    const timers = () => process.getActiveResourcesInfo().filter((what) => what === "Timeout").length;
    const before = timers();
    cluster = await startTestCluster({ between: (api) => countingStreams(api, open) });
    await cluster.create(at.deployments, appDeployment({ replicas: 5 }));
    expect(open.streams).toBeGreaterThan(10);
    await cluster.stop();
    await waitFor(
      "everything closed",
      () => ({ ...open, timers: timers() }),
      (left) => left.streams === 0,
    );
    expect(open).toEqual({ streams: 0, requests: 0 });
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("needs a few writes for each pod of a rollout, and none once it is done", async () => {
    const writes: string[] = [];
    const counting = (api: KubernetesApi): KubernetesApi => ({
      stream: (request) => api.stream(request),
      request: (request) => {
        if (request.method !== "GET" && !request.path.endsWith("/events"))
          writes.push(`${request.method} ${request.path}`);
        return api.request(request);
      },
    });
    cluster = await startTestCluster({ fate: () => "ready", between: counting });
    await cluster.create(at.deployments, appDeployment({ replicas: 10 }));
    await cluster.until(at.app, (app) => (app?.status as { availableReplicas?: number }).availableReplicas === 10);
    const done = writes.length;
    expect(done).toBeLessThan(80);
    await cluster.patch(at.app, { metadata: { labels: { seen: "yes" } } });
    await cluster.until(at.app, (app) => app?.metadata.labels?.seen === "yes");
    expect(writes.slice(done)).toEqual([]);
    expect(cluster.log).toEqual([]);
  });

  it("gives a load balancer its address", async () => {
    cluster = await startTestCluster();
    await cluster.create(at.services, {
      metadata: { name: "web" },
      spec: { type: "LoadBalancer", selector: { app: "app" }, ports: [{ port: 80 }] },
    });
    const web = await cluster.until<Service>(
      `${at.services}/web`,
      (found) => found?.status?.loadBalancer?.ingress !== undefined,
    );
    expect(web?.status?.loadBalancer?.ingress).toEqual([{ ip: "127.0.0.1", ipMode: "VIP" }]);
  });

  it("schedules a pod as soon as another makes room", async () => {
    cluster = await startTestCluster({ fate: () => "ready" });
    const pod = (name: string) => ({
      metadata: { name },
      spec: { containers: [{ name: "main", image: "web:1", resources: { requests: { cpu: "5" } } }] },
    });
    await cluster.create(at.pods, pod("first"));
    await cluster.until<Pod>(`${at.pods}/first`, (found) => found?.spec.nodeName === "node1");
    await cluster.create(at.pods, pod("second"));
    const waiting = await cluster.until<Pod>(`${at.pods}/second`, (found) => found?.status?.conditions !== undefined);
    expect(waiting?.status?.conditions?.[0]).toMatchObject({
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message:
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
    });
    await cluster.delete(`${at.pods}/first`);
    await cluster.until<Pod>(`${at.pods}/second`, (found) => found?.spec.nodeName === "node1");
  });

  it("counts what a disruption budget allows", async () => {
    cluster = await startTestCluster({ fate: () => "ready" });
    const budgets = "/apis/policy/v1/namespaces/ns/poddisruptionbudgets";
    const spec = { minAvailable: "50%", selector: { matchLabels: { app: "app" } } };
    await cluster.create(budgets, { metadata: { name: "app" }, spec });
    await cluster.create(at.deployments, appDeployment({ replicas: 4 }));
    const found = await cluster.until<DisruptionBudget>(
      `${budgets}/app`,
      (each) => each?.status?.disruptionsAllowed === 2,
    );
    expect(found?.status).toMatchObject({
      expectedPods: 4,
      desiredHealthy: 2,
      currentHealthy: 4,
      observedGeneration: 1,
    });
  });
});
