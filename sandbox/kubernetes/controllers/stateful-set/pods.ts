import { ApiError } from "../../../../src/kubernetes/api-error.ts";
import { controllerReference, ignoring, isNamespaceTerminating } from "../cluster.ts";
import type { Context } from "../controller.ts";
import { templateOf } from "../history.ts";
import { claimKind, podKind, statefulSetKind } from "../kinds.ts";
import type { ControllerRevision, Pod, StatefulSet } from "../kinds.ts";
import type { Standing } from "./stateful-set.ts";

const revisionHash = "controller-revision-hash";

/** `app-0`: the name a pod of a StatefulSet has for good. */
export function podName(set: StatefulSet, ordinal: number): string {
  return `${set.metadata.name}-${ordinal}`;
}

/** The number in a pod's name; undefined for a pod that the selector picks and that has no such name. */
export function ordinalOf(set: StatefulSet, { metadata }: Pod): number | undefined {
  const [, name, number] = /^(.*)-(\d+)$/.exec(metadata.name) ?? [];
  return name === set.metadata.name ? Number(number) : undefined;
}

/** The name of the revision that a pod was made from. */
export function revisionLabel(pod: Pod): string {
  return pod.metadata.labels?.[revisionHash] ?? "";
}

/** Creates the volume claims of a pod that are not there yet, and the pod. */
export async function createStatefulPod(context: Context, standing: Standing, ordinal: number): Promise<void> {
  const { cluster, record } = context;
  const { set } = standing;
  const name = podName(set, ordinal);
  try {
    await createClaims(context, set, ordinal);
    await cluster.create(podKind, podOf(standing, ordinal));
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
    record(set, { type: "Normal", reason: "SuccessfulCreate", message });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isNamespaceTerminating(error) || error.reason === "AlreadyExists") return;
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
    record(set, { type: "Warning", reason: "FailedCreate", message });
    throw error;
  }
}

export async function deleteStatefulPod({ cluster, record }: Context, set: StatefulSet, pod: Pod): Promise<void> {
  await cluster.delete(podKind, pod);
  const message = `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
  record(set, { type: "Normal", reason: "SuccessfulDelete", message });
}

async function createClaims({ cluster, record }: Context, set: StatefulSet, ordinal: number): Promise<void> {
  const { namespace = "" } = set.metadata;
  for (const { metadata, spec } of set.spec.volumeClaimTemplates ?? []) {
    const name = `${metadata.name}-${podName(set, ordinal)}`;
    if ((await cluster.get(claimKind, namespace, name)) !== undefined) continue;
    const labels = { ...metadata.labels, ...set.spec.selector.matchLabels };
    await ignoring(409, cluster.create(claimKind, { metadata: { name, namespace, labels }, spec: spec ?? {} }));
    const message = `create Claim ${name} Pod ${podName(set, ordinal)} in StatefulSet ${set.metadata.name} success`;
    record(set, { type: "Normal", reason: "SuccessfulCreate", message });
  }
}

function podOf(standing: Standing, ordinal: number) {
  const { set } = standing;
  const name = podName(set, ordinal);
  const revision = revisionFor(standing, ordinal);
  const { metadata = {}, spec } = templateOf(revision.data);
  const claims = (set.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name);
  const volumes = claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: `${claim}-${name}` } }));
  const others = (spec.volumes ?? []).filter((volume) => !claims.includes(volume.name));
  return {
    metadata: {
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace ?? "",
      labels: {
        ...metadata.labels,
        "apps.kubernetes.io/pod-index": String(ordinal),
        "statefulset.kubernetes.io/pod-name": name,
        [revisionHash]: revision.metadata.name,
      },
      annotations: metadata.annotations ?? {},
      ownerReferences: [controllerReference(statefulSetKind, set)],
    },
    spec: {
      ...spec,
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
      ...(volumes.length === 0 ? {} : { volumes: [...volumes, ...others] }),
    },
  };
}

/** Below the partition, and where updates wait for deletions, a pod comes back as it was. */
function revisionFor({ set, history, status }: Standing, ordinal: number): ControllerRevision {
  const { rollingUpdate } = set.spec.updateStrategy ?? {};
  const kept = rollingUpdate === undefined ? (status.currentReplicas ?? 0) : (rollingUpdate.partition ?? 0);
  if (ordinal >= (set.spec.ordinals?.start ?? 0) + kept) return history.newest;
  return history.all.find(({ metadata }) => metadata.name === status.currentRevision) ?? history.newest;
}
