import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Condition, Kind } from "../kinds.ts";

export interface MetricSpec {
  type: string;
  resource?: { name: string; target: { type: string; averageUtilization?: number; averageValue?: string } };
}

export interface MetricStatus {
  type: string;
  resource?: { name: string; current: { averageUtilization?: number; averageValue: string } };
}

export interface Autoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: { apiVersion: string; kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
    metrics?: MetricSpec[];
    behavior?: { scaleDown?: { stabilizationWindowSeconds?: number } };
  };
  status?: AutoscalerStatus;
}

export interface AutoscalerStatus {
  currentReplicas?: number;
  desiredReplicas: number;
  lastScaleTime?: string;
  currentMetrics?: MetricStatus[] | null;
  conditions?: Condition[];
}

export interface Scale extends KubernetesObject {
  spec: { replicas?: number };
  status?: { replicas?: number; selector?: string };
}

/** What a pod's containers use, as metrics.k8s.io tells it. */
export interface PodMetrics extends KubernetesObject {
  containers: { name: string; usage: Record<string, string> }[];
}

export const autoscalerKind: Kind<Autoscaler> = {
  group: "autoscaling",
  version: "v2",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  namespaced: true,
};

export const podMetricsKind: Kind<PodMetrics> = {
  group: "metrics.k8s.io",
  version: "v1beta1",
  kind: "PodMetrics",
  plural: "pods",
  namespaced: true,
};
