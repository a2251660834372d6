import type { Resource } from "./resources.ts";
import type { FieldReaders } from "./selectors.ts";
import type { Stored } from "./store.ts";

/** Fields besides the name and namespace that a kind can be selected by, as Kubernetes' strategies offer them. */
const offered: Readonly<Record<string, readonly string[]>> = {
  "/pods": [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
  "/events": [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  "/namespaces": ["status.phase"],
  "/nodes": ["spec.unschedulable"],
  "/secrets": ["type"],
  "/services": ["spec.clusterIP", "spec.type"],
  "/replicationcontrollers": ["status.replicas"],
  "apps/replicasets": ["status.replicas"],
  "batch/jobs": ["status.successful"],
  "certificates.k8s.io/certificatesigningrequests": ["spec.signerName"],
};

export function fieldReaders(resource: Resource): FieldReaders {
  return (field) => {
    if (field === "metadata.name" || (field === "metadata.namespace" && resource.namespaced))
      return (object) => read(object, field);
    return offered[resource.storage]?.includes(field) === true ? (object) => read(object, field) : undefined;
  };
}

function read(object: Stored, path: string): string {
  let value: unknown = object;
  for (const part of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
