import { objectPath } from "../../../src/kubernetes/discovery.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { updatedCondition } from "./conditions.ts";
import { changesOf } from "./controller.ts";
import type { Context, Controller } from "./controller.ts";
import type { Condition, Kind } from "./kinds.ts";
import { keyOf } from "./store.ts";
import type { Store } from "./store.ts";
import { timestamp } from "../timestamp.ts";
import type { Again } from "./work-queue.ts";

interface MetricSpec {
  type: string;
  resource?: { name: string; target: { type: string } };
}

export interface Autoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: { apiVersion: string; kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
    metrics?: MetricSpec[];
  };
  status?: AutoscalerStatus;
}

interface AutoscalerStatus {
  currentReplicas?: number;
  desiredReplicas: number;
  lastScaleTime?: string;
  currentMetrics?: { type: string }[] | null;
  conditions?: Condition[];
}

interface Scale extends KubernetesObject {
  spec: { replicas?: number };
}

const autoscalerKind: Kind<Autoscaler> = {
  group: "autoscaling",
  version: "v2",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  namespaced: true,
};

/** How often the target is looked at. Kubernetes' default is 15 s; somebody waits at a sandbox. */
const periodMs = 5_000;

interface Parts extends Context {
  readonly autoscalers: Store<Autoscaler>;
}

/** Keeps workloads within their bounds. It knows no load: the sandbox has no metrics. */
export const autoscalerController: Controller = {
  name: "horizontal-pod-autoscaler",
  async prepare(context) {
    const autoscalers = await context.cluster.store(autoscalerKind);
    const parts = { ...context, autoscalers };
    return {
      // Its own status is most of what changes of it: a change of its spec is seen with the next look.
      sources: [changesOf(autoscalers, (autoscaler, type) => (type === "MODIFIED" ? [] : [keyOf(autoscaler)]))],
      reconcile: (key) => sync(parts, key),
    };
  },
};

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const autoscaler = parts.autoscalers.get(key);
  if (autoscaler === undefined) return undefined;
  await parts.cluster.replaceStatus(autoscalerKind, autoscaler, await look(parts, autoscaler));
  return { afterMs: periodMs };
}

async function look(parts: Parts, autoscaler: Autoscaler): Promise<AutoscalerStatus> {
  const report = new Report(autoscaler);
  const target = await scaleTarget(parts, autoscaler, report);
  if (target === undefined) return report.status();
  const current = target.scale.spec.replicas ?? 0;
  report.counts = { ...report.counts, currentReplicas: current };
  const desired = desiredReplicas({ autoscaler, current, report, record: parts.record });
  if (desired === undefined) return report.status();
  report.counts = { ...report.counts, desiredReplicas: desired.replicas };
  if (desired.replicas !== current) await rescale(parts, { autoscaler, report, target, desired });
  return report.status();
}

interface Target {
  readonly path: string;
  readonly scale: Scale;
}

async function scaleTarget(parts: Parts, autoscaler: Autoscaler, report: Report): Promise<Target | undefined> {
  const { apiVersion, kind, name } = autoscaler.spec.scaleTargetRef;
  try {
    const found = await parts.cluster.findKind(apiVersion, kind);
    if (found === undefined) throw new Error(`no matches for kind "${kind}" in version "${apiVersion}"`);
    const path = objectPath(found, autoscaler.metadata.namespace ?? "", name, "scale");
    const scale = await parts.cluster.api.request<Scale>({ method: "GET", path });
    report.say(
      "AbleToScale",
      "True",
      "SucceededGetScale",
      "the HPA controller was able to get the target's current scale",
    );
    return { path, scale };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const why = `the HPA controller was unable to get the target's current scale: ${message}`;
    report.say("AbleToScale", "False", "FailedGetScale", why);
    parts.record(autoscaler, { type: "Warning", reason: "FailedGetScale", message });
    return undefined;
  }
}

async function rescale(
  { cluster, record }: Parts,
  o: { readonly autoscaler: Autoscaler; readonly report: Report; readonly target: Target; readonly desired: Desired },
): Promise<void> {
  const { path, scale } = o.target;
  const { replicas, reason } = o.desired;
  const query = { fieldManager: "kube-controller-manager" };
  await cluster.api.request({ method: "PUT", path, query, body: { ...scale, spec: { ...scale.spec, replicas } } });
  const done = `the HPA controller was able to update the target scale to ${replicas}`;
  o.report.say("AbleToScale", "True", "SucceededRescale", done);
  o.report.counts = { ...o.report.counts, lastScaleTime: timestamp(new Date()) };
  record(o.autoscaler, {
    type: "Normal",
    reason: "SuccessfulRescale",
    message: `New size: ${replicas}; reason: ${reason}`,
  });
}

interface Desired {
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
function desiredReplicas(question: Question): Desired | undefined {
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

type Counts = Omit<AutoscalerStatus, "conditions">;

/** The status of an autoscaler as it grows while its load is looked at. */
class Report {
  counts: Counts;
  #conditions: Condition[];

  constructor({ status }: Autoscaler) {
    const { conditions = [], ...counts } = status ?? { desiredReplicas: 0 };
    this.counts = counts;
    this.#conditions = conditions;
  }

  say(type: string, status: Condition["status"], reason: string, message: string): void {
    const lastTransitionTime = timestamp(new Date());
    this.#conditions = updatedCondition(this.#conditions, { type, status, lastTransitionTime, reason, message });
  }

  status(): AutoscalerStatus {
    return { ...this.counts, conditions: this.#conditions };
  }
}
