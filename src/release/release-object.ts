import type { ResourceKind } from "../kubernetes/discovery.ts";
import type { FieldPath } from "../kubernetes/manifests/manifest.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";

/** Where an object came from, as far as it is known: a rollback's objects have no lines that can be looked up any more. */
export interface ObjectSource {
  readonly file: string;
  readonly line: number;
  readonly locate?: (path: FieldPath) => number;
}

/** One object of a release, ready to be applied. */
export interface ReleaseObject {
  readonly object: KubernetesObject;
  readonly kind: ResourceKind;
  readonly source?: ObjectSource;
  /** The HorizontalPodAutoscaler that owns `spec.replicas`: the value here only counts when the object is created. */
  readonly autoscaledBy?: string;
}

/** One word for an object in logs and maps: `Deployment/backstage-server`; the namespace only where it tells something. */
export function nameOf(object: Pick<KubernetesObject, "kind" | "metadata">): string {
  return `${object.kind}/${object.metadata.name}`;
}

/** What makes an object the same object in two releases: the version of its API does not. */
export function keyOf(object: Pick<KubernetesObject, "apiVersion" | "kind" | "metadata">): string {
  const group = object.apiVersion.includes("/") ? object.apiVersion.slice(0, object.apiVersion.indexOf("/")) : "";
  return `${group}/${object.kind}/${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
