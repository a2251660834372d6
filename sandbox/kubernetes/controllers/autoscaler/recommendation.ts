import { milliValue } from "../../../../src/kubernetes/quantity.ts";
import type { Pod } from "../kinds.ts";
import { isActive, isReady } from "../pods.ts";
import { containerRequests } from "../../pod-requests.ts";
import { sum } from "../counts.ts";
import type { MetricSpec, MetricStatus, PodMetrics } from "./kinds.ts";

/** How far the ratio of used to wanted may be from 1 before anything is scaled. */
const tolerance = 0.1;

export interface Recommendation {
  readonly replicas: number;
  readonly status: MetricStatus;
  /** What the number was calculated from, as the ScalingActive condition names it. */
  readonly basis: string;
}

/** Why there is no recommendation; the message is worded as Kubernetes words it. */
export class NoRecommendation extends Error {}

/**
 * How many replicas a resource metric asks for: the current number times used over wanted. Pods that give no numbers, or are not ready
 * while the load is high, count against the change, so that it is never overdone.
 */
export function recommend(o: {
  readonly metric: MetricSpec;
  readonly pods: readonly Pod[];
  readonly metrics: readonly PodMetrics[];
  readonly current: number;
}): Recommendation {
  const { resource } = o.metric;
  if (resource === undefined || (resource.name !== "cpu" && resource.name !== "memory")) {
    throw new NoRecommendation(`invalid metric source type "${o.metric.type}"`);
  }
  const samples = samplesOf({ ...o, name: resource.name, needsRequest: resource.target.type === "Utilization" });
  const ready = samples.filter((sample) => sample.state === "ready");
  const average = sum(ready, ({ used }) => used) / ready.length;
  const utilization = Math.trunc((sum(ready, ({ used }) => used) * 100) / sum(ready, ({ request }) => request));
  const { averageUtilization, averageValue } = resource.target;
  const isUtilization = averageUtilization !== undefined;
  const wanted = (sample: Sample): number =>
    isUtilization ? (sample.request * averageUtilization) / 100 : (milliValue(averageValue ?? "") ?? 0);
  return {
    replicas: replicasFor({ samples, ready, wanted, current: o.current }),
    status: {
      type: "Resource",
      resource: {
        name: resource.name,
        current: {
          ...(isUtilization ? { averageUtilization: utilization } : {}),
          averageValue: quantity(average, resource.name),
        },
      },
    },
    basis: isUtilization
      ? `${resource.name} resource utilization (percentage of request)`
      : `${resource.name} resource`,
  };
}

/** One pod's share: what it uses and asks for, in thousandths. */
interface Sample {
  readonly state: "ready" | "unready" | "missing";
  readonly used: number;
  readonly request: number;
}

function samplesOf(o: {
  readonly name: "cpu" | "memory";
  readonly needsRequest: boolean;
  readonly pods: readonly Pod[];
  readonly metrics: readonly PodMetrics[];
}): Sample[] {
  const used = new Map(
    o.metrics.map(({ metadata, containers }) => [
      metadata.name,
      sum(containers, ({ usage }) => milliValue(usage[o.name] ?? "0") ?? 0),
    ]),
  );
  const pods = o.pods.filter(isActive);
  if (pods.length === 0) throw new NoRecommendation("no pods returned by selector while calculating replica count");
  const samples = pods.map((pod): Sample => {
    const usage = used.get(pod.metadata.name);
    const request = o.needsRequest ? requestOf(pod, o.name) : 0;
    if (usage === undefined) return { state: "missing", used: 0, request };
    return { state: o.name === "cpu" && !isReady(pod) ? "unready" : "ready", used: usage, request };
  });
  if (samples.some(({ state }) => state === "ready")) return samples;
  throw new NoRecommendation("did not receive metrics for targeted pods (pods might be unready)");
}

function requestOf(pod: Pod, name: "cpu" | "memory"): number {
  return sum(pod.spec.containers, (container) => {
    const request = containerRequests(container)[name];
    if (request > 0) return request;
    throw new NoRecommendation(
      `missing request for ${name} in container ${container.name} of Pod ${pod.metadata.name}`,
    );
  });
}

function replicasFor(o: {
  readonly samples: readonly Sample[];
  readonly ready: readonly Sample[];
  readonly wanted: (sample: Sample) => number;
  readonly current: number;
}): number {
  const ratio = sum(o.ready, ({ used }) => used) / sum(o.ready, o.wanted);
  const others = o.samples.filter(({ state }) => state === "missing" || (state === "unready" && ratio > 1));
  if (others.length === 0) {
    return Math.abs(1 - ratio) <= tolerance ? o.current : Math.ceil(ratio * o.ready.length);
  }
  // Against the change: idle where the load is high, fully used where it is low.
  const assumed = sum(others, (sample) => (ratio > 1 ? 0 : Math.max(sample.request, o.wanted(sample))));
  const counted = [...o.ready, ...others];
  const careful = (sum(o.ready, ({ used }) => used) + assumed) / sum(counted, o.wanted);
  const replicas = Math.ceil(careful * counted.length);
  const turned = careful > 1 !== ratio > 1 || (careful < 1 ? replicas > o.current : replicas < o.current);
  return Math.abs(1 - careful) <= tolerance || turned ? o.current : replicas;
}

function quantity(milli: number, name: "cpu" | "memory"): string {
  return name === "cpu" ? `${Math.round(milli)}m` : String(Math.round(milli / 1000));
}
