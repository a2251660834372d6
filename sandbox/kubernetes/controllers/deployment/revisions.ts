import { isDeepStrictEqual } from "node:util";
import type { Deployment, PodTemplate, ReplicaSet } from "../kinds.ts";
import {
  annotatedNumber,
  desiredReplicasAnnotation,
  hashLabel,
  maxReplicasAnnotation,
  revisionAnnotation,
} from "./annotations.ts";
import { byAge, rolloutBudget, wantedReplicas } from "./replicas.ts";
import type { Revisions } from "./replicas.ts";

const historyAnnotation = "deployment.kubernetes.io/revision-history";

/** Annotations of a Deployment that say something about itself alone. */
const ownAnnotations = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  "deprecated.deployment.rollback.to",
  revisionAnnotation,
  historyAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
]);

/** Going back to an earlier template finds its ReplicaSet again: what makes a rollback is nothing but this comparison. */
export function findRevisions(deployment: Deployment, replicaSets: readonly ReplicaSet[]): Revisions {
  const newest = [...replicaSets]
    .sort(byAge)
    .find((each) => sameTemplate(each.spec.template, deployment.spec.template));
  return { newest, older: replicaSets.filter((each) => each !== newest) };
}

/** Whether two pod templates are the same but for the hash that tells ReplicaSets apart. */
export function sameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return isDeepStrictEqual(withoutHash(a), withoutHash(b));
}

function withoutHash({ metadata, spec }: PodTemplate): object {
  const { [hashLabel]: _, ...labels } = metadata?.labels ?? {};
  return { metadata: { ...metadata, labels, creationTimestamp: undefined }, spec };
}

export function revisionOf(replicaSet: ReplicaSet): number {
  return annotatedNumber(replicaSet, revisionAnnotation) ?? 0;
}

/** The annotations of the newest ReplicaSet: the Deployment's, its revision (one above all others), and the revisions it had before. */
export function newestAnnotations(deployment: Deployment, { newest, older }: Revisions): Record<string, string> {
  const revision = Math.max(0, ...older.map(revisionOf)) + 1;
  const before = newest?.metadata.annotations ?? {};
  const inherited = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key));
  const current = newest === undefined ? 0 : revisionOf(newest);
  const history = current > 0 && current < revision ? [before[historyAnnotation], current].filter(Boolean).join() : "";
  return {
    ...before,
    ...Object.fromEntries(inherited),
    ...(current < revision ? { [revisionAnnotation]: String(revision) } : {}),
    ...(history === "" ? {} : { [historyAnnotation]: history }),
  };
}

/** What a ReplicaSet keeps of its Deployment's size, so that a change of it is noticed and spread in proportion. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = wantedReplicas(deployment);
  return {
    [desiredReplicasAnnotation]: String(replicas),
    [maxReplicasAnnotation]: String(replicas + rolloutBudget(deployment).maxSurge),
  };
}

/** Whether the Deployment's own `replicas` changed since its ReplicaSets were last sized. */
export function wasScaled(deployment: Deployment, { newest, older }: Revisions): boolean {
  return [...older, ...(newest === undefined ? [] : [newest])].some((each) => {
    const desired = annotatedNumber(each, desiredReplicasAnnotation);
    return wantedReplicas(each) > 0 && desired !== undefined && desired !== wantedReplicas(deployment);
  });
}

/** The older ReplicaSets beyond the history limit, oldest revision first; none that still has or may get pods. */
export function expired(deployment: Deployment, older: readonly ReplicaSet[]): ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit ?? 10;
  const alive = older.filter((each) => each.metadata.deletionTimestamp === undefined);
  return alive
    .sort((a, b) => revisionOf(a) - revisionOf(b))
    .slice(0, Math.max(0, alive.length - limit))
    .filter(
      ({ status, spec, metadata }) =>
        (status?.replicas ?? 0) === 0 &&
        spec.replicas === 0 &&
        (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0),
    );
}
