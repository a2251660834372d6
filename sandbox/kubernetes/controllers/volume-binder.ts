import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { changesOf } from "./controller.ts";
import type { Context, Controller } from "./controller.ts";
import { claimKind, podKind } from "./kinds.ts";
import type { PersistentVolumeClaim, Pod } from "./kinds.ts";
import { hasEnded } from "./pods.ts";
import { keyOf } from "./store.ts";
import type { Store } from "./store.ts";

const protection = "kubernetes.io/pvc-protection";

/**
 * Binds every claim at once, whatever its class: its volume is a folder of the node. A claim that is deleted stays until no pod uses it.
 */
export const volumeBinder: Controller = {
  name: "persistentvolume-controller",
  async prepare(context) {
    const [claims, pods] = await Promise.all([context.cluster.store(claimKind), context.cluster.store(podKind)]);
    return {
      sources: [changesOf(claims, (claim) => [keyOf(claim)]), changesOf(pods, claimKeys)],
      reconcile: (key) => sync(context, claims.get(key), pods),
    };
  },
};

function claimKeys({ metadata, spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
    claim === undefined ? [] : [`${metadata.namespace ?? ""}/${claim.claimName}`],
  );
}

async function sync(
  { cluster }: Context,
  claim: PersistentVolumeClaim | undefined,
  pods: Store<Pod>,
): Promise<undefined> {
  if (claim === undefined) return;
  const { finalizers = [], deletionTimestamp } = claim.metadata;
  if (deletionTimestamp === undefined) {
    if (claim.status?.phase !== "Bound") await cluster.replace(claimKind, bound(claim), "status");
  } else if (finalizers.includes(protection) && !isUsed(claim, pods)) {
    await cluster.patchMetadata(claimKind, claim, { finalizers: finalizers.filter((name) => name !== protection) });
  }
}

function bound(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const { accessModes = [], resources } = claim.spec ?? {};
  const status = { ...claim.status, phase: "Bound", accessModes, capacity: resources?.requests ?? {} };
  return { ...claim, status };
}

function isUsed(claim: KubernetesObject, pods: Store<Pod>): boolean {
  return pods.list(claim.metadata.namespace).some((pod) => !hasEnded(pod) && claimKeys(pod).includes(keyOf(claim)));
}
