import { isDeepStrictEqual } from "node:util";
import { ApiError } from "../../../../src/kubernetes/api-error.ts";
import { controllerReference, isNamespaceTerminating } from "../cluster.ts";
import type { Draft } from "../cluster.ts";
import { findCondition, withCondition } from "../conditions.ts";
import type { Context } from "../controller.ts";
import { deploymentKind, replicaSetKind } from "../kinds.ts";
import type { Condition, Deployment, ReplicaSet } from "../kinds.ts";
import { hashLabel, revisionAnnotation } from "./annotations.ts";
import { newestReplicas, wantedReplicas } from "./replicas.ts";
import { newestAnnotations, sizeAnnotations } from "./revisions.ts";
import type { Revisions } from "./replicas.ts";
import { progressDeadline, progressing } from "./status.ts";
import { templateHash } from "./template-hash.ts";
import { writeStatus } from "./writes.ts";

export interface Recorded {
  readonly deployment: Deployment;
  readonly revisions: Revisions;
}

export interface Ensured extends Recorded {
  readonly newest: ReplicaSet;
}

/** The newest ReplicaSet, made if it is not there, with its revision recorded on both. */
export async function ensureNewest(context: Context, before: Deployment, found: Revisions): Promise<Ensured> {
  const recorded = await recordRevision(context, before, found);
  const { newest } = recorded.revisions;
  if (newest !== undefined) return { ...recorded, newest };
  const created = await createNewest(context, before, found.older);
  const revision = created.metadata.annotations?.[revisionAnnotation] ?? "";
  const message = `Created new replica set "${created.metadata.name}"`;
  const deployment = await note(context, before, {
    revision,
    progress: progressing("True", "NewReplicaSetCreated", message, new Date()),
  });
  return { deployment, revisions: { newest: created, older: found.older }, newest: created };
}

/** Brings the newest ReplicaSet's revision above all others', and the Deployment's annotation up to it. */
export async function recordRevision(context: Context, before: Deployment, revisions: Revisions): Promise<Recorded> {
  const { newest, older } = revisions;
  if (newest === undefined) return { deployment: before, revisions };
  const annotations = newestAnnotations(before, revisions);
  const minReadySeconds = before.spec.minReadySeconds ?? 0;
  const isCurrent =
    isDeepStrictEqual(annotations, newest.metadata.annotations) &&
    (newest.spec.minReadySeconds ?? 0) === minReadySeconds;
  const current = isCurrent
    ? newest
    : await context.cluster.replace(replicaSetKind, {
        ...newest,
        metadata: { ...newest.metadata, annotations },
        spec: { ...newest.spec, minReadySeconds },
      });
  const message = `Found new replica set "${newest.metadata.name}"`;
  const isSilent = findCondition(before.status?.conditions, "Progressing") === undefined;
  const deployment = await note(context, before, {
    revision: annotations[revisionAnnotation] ?? "",
    ...(isSilent ? { progress: progressing("True", "FoundNewReplicaSet", message, new Date()) } : {}),
  });
  return { deployment, revisions: { newest: current, older } };
}

async function note(
  context: Context,
  deployment: Deployment,
  { revision, progress }: { readonly revision: string; readonly progress?: Condition },
): Promise<Deployment> {
  const said = progress !== undefined && progressDeadline(deployment) !== undefined;
  const conditions = said ? withCondition(deployment.status?.conditions ?? [], progress) : undefined;
  const status = { ...deployment.status, ...(conditions === undefined ? {} : { conditions }) };
  return writeStatus(context, deployment, { status, revision });
}

async function createNewest(
  context: Context,
  deployment: Deployment,
  older: readonly ReplicaSet[],
): Promise<ReplicaSet> {
  const draft = newestReplicaSet(deployment, older);
  try {
    const created = await context.cluster.create(replicaSetKind, draft);
    const replicas = wantedReplicas(created);
    const message = `Scaled up replica set ${created.metadata.name} from 0 to ${replicas}`;
    if (replicas > 0) context.record(deployment, { type: "Normal", reason: "ScalingReplicaSet", message });
    return created;
  } catch (error) {
    if (!(error instanceof ApiError) || isNamespaceTerminating(error) || error.reason === "AlreadyExists") throw error;
    const message = `Failed to create new replica set "${draft.metadata.name}": ${error.message}`;
    await note(context, deployment, {
      revision: "",
      progress: progressing("False", "ReplicaSetCreateError", message, new Date()),
    });
    context.record(deployment, { type: "Warning", reason: "ReplicaSetCreateError", message });
    throw error;
  }
}

type ReplicaSetDraft = Draft<ReplicaSet> & { metadata: { name: string } };

function newestReplicaSet(deployment: Deployment, older: readonly ReplicaSet[]): ReplicaSetDraft {
  const { name, namespace } = deployment.metadata;
  const { template, selector, minReadySeconds = 0 } = deployment.spec;
  const hash = templateHash(template);
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  const draft: ReplicaSetDraft = {
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels,
      annotations: {
        ...newestAnnotations(deployment, { newest: undefined, older }),
        ...sizeAnnotations(deployment),
      },
      ownerReferences: [controllerReference(deploymentKind, deployment)],
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
  draft.spec.replicas = newestReplicas(deployment, draft, [...older, draft]);
  return draft;
}
