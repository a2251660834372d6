import type { KubernetesObject } from "../../kubernetes/object.ts";
import { appLabel } from "../labels.ts";

/** Somebody else whom a live object belongs to. */
export interface Owner {
  /** For a person: `the app "other"`. */
  readonly name: string;
  /** What taking the object over means. */
  readonly hint: string;
}

/** The Helm release that an object belongs to, as Helm itself decides it (pkg/action/validate.go); undefined where it is none's. */
export function helmReleaseOf({ metadata: { labels = {}, annotations = {} } }: KubernetesObject): string | undefined {
  return labels["app.kubernetes.io/managed-by"] === "Helm" ? annotations["meta.helm.sh/release-name"] : undefined;
}

/** Whom a live object belongs to, if to another app of Slipway or to a Helm release. */
export function foreignOwner(app: string, live: KubernetesObject): Owner | undefined {
  const owner = live.metadata.labels?.[appLabel];
  if (owner !== undefined && owner !== app) {
    const hint = `Take it out of these manifests, or set "adopt: true" to take it over: ${owner} cannot be deployed then until it is out of its own.`;
    return { name: `the app "${owner}"`, hint };
  }
  const release = helmReleaseOf(live);
  if (release === undefined) return undefined;
  const namespace = live.metadata.annotations?.["meta.helm.sh/release-namespace"] ?? live.metadata.namespace ?? "";
  const forget = `kubectl delete secret -n ${namespace} -l owner=helm,name=${release}`;
  const hint = `Take it out of these manifests, or set "adopt: true" to take it over. "helm uninstall" would still delete it: once Slipway has all that it wants of ${release}, "${forget}" makes Helm forget the rest.`;
  return { name: `the Helm release "${release}"`, hint };
}
