import { isDeepStrictEqual } from "node:util";
import type { Context } from "../controller.ts";
import { deploymentKind, replicaSetKind } from "../kinds.ts";
import type { Deployment, DeploymentStatus, ReplicaSet } from "../kinds.ts";
import { revisionAnnotation } from "./annotations.ts";
import { wantedReplicas } from "./replicas.ts";
import type { Scaling } from "./replicas.ts";
import { expired, sizeAnnotations } from "./revisions.ts";

/** Writes a Deployment's status, and its revision where that is given, if anything of it is new. */
export async function writeStatus(
  { cluster }: Context,
  deployment: Deployment,
  { status, revision }: { readonly status: DeploymentStatus; readonly revision?: string },
): Promise<Deployment> {
  const annotations = { ...deployment.metadata.annotations, ...(revision ? { [revisionAnnotation]: revision } : {}) };
  const isNoted = isDeepStrictEqual(annotations, deployment.metadata.annotations ?? {});
  if (isNoted && isDeepStrictEqual(status, deployment.status ?? {})) return deployment;
  const metadata = isNoted ? deployment.metadata : { ...deployment.metadata, annotations };
  return cluster.replace(deploymentKind, { ...deployment, metadata, status }, "status");
}

/** Gives a ReplicaSet its new size, and tells of it. */
export async function resize(
  { cluster, record }: Context,
  deployment: Deployment,
  { replicaSet, replicas }: Scaling,
): Promise<void> {
  const before = wantedReplicas(replicaSet);
  const annotations = { ...replicaSet.metadata.annotations, ...sizeAnnotations(deployment) };
  if (before === replicas && isDeepStrictEqual(annotations, replicaSet.metadata.annotations)) return;
  await cluster.replace(replicaSetKind, {
    ...replicaSet,
    metadata: { ...replicaSet.metadata, annotations },
    spec: { ...replicaSet.spec, replicas },
  });
  if (before === replicas) return;
  const way = before < replicas ? "up" : "down";
  const message = `Scaled ${way} replica set ${replicaSet.metadata.name} from ${before} to ${replicas}`;
  record(deployment, { type: "Normal", reason: "ScalingReplicaSet", message });
}

/** Deletes the ReplicaSets that the history limit leaves no room for. */
export async function removeExpired(
  { cluster }: Context,
  deployment: Deployment,
  older: readonly ReplicaSet[],
): Promise<void> {
  for (const replicaSet of expired(deployment, older)) await cluster.delete(replicaSetKind, replicaSet);
}
