import type { KubernetesObject } from "../object.ts";
import { conditionOf, fieldsOf, msSince, specOf, statusOf } from "./objects.ts";
import type { Related, StorageClass } from "./objects.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** How long an Ingress may wait for its address: some controllers never give one. */
const addressPatienceMs = 30_000;
const defaultClassAnnotation = "storageclass.kubernetes.io/is-default-class";

/** Bound; or pending on purpose, until the first pod that uses it is there: to wait for that here would be a deadlock. */
export function persistentVolumeClaim(object: KubernetesObject, { storageClasses }: Related): Verdict {
  const { phase } = statusOf(object);
  if (phase === "Bound") return current("Bound", "bound");
  if (phase === "Lost") return failed("Lost", "the volume it was bound to is gone");
  if (storageClasses === undefined) return current("Pending", "pending; its StorageClass could not be read");
  const itsClass = classOf(object, storageClasses);
  if (itsClass?.volumeBindingMode === "WaitForFirstConsumer") {
    return current("WaitForFirstConsumer", "waits for the first pod that uses it");
  }
  return inProgress("Pending", itsClass === undefined ? classless(object) : "not bound yet");
}

/** Volumes may also have been made by hand for such a claim. */
function classless(object: KubernetesObject): string {
  const { storageClassName } = specOf(object);
  if (storageClassName === "") return "not bound yet: it names no StorageClass, so somebody has to make its volume";
  return typeof storageClassName === "string"
    ? `not bound yet: there is no StorageClass ${storageClassName}`
    : "not bound yet: it names no StorageClass, and none is the default";
}

function classOf(object: KubernetesObject, classes: readonly StorageClass[]): StorageClass | undefined {
  const { storageClassName } = specOf(object);
  return classes.find(({ metadata }) =>
    storageClassName === undefined
      ? metadata.annotations?.[defaultClassAnnotation] === "true"
      : metadata.name === storageClassName,
  );
}

/** It has its address inside the cluster and, for a load balancer, outside of it. */
export function service(object: KubernetesObject): Verdict {
  const { type, clusterIP, loadBalancerClass } = specOf(object);
  if (type === "ExternalName") return current();
  if (clusterIP === undefined || clusterIP === "") return inProgress("NoClusterIP", "has no address yet");
  if (type !== "LoadBalancer" || hasAddress(object)) return current();
  const by = typeof loadBalancerClass === "string" ? ` of class ${loadBalancerClass}` : "";
  return inProgress("NoLoadBalancer", `its load balancer${by} has no address yet`);
}

/** It has an address, or its controller has had the time to give one. */
export function ingress(object: KubernetesObject, { now }: Related): Verdict {
  if (hasAddress(object)) return current();
  return msSince(object.metadata.creationTimestamp, now) < addressPatienceMs
    ? inProgress("NoAddress", "has no address yet")
    : current("NoAddress", "has no address; not every ingress controller gives one");
}

function hasAddress(object: KubernetesObject): boolean {
  const { ingress: addresses } = fieldsOf(statusOf(object).loadBalancer);
  return Array.isArray(addresses) && addresses.length > 0;
}

export function namespace(object: KubernetesObject): Verdict {
  return statusOf(object).phase === "Active" ? current() : inProgress("NotActive", "not active yet");
}

export function customResourceDefinition(object: KubernetesObject): Verdict {
  const names = conditionOf(object, "NamesAccepted");
  if (names?.status === "False")
    return failed(names.reason ?? "NamesNotAccepted", names.message ?? "its names are taken");
  const established = conditionOf(object, "Established");
  if (established?.status === "True") return current("Established", "established");
  return established?.status === "False" && established.reason !== "Installing"
    ? failed(established.reason ?? "NotEstablished", established.message ?? "cannot be established")
    : inProgress("Installing", "not established yet");
}

export function apiService(object: KubernetesObject): Verdict {
  const available = conditionOf(object, "Available");
  if (available?.status === "True") return current();
  return inProgress(available?.reason ?? "NotAvailable", available?.message ?? "its server is not available yet");
}

/**
 * It scales, or would if there were metrics: a new pod has none for its first minute, some clusters have none at all, and the workload
 * runs all the same.
 */
export function horizontalPodAutoscaler(object: KubernetesObject): Verdict {
  const able = conditionOf(object, "AbleToScale");
  const active = conditionOf(object, "ScalingActive");
  for (const { status, reason = "", message = "" } of [able ?? active, active].filter((one) => one !== undefined)) {
    if (status === "False" && ["FailedUpdateScale", "InvalidSelector"].includes(reason)) return failed(reason, message);
  }
  if (active === undefined) return inProgress(able?.reason ?? "NotLookedAt", able?.message ?? "not looked at yet");
  if (active.status === "True" || active.reason === "ScalingDisabled") return current();
  const reason = active.reason ?? "NotActive";
  return reason.startsWith("FailedGet")
    ? current(reason, `does not scale for now: ${active.message ?? "there are no metrics"}`)
    : inProgress(reason, active.message ?? "does not scale yet");
}
