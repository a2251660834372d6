import { ApiError } from "../../../../src/kubernetes/api-error.ts";
import { collectionPath } from "../../../../src/kubernetes/discovery.ts";
import type { Context } from "../controller.ts";
import { podKind } from "../kinds.ts";
import type { Pod } from "../kinds.ts";
import { podMetricsKind } from "./kinds.ts";
import type { Autoscaler, MetricSpec, PodMetrics, Scale } from "./kinds.ts";
import { limit, stabilizationMs } from "./limits.ts";
import type { Recommended } from "./limits.ts";
import { NoRecommendation, recommend } from "./recommendation.ts";
import type { Recommendation } from "./recommendation.ts";
import type { Report } from "./report.ts";

export interface Desired {
  readonly replicas: number;
  /** As the event of a change tells it. */
  readonly reason: string;
}

interface Question extends Context {
  readonly autoscaler: Autoscaler;
  readonly scale: Scale;
  readonly report: Report;
  /** Recommendations so far; this one is added, those too old are dropped. */
  readonly recent: Recommended[];
}

/** How many replicas there should be; undefined when nobody can tell. The bounds hold even then. */
export async function desiredReplicas(question: Question): Promise<Desired | undefined> {
  const { autoscaler, scale, report } = question;
  const { minReplicas = 1, maxReplicas } = autoscaler.spec;
  const current = scale.spec.replicas ?? 0;
  if (current === 0 && minReplicas !== 0) {
    const why = "scaling is disabled since the replica count of the target is zero";
    report.say("ScalingActive", "False", "ScalingDisabled", why);
    return { replicas: 0, reason: "" };
  }
  if (current > maxReplicas) {
    return { replicas: maxReplicas, reason: "Current number of replicas above Spec.MaxReplicas" };
  }
  if (current < minReplicas) {
    return { replicas: minReplicas, reason: "Current number of replicas below Spec.MinReplicas" };
  }
  return byMetrics(question, current);
}

async function byMetrics(question: Question, current: number): Promise<Desired | undefined> {
  const { autoscaler, report, recent } = question;
  const highest = await highestRecommendation(question, current);
  if (highest === undefined) return undefined;
  const basis = `the HPA was able to successfully calculate a replica count from ${highest.basis}`;
  report.say("ScalingActive", "True", "ValidMetricFound", basis);
  const now = Date.now();
  const oldest = now - stabilizationMs(autoscaler);
  recent.splice(0, recent.length, ...recent.filter(({ at }) => at > oldest), { at: now, replicas: highest.replicas });
  const { replicas, ableToScale, scalingLimited } = limit(autoscaler, recent, current);
  report.say("AbleToScale", ableToScale.status, ableToScale.reason, ableToScale.message);
  report.say("ScalingLimited", scalingLimited.status, scalingLimited.reason, scalingLimited.message);
  return { replicas, reason: replicas > current ? `${highest.basis} above target` : "All metrics below target" };
}

/** A metric that fails does not stop the others from scaling up, only from scaling down. */
async function highestRecommendation(question: Question, current: number): Promise<Recommendation | undefined> {
  const { autoscaler, report, record } = question;
  const metrics = autoscaler.spec.metrics ?? [];
  const results = await tryAll(question, current);
  const statuses = results.map((result) => (result instanceof Error ? { type: "" } : result.status));
  report.counts = { ...report.counts, currentMetrics: statuses };
  const [highest] = results
    .flatMap((result) => (result instanceof Error ? [] : [result]))
    .sort((a, b) => b.replicas - a.replicas);
  const failures = results.flatMap((result, index) => (result instanceof Error ? [{ result, index }] : []));
  const [first] = failures;
  if (first === undefined || (highest !== undefined && highest.replicas >= current)) return highest;
  const name = metrics[first.index]?.resource?.name ?? "";
  const why = first.result.message;
  report.say(
    "ScalingActive",
    "False",
    "FailedGetResourceMetric",
    `the HPA was unable to compute the replica count: ${why}`,
  );
  record(autoscaler, { type: "Warning", reason: "FailedGetResourceMetric", message: why });
  const message = `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: failed to get ${name} resource metric value: ${why}`;
  record(autoscaler, { type: "Warning", reason: "FailedComputeMetricsReplicas", message });
  return undefined;
}

async function tryAll(question: Question, current: number): Promise<(Recommendation | NoRecommendation)[]> {
  const metrics = question.autoscaler.spec.metrics ?? [];
  const pods = await selectedPods(question);
  const usage = await podMetrics(question);
  return metrics.map((metric) => {
    try {
      if (usage instanceof NoRecommendation) throw new NoRecommendation(`${unable(metric)}: ${usage.message}`);
      return recommend({ metric, pods, metrics: usage, current });
    } catch (error) {
      if (!(error instanceof NoRecommendation)) throw error;
      return new NoRecommendation(`failed to get ${whatOf(metric)}: ${error.message}`);
    }
  });
}

function unable(metric: MetricSpec): string {
  return `unable to get metrics for resource ${metric.resource?.name ?? ""}`;
}

function whatOf({ resource }: MetricSpec): string {
  return `${resource?.name ?? ""} ${resource?.target.type === "Utilization" ? "utilization" : "usage"}`;
}

async function selectedPods({ cluster, autoscaler, scale }: Question): Promise<Pod[]> {
  const path = collectionPath(podKind, autoscaler.metadata.namespace);
  const query = { labelSelector: scale.status?.selector };
  const { items } = await cluster.api.request<{ items: Pod[] }>({ method: "GET", path, query });
  return items;
}

async function podMetrics({ cluster, autoscaler }: Question): Promise<PodMetrics[] | NoRecommendation> {
  const path = collectionPath(podMetricsKind, autoscaler.metadata.namespace);
  try {
    const { items } = await cluster.api.request<{ items: PodMetrics[] }>({ method: "GET", path });
    return items.length > 0 ? items : new NoRecommendation("no metrics returned from resource metrics API");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // A server without metrics answers the router's 404, which Kubernetes' client words like this.
    const why = error.status === 404 ? "the server could not find the requested resource" : error.message;
    return new NoRecommendation(`unable to fetch metrics from resource metrics API: ${why} (get pods.metrics.k8s.io)`);
  }
}
