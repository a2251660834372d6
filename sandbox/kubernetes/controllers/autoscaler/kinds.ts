import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Condition, Kind } from "../kinds.ts";

export interface MetricSpec {
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

export interface AutoscalerStatus {
  currentReplicas?: number;
  desiredReplicas: number;
  lastScaleTime?: string;
  currentMetrics?: { type: string }[] | null;
  conditions?: Condition[];
}

export interface Scale extends KubernetesObject {
  spec: { replicas?: number };
}

export const autoscalerKind: Kind<Autoscaler> = {
  group: "autoscaling",
  version: "v2",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  namespaced: true,
};
