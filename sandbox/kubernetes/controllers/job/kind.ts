import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Condition, Kind, LabelSelector, PodTemplate } from "../kinds.ts";

export interface Job extends KubernetesObject {
  spec: {
    parallelism?: number;
    completions?: number;
    backoffLimit?: number;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
    suspend?: boolean;
    selector: LabelSelector;
    template: PodTemplate;
  };
  status?: JobStatus;
}

export interface JobStatus {
  active?: number;
  ready?: number;
  terminating?: number;
  succeeded?: number;
  failed?: number;
  startTime?: string;
  completionTime?: string;
  /** Pods that have ended and are still to be counted: they keep their finalizer until they are. */
  uncountedTerminatedPods?: { succeeded?: string[]; failed?: string[] };
  conditions?: Condition[];
}

export const jobKind: Kind<Job> = { group: "batch", version: "v1", kind: "Job", plural: "jobs", namespaced: true };

/** What a pod of a Job carries until it is counted, so that it cannot be lost before. */
export const trackingFinalizer = "batch.kubernetes.io/job-tracking";
