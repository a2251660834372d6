import type { KubernetesObject } from "../../kubernetes/object.ts";
import { keyOf } from "../../release/release-object.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

interface ScaleTarget {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

/** Kinds of autoscalers: Kubernetes' own, and KEDA's, which makes one of Kubernetes' own and scales to zero by itself. */
export const autoscalerKinds = [
  { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" },
  { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject" },
] as const;

/**
 * Marks the workloads whose replicas an autoscaler chooses, be it of this release or already in the cluster: a deploy must not take back
 * what it chose (kubernetes/kubernetes#25238).
 */
export function markAutoscaled(
  objects: readonly ReleaseObject[],
  inCluster: readonly KubernetesObject[],
): ReleaseObject[] {
  const scalers = new Map<string, string>();
  for (const scaler of [...inCluster, ...objects.map(({ object }) => object)]) {
    const target = targetOf(scaler);
    if (target === undefined) continue;
    const metadata = { name: target.name, namespace: scaler.metadata.namespace ?? "" };
    scalers.set(keyOf({ ...target, metadata }), scaler.metadata.name);
  }
  return objects.map((each) => {
    const autoscaledBy = scalers.get(keyOf(each.object));
    return autoscaledBy === undefined ? each : { ...each, autoscaledBy };
  });
}

/** What an autoscaler scales, undefined for any other object. KEDA takes a target without a kind for a Deployment. */
function targetOf(object: KubernetesObject): Required<ScaleTarget> | undefined {
  if (!autoscalerKinds.some(({ kind }) => kind === object.kind)) return undefined;
  const spec = object.spec as { scaleTargetRef?: ScaleTarget } | undefined;
  const { apiVersion = "apps/v1", kind = "Deployment", name } = spec?.scaleTargetRef ?? {};
  return name === undefined ? undefined : { apiVersion, kind, name };
}
