import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { apiVersionOf } from "./resources.ts";
import type { Resource } from "./resources.ts";
import type { Stored } from "./store.ts";

/** core/v1 names of an Event's fields, which is how events are kept, and what events.k8s.io/v1 calls them. */
const eventNames: readonly (readonly [kept: string, served: string])[] = [
  ["involvedObject", "regarding"],
  ["message", "note"],
  ["source", "deprecatedSource"],
  ["firstTimestamp", "deprecatedFirstTimestamp"],
  ["lastTimestamp", "deprecatedLastTimestamp"],
  ["count", "deprecatedCount"],
  ["reportingComponent", "reportingController"],
];

/** A kept object as one served version of its kind. The versions of a custom kind differ by their name only. */
export function served(resource: Resource, object: Stored): KubernetesObject {
  const named = { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind };
  if (resource.group === "events.k8s.io") return renamed(named, new Map(eventNames));
  return isOldAutoscaler(resource) ? autoscalerAsV1(named) : named;
}

/** The other way: an object of a served version as it is kept. */
export function kept(resource: Resource, object: KubernetesObject): KubernetesObject {
  if (resource.group === "events.k8s.io") return renamed(object, new Map(eventNames.map(([a, b]) => [b, a])));
  return isOldAutoscaler(resource) ? autoscalerAsV2(object) : object;
}

function renamed(object: KubernetesObject, names: ReadonlyMap<string, string>): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  return {
    apiVersion,
    kind,
    metadata,
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [names.get(key) ?? key, value])),
  };
}

function isOldAutoscaler(resource: Resource): boolean {
  return resource.group === "autoscaling" && resource.version === "v1";
}

interface Metric {
  readonly type: string;
  readonly resource?: {
    readonly name: string;
    readonly target: { readonly type: string; readonly averageUtilization?: number };
  };
}

/** autoscaling/v1 knows one metric: the share of the CPU that is asked for. */
function autoscalerAsV1(object: KubernetesObject): KubernetesObject {
  const { metrics = [], behavior: _b, ...spec } = object.spec as { metrics?: readonly Metric[]; behavior?: object };
  const cpu = metrics.find((metric) => metric.resource?.name === "cpu")?.resource?.target.averageUtilization;
  const {
    currentMetrics: _m,
    conditions: _c,
    ...status
  } = (object.status ?? {}) as { currentMetrics?: object; conditions?: object };
  return {
    ...object,
    spec: { ...spec, ...(cpu === undefined ? {} : { targetCPUUtilizationPercentage: cpu }) },
    status,
  };
}

function autoscalerAsV2(object: KubernetesObject): KubernetesObject {
  const { targetCPUUtilizationPercentage: cpu, ...spec } = object.spec as {
    targetCPUUtilizationPercentage?: number;
  };
  const target = { type: "Utilization", averageUtilization: cpu };
  const metrics = cpu === undefined ? {} : { metrics: [{ type: "Resource", resource: { name: "cpu", target } }] };
  return { ...object, spec: { ...spec, ...metrics } };
}
