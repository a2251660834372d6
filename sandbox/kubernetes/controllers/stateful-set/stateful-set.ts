import { claimed, ownerKeys } from "../claim.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { forget, history } from "../history.ts";
import type { History } from "../history.ts";
import { controllerRevisionKind, podKind, statefulSetKind } from "../kinds.ts";
import type { ControllerRevision, Pod, StatefulSet, StatefulSetStatus } from "../kinds.ts";
import { hasEnded } from "../pods.ts";
import { nextAvailability } from "../replica-set/status.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { createStatefulPod, deleteStatefulPod, ordinalOf, podName, revisionLabel } from "./pods.ts";
import { countedStatus, finishedStatus, isHealthy, isUsable } from "./status.ts";

export interface Parts extends Context {
  readonly sets: Store<StatefulSet>;
  readonly pods: Store<Pod>;
  readonly revisions: Store<ControllerRevision>;
}

/** Keeps the pods of a StatefulSet, each with a name of its own, and replaces them one after the other. */
export const statefulSetController: Controller = {
  name: "statefulset-controller",
  async prepare(context) {
    const { cluster } = context;
    const [sets, pods, revisions] = await Promise.all([
      cluster.store(statefulSetKind),
      cluster.store(podKind),
      cluster.store(controllerRevisionKind),
    ]);
    return {
      sources: [
        changesOf(sets, (set) => [keyOf(set)]),
        changesOf(pods, (pod) => ownerKeys(pod, statefulSetKind, sets)),
      ],
      reconcile: (key) => sync({ ...context, sets, pods, revisions }, key),
    };
  },
};

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const set = parts.sets.get(key);
  if (set === undefined) return undefined;
  const { cluster, pods: store } = parts;
  const { selector, minReadySeconds = 0 } = set.spec;
  const owner = { cluster, owner: set, ownerKind: statefulSetKind, selector };
  const all = await claimed({ ...owner, kind: podKind, store });
  const pods = all.filter((pod) => ordinalOf(set, pod) !== undefined);
  const past = await history({ ...owner, store: parts.revisions });
  const now = new Date();
  const counted = countedStatus({ set, pods, history: past, now });
  const isGoing = set.metadata.deletionTimestamp !== undefined;
  const deleted = isGoing ? 0 : await manage(parts, { set, pods, history: past, status: counted, now });
  const status = finishedStatus(set, { ...counted, currentReplicas: (counted.currentReplicas ?? 0) - deleted });
  await cluster.replaceStatus(statefulSetKind, set, status);
  const live = new Set([...pods.map(revisionLabel), status.currentRevision ?? ""]);
  await forget({ cluster, owner: set, history: past, live });
  const wait = nextAvailability(pods, minReadySeconds, now);
  return wait === undefined ? undefined : { afterMs: wait };
}

export interface Standing {
  readonly set: StatefulSet;
  readonly pods: readonly Pod[];
  readonly history: History;
  readonly status: StatefulSetStatus;
  readonly now: Date;
}

/**
 * Goes through the pods in order, as Kubernetes' updateStatefulSet does: with OrderedReady it goes no further than the first pod that is
 * not as it should be.
 * @returns How many pods of the current revision were deleted to be updated.
 */
async function manage(parts: Parts, standing: Standing): Promise<number> {
  const { set, pods, now } = standing;
  const isOrdered = set.spec.podManagementPolicy !== "Parallel";
  const start = set.spec.ordinals?.start ?? 0;
  const end = start + (set.spec.replicas ?? 1);
  const byName = new Map(pods.map((pod) => [pod.metadata.name, pod]));
  for (let ordinal = start; ordinal < end; ordinal++) {
    const pod = byName.get(podName(set, ordinal));
    if (pod === undefined) await createStatefulPod(parts, standing, ordinal);
    else if (hasEnded(pod) && pod.metadata.deletionTimestamp === undefined) await deleteStatefulPod(parts, set, pod);
    else if (isUsable(set, pod, now) || !isOrdered) continue;
    if (isOrdered) return 0;
  }
  if (!(await removeSurplus(parts, standing, { start, end, isOrdered }))) return 0;
  return await updateOne(parts, standing, start);
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly isOrdered: boolean;
}

/** Deletes the pods outside of the range, the highest first. Returns whether there was nothing to do or to wait for. */
async function removeSurplus(parts: Parts, { set, pods, now }: Standing, range: Range): Promise<boolean> {
  const ordinal = (pod: Pod): number => ordinalOf(set, pod) ?? 0;
  const surplus = pods
    .filter((pod) => ordinal(pod) < range.start || ordinal(pod) >= range.end)
    .sort((a, b) => ordinal(b) - ordinal(a));
  const unhealthy = [...pods].sort((a, b) => ordinal(a) - ordinal(b)).find((pod) => !isHealthy(pod));
  for (const pod of surplus) {
    const mayGo = !range.isOrdered || isUsable(set, pod, now) || pod === unhealthy;
    if (pod.metadata.deletionTimestamp === undefined && mayGo) await deleteStatefulPod(parts, set, pod);
    if (range.isOrdered) return false;
  }
  return true;
}

/** Deletes the highest pod that has not the newest template, if all above it are well. */
async function updateOne(parts: Parts, { set, pods, history: past, status }: Standing, start: number): Promise<number> {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  if (type === "OnDelete") return 0;
  const first = start + (rollingUpdate?.partition ?? 0);
  const ordinal = (pod: Pod): number => ordinalOf(set, pod) ?? 0;
  for (const pod of [...pods].sort((a, b) => ordinal(b) - ordinal(a))) {
    if (ordinal(pod) < first) return 0;
    if (revisionLabel(pod) !== past.newest.metadata.name && pod.metadata.deletionTimestamp === undefined) {
      await deleteStatefulPod(parts, set, pod);
      return revisionLabel(pod) === status.currentRevision ? 1 : 0;
    }
    if (!isHealthy(pod)) return 0;
  }
  return 0;
}
