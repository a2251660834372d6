import type { KubernetesObject } from "../../kubernetes/object.ts";
import { keyOf } from "../../release/release-object.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

/**
 * Marks the workloads whose replicas a HorizontalPodAutoscaler chooses, be it of this release or already in the cluster: a deploy
 * must not take back what it chose (kubernetes/kubernetes#25238).
 */
export function markAutoscaled(
  objects: readonly ReleaseObject[],
  inCluster: readonly KubernetesObject[],
): ReleaseObject[] {
  const scalers = new Map<string, string>();
  const released = objects.map(({ object }) => object).filter(({ kind }) => kind === "HorizontalPodAutoscaler");
  for (const scaler of [...inCluster, ...released]) {
    const target = (
      scaler.spec as { scaleTargetRef?: { apiVersion?: string; kind?: string; name?: string } } | undefined
    )?.scaleTargetRef;
    if (target?.kind === undefined || target.name === undefined) continue;
    const metadata = { name: target.name, namespace: scaler.metadata.namespace ?? "" };
    scalers.set(
      keyOf({ apiVersion: target.apiVersion ?? "apps/v1", kind: target.kind, metadata }),
      scaler.metadata.name,
    );
  }
  return objects.map((each) => {
    const autoscaledBy = scalers.get(keyOf(each.object));
    return autoscaledBy === undefined ? each : { ...each, autoscaledBy };
  });
}
