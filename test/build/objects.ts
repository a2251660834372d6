import type { ResourceKind } from "../../src/kubernetes/discovery.ts";
import { makeDiscovery } from "../../src/kubernetes/discovery.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import type { ReleaseSummary } from "../../src/release/record/record.ts";
import type { ReleaseObject } from "../../src/release/release-object.ts";

/** Builders for tests: everything that a test does not speak of has a plain value. */
export function object(kind: string, name: string, rest: Record<string, unknown> = {}): KubernetesObject {
  const apiVersion =
    { Deployment: "apps/v1", CronJob: "batch/v1", HorizontalPodAutoscaler: "autoscaling/v2" }[kind] ?? "v1";
  return { apiVersion, kind, metadata: { name, namespace: "shop" }, ...structuredClone(rest) };
}

export function deployment(
  name: string,
  podSpec: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
): KubernetesObject {
  return object("Deployment", name, {
    spec: { ...spec, template: { spec: { containers: [{ name: "app", image: "shop/app:v1" }], ...podSpec } } },
  });
}

const verbs = ["get", "list", "watch", "create", "patch", "delete"];

export function kind(
  name: string,
  plural: string,
  { group = "", version = "v1", namespaced = true } = {},
): ResourceKind {
  return { group, version, kind: name, plural, namespaced, verbs, subresources: [] };
}

export const discovery = makeDiscovery([
  kind("Namespace", "namespaces", { namespaced: false }),
  kind("ConfigMap", "configmaps"),
  kind("Secret", "secrets"),
  kind("Service", "services"),
  kind("Deployment", "deployments", { group: "apps" }),
  kind("StatefulSet", "statefulsets", { group: "apps" }),
  kind("DaemonSet", "daemonsets", { group: "apps" }),
  kind("Job", "jobs", { group: "batch" }),
  kind("CronJob", "cronjobs", { group: "batch" }),
  kind("HorizontalPodAutoscaler", "horizontalpodautoscalers", { group: "autoscaling", version: "v2" }),
  kind("Rollout", "rollouts", { group: "argoproj.io", version: "v1alpha1" }),
  kind("ScaledObject", "scaledobjects", { group: "keda.sh", version: "v1alpha1" }),
]);

export function released(of: KubernetesObject, source?: ReleaseObject["source"]): ReleaseObject {
  const found = discovery.find(of.apiVersion, of.kind);
  if (found === undefined) throw new Error(`the test's discovery has no ${of.kind}`);
  return { object: of, kind: found, ...(source === undefined ? {} : { source }) };
}

export function release(revision: number, rest: Partial<ReleaseSummary> = {}): ReleaseSummary {
  return {
    app: "shop",
    revision,
    outcome: "succeeded",
    startedAt: "2026-01-02T03:04:05.000Z",
    commit: `c${revision}`,
    actor: "ann",
    repository: "acme/shop",
    run: "",
    runId: String(100 + revision),
    images: {},
    ...rest,
  };
}
