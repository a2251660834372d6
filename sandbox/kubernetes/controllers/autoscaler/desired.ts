import type { Context } from "../controller.ts";
import type { Autoscaler, MetricSpec } from "./kinds.ts";
import type { Report } from "./report.ts";

export interface Desired {
  readonly replicas: number;
  /** As the event of a change tells it. */
  readonly reason: string;
}

interface Question {
  readonly autoscaler: Autoscaler;
  readonly current: number;
  readonly record: Context["record"];
  readonly report: Report;
}

/** How many replicas there should be; undefined within the bounds, where only metrics could tell, and the sandbox has none. */
export function desiredReplicas(question: Question): Desired | undefined {
  const { autoscaler, current, report } = question;
  const { minReplicas = 1, maxReplicas } = autoscaler.spec;
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
  missMetrics(question);
  return undefined;
}

/** Says what an autoscaler says in a cluster without a metrics server. */
function missMetrics({ autoscaler, report, record }: Question): void {
  const { metrics = [] } = autoscaler.spec;
  report.counts = { ...report.counts, currentMetrics: metrics.map(() => ({ type: "" })) };
  const [first] = metrics;
  if (first === undefined) return;
  const name = first.resource?.name ?? "";
  const why =
    `failed to get ${whatOf(first)}: unable to get metrics for resource ${name}: unable to fetch metrics from resource metrics API: ` +
    "the server could not find the requested resource (get pods.metrics.k8s.io)";
  const reason = "FailedGetResourceMetric";
  report.say("ScalingActive", "False", reason, `the HPA was unable to compute the replica count: ${why}`);
  record(autoscaler, { type: "Warning", reason, message: why });
  const message = `invalid metrics (${metrics.length} invalid out of ${metrics.length}), first error is: failed to get ${name} resource metric value: ${why}`;
  record(autoscaler, { type: "Warning", reason: "FailedComputeMetricsReplicas", message });
}

function whatOf({ resource }: MetricSpec): string {
  return `${resource?.name ?? ""} ${resource?.target.type === "Utilization" ? "utilization" : "usage"}`;
}
