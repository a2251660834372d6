import type { KubernetesObject } from "./object.ts";
import * as custom from "./readiness/custom-kinds.ts";
import { daemonSet } from "./readiness/daemon-set.ts";
import { freshConditionOf, numberOf, statusOf } from "./readiness/objects.ts";
import type { Related } from "./readiness/objects.ts";
import { deployment } from "./readiness/deployment.ts";
import * as kinds from "./readiness/other-kinds.ts";
import { job, replicaSet } from "./readiness/other-workloads.ts";
import { pod } from "./readiness/pods.ts";
import { statefulSet } from "./readiness/stateful-set.ts";
import { inProgress } from "./readiness/verdict.ts";
import type { Verdict } from "./readiness/verdict.ts";

export type { Event, Pod, Related, ReplicaSet, StorageClass } from "./readiness/objects.ts";
export { podsInTheWay } from "./readiness/stateful-set.ts";
export type { Verdict } from "./readiness/verdict.ts";

type Rule = (object: KubernetesObject, related: Related) => Verdict;

/** By group and kind, since other groups have kinds of the same name. */
const rules: Readonly<Record<string, Rule>> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apps/DaemonSet": daemonSet,
  "apps/ReplicaSet": replicaSet,
  "/ReplicationController": replicaSet,
  "/Pod": pod,
  "batch/Job": job,
  "/PersistentVolumeClaim": kinds.persistentVolumeClaim,
  "/Service": kinds.service,
  "networking.k8s.io/Ingress": kinds.ingress,
  "/Namespace": kinds.namespace,
  "apiextensions.k8s.io/CustomResourceDefinition": kinds.customResourceDefinition,
  "apiregistration.k8s.io/APIService": kinds.apiService,
  "autoscaling/HorizontalPodAutoscaler": kinds.horizontalPodAutoscaler,
  "argoproj.io/Rollout": custom.argoRollout,
  "cert-manager.io/Certificate": custom.certificate,
};

/** Kinds whose controllers always say which generation they have seen: without a word, they have not seen it. */
const observing: readonly string[] = [
  "apps/Deployment",
  "apps/StatefulSet",
  "apps/DaemonSet",
  "apps/ReplicaSet",
  "/ReplicationController",
  "policy/PodDisruptionBudget",
];

/**
 * How far the cluster is with an object, from what the cluster itself says: a pure function of the object and what belongs to it.
 * The order is kstatus': deletion, observed generation, Reconciling, Stalled, the kind's own rule, Ready.
 */
export function readiness(object: KubernetesObject, related: Related): Verdict {
  if (object.metadata.deletionTimestamp !== undefined) return inProgress("Terminating", "being deleted");
  const kind = `${groupOf(object)}/${object.kind}`;
  if (!isObserved(object, kind)) return inProgress("NotObserved", "its controller has not seen the change yet");
  const reconciling = freshConditionOf(object, "Reconciling");
  if (reconciling?.status === "True") {
    return inProgress(reconciling.reason || "Reconciling", reconciling.message || "its controller is at work");
  }
  const stalled = custom.givenUp(object, "Stalled", related.now);
  if (stalled !== undefined) return stalled;
  const rule = Object.hasOwn(rules, kind) ? rules[kind] : undefined;
  return (rule ?? custom.other)(object, related);
}

function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

function isObserved(object: KubernetesObject, kind: string): boolean {
  const { generation } = object.metadata;
  if (generation === undefined) return true;
  const observed = numberOf(statusOf(object).observedGeneration);
  return observed === undefined ? !observing.includes(kind) : observed === generation;
}
