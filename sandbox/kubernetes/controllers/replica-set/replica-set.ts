import { claimed, ownerKeys } from "../claim.ts";
import { controllerOf } from "../cluster.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { podKind, replicaSetKind } from "../kinds.ts";
import type { Pod, ReplicaSet } from "../kinds.ts";
import { createPods, deletePods } from "../pod-control.ts";
import type { Failure } from "../pod-control.ts";
import { isActive } from "../pods.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { deletionOrder } from "./deletion-order.ts";
import { nextAvailability, replicaSetStatus } from "./status.ts";

interface Parts extends Context {
  readonly replicaSets: Store<ReplicaSet>;
  readonly pods: Store<Pod>;
}

/** Keeps as many pods of a ReplicaSet as it wants. */
export const replicaSetController: Controller = {
  name: "replicaset-controller",
  async prepare(context) {
    const [replicaSets, pods] = await Promise.all([
      context.cluster.store(replicaSetKind),
      context.cluster.store(podKind),
    ]);
    return {
      sources: [
        changesOf(replicaSets, (replicaSet) => [keyOf(replicaSet)]),
        changesOf(pods, (pod) => ownerKeys(pod, replicaSetKind, replicaSets)),
      ],
      reconcile: (key) => sync({ ...context, replicaSets, pods }, key),
    };
  },
};

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const replicaSet = parts.replicaSets.get(key);
  if (replicaSet === undefined) return undefined;
  const owned = await claimed({
    cluster: parts.cluster,
    owner: replicaSet,
    ownerKind: replicaSetKind,
    selector: replicaSet.spec.selector,
    kind: podKind,
    store: parts.pods,
  });
  const pods = owned.filter(isActive);
  const isGoing = replicaSet.metadata.deletionTimestamp !== undefined;
  const failure = isGoing ? undefined : await manage(parts, replicaSet, pods);
  const now = new Date();
  const status = replicaSetStatus({ replicaSet, pods, failure, now });
  await parts.cluster.replaceStatus(replicaSetKind, replicaSet, status);
  // What failed is tried again, ever later.
  if (failure !== undefined) throw new Error(failure.message);
  const wait = nextAvailability(pods, replicaSet.spec.minReadySeconds ?? 0, now);
  return wait === undefined ? undefined : { afterMs: wait };
}

/** Creates the pods that are missing, or deletes the ones that are too many. */
async function manage(parts: Parts, replicaSet: ReplicaSet, pods: readonly Pod[]): Promise<Failure | undefined> {
  const missing = (replicaSet.spec.replicas ?? 1) - pods.length;
  if (missing === 0) return undefined;
  if (missing < 0) {
    return deletePods(parts, replicaSet, deletionOrder(pods, neighbours(parts, replicaSet)).slice(0, -missing));
  }
  return createPods(parts, { kind: replicaSetKind, object: replicaSet, template: replicaSet.spec.template }, missing);
}

/** The active pods of all ReplicaSets of the same Deployment. */
function neighbours({ replicaSets, pods }: Parts, replicaSet: ReplicaSet): Pod[] {
  const { namespace, uid } = replicaSet.metadata;
  const deployment = controllerOf(replicaSet)?.uid;
  const siblings = replicaSets
    .list(namespace)
    .filter((each) => deployment !== undefined && controllerOf(each)?.uid === deployment);
  const owners = new Set([uid, ...siblings.map((each) => each.metadata.uid)]);
  return pods.list(namespace).filter((pod) => isActive(pod) && owners.has(controllerOf(pod)?.uid));
}
