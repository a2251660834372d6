import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Resource } from "../resources.ts";
import { configMaps, namespaces, persistentVolumeClaims, roleBindings, roles, secrets } from "./configuration.ts";
import { customResourceDefinitions, customRules } from "./custom.ts";
import { cronJobs, jobs } from "./jobs.ts";
import {
  admissionPolicies,
  autoscalers,
  disruptionBudgets,
  endpointSlices,
  ingresses,
  leases,
  networkPolicies,
  priorityClasses,
  storageClasses,
  webhooks,
} from "./others.ts";
import { pods } from "./pods.ts";
import type { Rules } from "./rules.ts";
import { services } from "./services.ts";
import { daemonSets, deployments, replicaSets, replicationControllers, statefulSets } from "./workloads.ts";

type AnyRules = Rules<KubernetesObject>;

const counted: AnyRules = { generation: true };

const byStorage: Readonly<Record<string, AnyRules>> = {
  "/configmaps": configMaps,
  "/namespaces": namespaces,
  "/nodes": { status: "sent" },
  "/persistentvolumeclaims": persistentVolumeClaims,
  "/persistentvolumes": { status: { phase: "Pending" } },
  "/pods": pods,
  "/replicationcontrollers": replicationControllers,
  "/secrets": secrets,
  "/services": services,
  "admissionregistration.k8s.io/mutatingwebhookconfigurations": webhooks,
  "admissionregistration.k8s.io/validatingadmissionpolicies": admissionPolicies,
  "admissionregistration.k8s.io/validatingadmissionpolicybindings": counted,
  "admissionregistration.k8s.io/validatingwebhookconfigurations": webhooks,
  "apiextensions.k8s.io/customresourcedefinitions": customResourceDefinitions,
  "apps/daemonsets": daemonSets,
  "apps/deployments": deployments,
  "apps/replicasets": replicaSets,
  "apps/statefulsets": statefulSets,
  "autoscaling/horizontalpodautoscalers": autoscalers,
  "batch/cronjobs": cronJobs,
  "batch/jobs": jobs,
  "coordination.k8s.io/leases": leases,
  "discovery.k8s.io/endpointslices": endpointSlices,
  "networking.k8s.io/ingressclasses": counted,
  "networking.k8s.io/ingresses": ingresses,
  "networking.k8s.io/networkpolicies": networkPolicies,
  "policy/poddisruptionbudgets": disruptionBudgets,
  "rbac.authorization.k8s.io/clusterrolebindings": roleBindings,
  "rbac.authorization.k8s.io/clusterroles": roles,
  "rbac.authorization.k8s.io/rolebindings": roleBindings,
  "rbac.authorization.k8s.io/roles": roles,
  "scheduling.k8s.io/priorityclasses": priorityClasses,
  "storage.k8s.io/storageclasses": storageClasses,
};

const none: AnyRules = {};

export function rulesOf(resource: Resource): AnyRules {
  return resource.schema === undefined ? (byStorage[resource.storage] ?? none) : customRules(resource.schema);
}
