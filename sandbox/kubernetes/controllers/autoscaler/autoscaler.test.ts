import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Deployment, Pod } from "../kinds.ts";
import { pod } from "../testing/builders.ts";
import { appDeployment, at } from "../testing/manifests.ts";
import { startTestCluster } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";
import type { Autoscaler, PodMetrics } from "./kinds.ts";
import { limit } from "./limits.ts";
import { recommend } from "./recommendation.ts";

const since = "2026-01-01T00:00:00Z";
const cpu = (averageUtilization: number) => ({
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization } },
});

function using(name: string, usage: Record<string, string>): PodMetrics {
  return {
    apiVersion: "metrics.k8s.io/v1beta1",
    kind: "PodMetrics",
    metadata: { name },
    containers: [{ name: "main", usage }],
  };
}

describe("recommend()", () => {
  const three = ["a", "b", "c"].map((name) =>
    pod({ name, readySince: since, requests: { cpu: "100m", memory: "100Mi" } }),
  );
  const all = (amount: string) => three.map(({ metadata }) => using(metadata.name, { cpu: amount }));

  it.each([
    ["grows with the load", all("140m"), 6],
    ["shrinks with it", all("20m"), 1],
    ["stays within a tenth", all("76m"), 3],
    [
      "takes pods without numbers for idle when it grows",
      [using("a", { cpu: "280m" }), using("b", { cpu: "140m" })],
      6,
    ],
    [
      "takes pods without numbers for busy when it shrinks",
      [using("a", { cpu: "10m" }), using("b", { cpu: "10m" })],
      2,
    ],
    ["stays where the pods without numbers would turn the decision", [using("a", { cpu: "80m" })], 3],
  ])("%s", (_, metrics, expected) => {
    expect(recommend({ metric: cpu(70), pods: three, metrics, current: 3 }).replicas).toBe(expected);
  });

  it("tells what is used, by the request and in all", () => {
    expect(recommend({ metric: cpu(70), pods: three, metrics: all("35m"), current: 3 }).status).toEqual({
      type: "Resource",
      resource: { name: "cpu", current: { averageUtilization: 35, averageValue: "35m" } },
    });
  });

  it("compares with an amount, where the target is one", () => {
    const metric = {
      type: "Resource",
      resource: { name: "memory", target: { type: "AverageValue", averageValue: "100Mi" } },
    };
    const metrics = three.map(({ metadata }) => using(metadata.name, { memory: "200Mi" }));
    expect(recommend({ metric, pods: three, metrics, current: 3 }).replicas).toBe(6);
  });

  it("cannot tell without requests", () => {
    const given = { metric: cpu(70), pods: [pod({ name: "a", readySince: since })], metrics: all("1"), current: 1 };
    expect(() => recommend(given)).toThrow("missing request for cpu in container main of Pod a");
  });
});

describe("limit()", () => {
  const autoscaler = (minReplicas: number, maxReplicas: number): Autoscaler => ({
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "app" },
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "app" }, minReplicas, maxReplicas },
  });
  const recent = (...replicas: number[]) => replicas.map((each) => ({ at: 0, replicas: each }));

  it.each([
    ["within the bounds", recent(4), 3, 4, "DesiredWithinRange", "ReadyForNewScale"],
    ["below the least", recent(1), 3, 2, "TooFewReplicas", "ReadyForNewScale"],
    ["above the most", recent(30), 9, 10, "TooManyReplicas", "ReadyForNewScale"],
    ["faster than twice", recent(9), 2, 4, "ScaleUpLimit", "ReadyForNewScale"],
    ["below what was wanted lately", recent(5, 2), 5, 5, "DesiredWithinRange", "ScaleDownStabilized"],
  ])("of a recommendation %s", (_, recommendations, current, replicas, limited, able) => {
    const result = limit(autoscaler(2, 10), recommendations, current);
    expect(result.replicas).toBe(replicas);
    expect(result.scalingLimited.reason).toBe(limited);
    expect(result.ableToScale.reason).toBe(able);
  });
});

describe("the autoscaler", () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await startTestCluster({ fate: () => "ready" });
    await cluster.create(at.deployments, appDeployment({ replicas: 1 }));
    await cluster.until<Deployment>(at.app, (app) => app?.status?.availableReplicas === 1);
  });
  afterEach(() => cluster.stop());

  const app = { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "app" }, metrics: [cpu(70)] };
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

  it("scales by metrics.k8s.io, and says so", async () => {
    const [running] = await cluster.list<Pod>(at.pods);
    await offerMetrics(cluster);
    await cluster.create(
      "/apis/metrics.k8s.io/v1beta1/namespaces/ns/pods",
      using(running?.metadata.name ?? "", { cpu: "200m" }),
    );
    await cluster.create(at.autoscalers, { metadata: { name: "app" }, spec: { ...app, maxReplicas: 5 } });
    await scaled(3);
    const autoscaler = await cluster.until<Autoscaler>(
      `${at.autoscalers}/app`,
      (found) => found?.status?.desiredReplicas === 3,
    );
    const conditions = autoscaler?.status?.conditions?.map(
      ({ type, status, reason }) => `${type} ${status} ${reason ?? ""}`,
    );
    expect(conditions).toEqual([
      "AbleToScale True SucceededRescale",
      "ScalingActive True ValidMetricFound",
      "ScalingLimited False DesiredWithinRange",
    ]);
    expect(autoscaler?.status?.currentMetrics).toEqual([
      { type: "Resource", resource: { name: "cpu", current: { averageUtilization: 200, averageValue: "200m" } } },
    ]);
  });
});

/** Anybody may set metrics in the sandbox: they are objects of a kind that a definition brings. */
async function offerMetrics(cluster: TestCluster): Promise<void> {
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  await cluster.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
    metadata: {
      name: "pods.metrics.k8s.io",
      annotations: { "api-approved.kubernetes.io": "https://github.com/kubernetes/metrics" },
    },
    spec: {
      group: "metrics.k8s.io",
      scope: "Namespaced",
      names: { plural: "pods", singular: "pod", kind: "PodMetrics", listKind: "PodMetricsList" },
      versions: [{ name: "v1beta1", served: true, storage: true, schema: { openAPIV3Schema: open } }],
    },
  });
  await cluster.until("/apis/metrics.k8s.io/v1beta1/namespaces/ns/pods", (list) => list !== undefined);
}
