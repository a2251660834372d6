import { claimed, ownerKeys } from "../claim.ts";
import { controllerOf } from "../cluster.ts";
import { findCondition, withCondition } from "../conditions.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { deploymentKind, podKind, replicaSetKind } from "../kinds.ts";
import type { Deployment, Pod, ReplicaSet } from "../kinds.ts";
import { hasEnded } from "../pods.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { ensureNewest, recordRevision } from "./newest.ts";
import { newestReplicas, scaleAll, shrinkOlder, wantedReplicas } from "./replicas.ts";
import type { Revisions, Scaling } from "./replicas.ts";
import { findRevisions, wasScaled } from "./revisions.ts";
import { isComplete, plainStatus, progressCheckDelay, progressDeadline, progressing, rolloutStatus } from "./status.ts";
import { removeExpired, resize, writeStatus } from "./writes.ts";

interface Parts extends Context {
  readonly deployments: Store<Deployment>;
  readonly replicaSets: Store<ReplicaSet>;
  readonly pods: Store<Pod>;
}

/** Rolls a Deployment's pods from one template to the next by growing and shrinking ReplicaSets. */
export const deploymentController: Controller = {
  name: "deployment-controller",
  async prepare(context) {
    const [deployments, replicaSets, pods] = await Promise.all([
      context.cluster.store(deploymentKind),
      context.cluster.store(replicaSetKind),
      context.cluster.store(podKind),
    ]);
    const parts = { ...context, deployments, replicaSets, pods };
    return {
      sources: [
        changesOf(deployments, (deployment) => [keyOf(deployment)]),
        changesOf(replicaSets, (replicaSet) => ownerKeys(replicaSet, deploymentKind, deployments)),
        // Recreate waits for the last pod of the old template to be gone.
        changesOf(pods, (pod, type) => (type === "DELETED" || hasEnded(pod) ? deploymentOf(parts, pod) : [])),
      ],
      reconcile: (key) => sync(parts, key),
    };
  },
};

function deploymentOf({ replicaSets }: Parts, pod: Pod): string[] {
  const { namespace = "" } = pod.metadata;
  const owner = replicaSets.get(`${namespace}/${controllerOf(pod)?.name ?? ""}`);
  const deployment = owner && controllerOf(owner);
  return deployment === undefined ? [] : [`${namespace}/${deployment.name}`];
}

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const found = parts.deployments.get(key);
  if (found === undefined) return undefined;
  const replicaSets = await claimed({
    cluster: parts.cluster,
    owner: found,
    ownerKind: deploymentKind,
    selector: found.spec.selector,
    kind: replicaSetKind,
    store: parts.replicaSets,
  });
  if (found.metadata.deletionTimestamp !== undefined) {
    await writeStatus(parts, found, { status: plainStatus(found, findRevisions(found, replicaSets), new Date()) });
    return undefined;
  }
  const deployment = await notePause(parts, found);
  const revisions = findRevisions(deployment, replicaSets);
  if (deployment.spec.paused === true || wasScaled(deployment, revisions)) return scale(parts, deployment, revisions);
  return roll(parts, deployment, revisions);
}

/** Paused, or resized by its owner: the ReplicaSets are resized, and nothing is rolled. */
async function scale(parts: Parts, before: Deployment, found: Revisions): Promise<undefined> {
  const { deployment, revisions } = await recordRevision(parts, before, found);
  for (const scaling of scaleAll(deployment, revisions)) await resize(parts, deployment, scaling);
  if (deployment.spec.paused === true) await removeExpired(parts, deployment, revisions.older);
  await writeStatus(parts, deployment, { status: plainStatus(deployment, revisions, new Date()) });
}

/** Pausing stops the progress deadline's clock, and resuming starts it anew; a deadline already missed stays missed. */
async function notePause(parts: Parts, deployment: Deployment): Promise<Deployment> {
  const conditions = deployment.status?.conditions ?? [];
  const reason = findCondition(conditions, "Progressing")?.reason;
  const isPaused = deployment.spec.paused === true;
  if (progressDeadline(deployment) === undefined || reason === "ProgressDeadlineExceeded") return deployment;
  if (isPaused === (reason === "DeploymentPaused")) return deployment;
  const noted = isPaused
    ? progressing("Unknown", "DeploymentPaused", "Deployment is paused", new Date())
    : progressing("Unknown", "DeploymentResumed", "Deployment is resumed", new Date());
  return writeStatus(parts, deployment, {
    status: { ...deployment.status, conditions: withCondition(conditions, noted) },
  });
}

/**
 * One step of a rollout. The status is that of the ReplicaSets before the step, as Kubernetes has it; their change brings the next step.
 */
async function roll(parts: Parts, before: Deployment, found: Revisions): Promise<Again | undefined> {
  const isRecreate = before.spec.strategy?.type === "Recreate";
  const step = isRecreate ? recreate(parts, before, found) : rollingUpdate(parts, before, found);
  const { deployment, revisions, scalings } = await step;
  for (const scaling of scalings) await resize(parts, deployment, scaling);
  if (scalings.length === 0 && isComplete(deployment, deployment.status ?? {})) {
    await removeExpired(parts, deployment, revisions.older);
  }
  const now = new Date();
  const status = rolloutStatus(deployment, revisions, now);
  await writeStatus(parts, deployment, { status });
  const wait = progressCheckDelay(deployment, status, now);
  return wait === undefined ? undefined : { afterMs: wait };
}

interface Step {
  readonly deployment: Deployment;
  readonly revisions: Revisions;
  readonly scalings: readonly Scaling[];
}

/** Grows the newest ReplicaSet as far as the surge allows; where it cannot grow, shrinks the others. */
async function rollingUpdate(parts: Parts, before: Deployment, found: Revisions): Promise<Step> {
  const { deployment, revisions, newest } = await ensureNewest(parts, before, found);
  const { older } = revisions;
  const wanted = wantedReplicas(deployment);
  const replicas = wantedReplicas(newest) > wanted ? wanted : newestReplicas(deployment, newest, [...older, newest]);
  const scalings =
    replicas === wantedReplicas(newest) ? shrinkOlder(deployment, newest, older) : [{ replicaSet: newest, replicas }];
  return { deployment, revisions, scalings };
}

/** Ends all pods of older templates, waits until they are gone, and only then makes the new ones. */
async function recreate(parts: Parts, deployment: Deployment, revisions: Revisions): Promise<Step> {
  const active = revisions.older.filter((each) => wantedReplicas(each) > 0);
  if (active.length > 0 || hasOlderPods(parts, revisions)) {
    return { deployment, revisions, scalings: active.map((replicaSet) => ({ replicaSet, replicas: 0 })) };
  }
  const ensured = await ensureNewest(parts, deployment, revisions);
  const replicas = wantedReplicas(ensured.deployment);
  const isRight = wantedReplicas(ensured.newest) === replicas;
  return { ...ensured, scalings: isRight ? [] : [{ replicaSet: ensured.newest, replicas }] };
}

function hasOlderPods({ pods }: Parts, { older }: Revisions): boolean {
  if (older.some((each) => (each.status?.replicas ?? 0) > 0)) return true;
  const owners = new Set(older.map((each) => each.metadata.uid));
  return pods.list(older[0]?.metadata.namespace).some((pod) => owners.has(controllerOf(pod)?.uid) && !hasEnded(pod));
}
