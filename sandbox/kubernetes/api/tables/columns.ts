import type { Resource } from "../resources.ts";

/** The columns of `kubectl get`, and after the bar those of `-o wide` (k8s.io/kubernetes/pkg/printers/internalversion). */
const byStorage: Readonly<Record<string, string>> = {
  "/configmaps": "Name, Data, Age",
  "/events": "Last Seen, Type, Reason, Object, Message | Subobject, Source, First Seen, Count, Name",
  "/namespaces": "Name, Status, Age",
  "/nodes": "Name, Status, Roles, Age, Version | Internal-IP, External-IP, OS-Image, Kernel-Version, Container-Runtime",
  "/persistentvolumeclaims":
    "Name, Status, Volume, Capacity, Access Modes, StorageClass, VolumeAttributesClass, Age | VolumeMode",
  "/pods": "Name, Ready, Status, Restarts, Age | IP, Node, Nominated Node, Readiness Gates",
  "/secrets": "Name, Type, Data, Age",
  "/serviceaccounts": "Name, Secrets, Age",
  "/services": "Name, Type, Cluster-IP, External-IP, Port(s), Age | Selector",
  "apps/daemonsets":
    "Name, Desired, Current, Ready, Up-to-date, Available, Node Selector, Age | Containers, Images, Selector",
  "apps/deployments": "Name, Ready, Up-to-date, Available, Age | Containers, Images, Selector",
  "apps/replicasets": "Name, Desired, Current, Ready, Age | Containers, Images, Selector",
  "apps/statefulsets": "Name, Ready, Age | Containers, Images",
  "autoscaling/horizontalpodautoscalers": "Name, Reference, Targets, MinPods, MaxPods, Replicas, Age",
  "batch/cronjobs": "Name, Schedule, Timezone, Suspend, Active, Last Schedule, Age | Containers, Images, Selector",
  "batch/jobs": "Name, Status, Completions, Duration, Age | Containers, Images, Selector",
  "coordination.k8s.io/leases": "Name, Holder, Age",
  "networking.k8s.io/ingresses": "Name, Class, Hosts, Address, Ports, Age",
  "networking.k8s.io/networkpolicies": "Name, Pod-Selector, Age",
  "policy/poddisruptionbudgets": "Name, Min Available, Max Unavailable, Allowed Disruptions, Age",
  "rbac.authorization.k8s.io/rolebindings": "Name, Role, Age | Users, Groups, ServiceAccounts",
  "rbac.authorization.k8s.io/clusterrolebindings": "Name, Role, Age | Users, Groups, ServiceAccounts",
};

/** Columns that are not text. */
const types: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "apps/daemonsets": {
    Desired: "integer",
    Current: "integer",
    Ready: "integer",
    "Up-to-date": "integer",
    Available: "integer",
  },
  "batch/cronjobs": { Suspend: "boolean", Active: "integer" },
  "policy/poddisruptionbudgets": { "Allowed Disruptions": "integer" },
};

export function columnType(storage: string, name: string): string {
  return types[storage]?.[name] ?? "string";
}

const others = "Name, Created At";

/** Of a custom resource only its age is shown, whatever its definition wants. */
export function columnsOf({ storage, schema }: Resource): { narrow: string[]; wide: string[] } {
  const [narrow = "", wide = ""] = (schema === undefined ? (byStorage[storage] ?? others) : "Name, Age").split(" | ");
  return { narrow: narrow.split(", "), wide: wide === "" ? [] : wide.split(", ") };
}
