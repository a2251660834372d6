import { claimed, ownerKeys } from "../claim.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { withoutZeros } from "../counts.ts";
import { forget, hashOf, history } from "../history.ts";
import { controllerRevisionKind, daemonSetKind, nodeKind, podKind } from "../kinds.ts";
import type { ControllerRevision, DaemonSet, Node, Pod } from "../kinds.ts";
import { createPods, deletePods } from "../pod-control.ts";
import type { Failure } from "../pod-control.ts";
import { isReady, untilAvailable } from "../pods.ts";
import { nextAvailability } from "../replica-set/status.ts";
import { suits } from "../scheduler/fit.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { templateFor } from "./template.ts";

interface Parts extends Context {
  readonly sets: Store<DaemonSet>;
  readonly pods: Store<Pod>;
  readonly nodes: Store<Node>;
  readonly revisions: Store<ControllerRevision>;
}

/** Keeps a pod of a DaemonSet on the one node, if that suits it. */
export const daemonSetController: Controller = {
  name: "daemonset-controller",
  async prepare(context) {
    const { cluster } = context;
    const [sets, pods, nodes, revisions] = await Promise.all([
      cluster.store(daemonSetKind),
      cluster.store(podKind),
      cluster.store(nodeKind),
      cluster.store(controllerRevisionKind),
    ]);
    return {
      sources: [
        changesOf(sets, (set) => [keyOf(set)]),
        changesOf(pods, (pod) => ownerKeys(pod, daemonSetKind, sets)),
        changesOf(nodes, () => sets.list().map(keyOf)),
      ],
      reconcile: (key) => sync({ ...context, sets, pods, nodes, revisions }, key),
    };
  },
};

/** What is on the node. */
interface Standing {
  readonly set: DaemonSet;
  /** The hash of the newest template. */
  readonly hash: string;
  /** The node, if it is to have a pod. */
  readonly wanted: Node | undefined;
  readonly pods: readonly Pod[];
  readonly now: Date;
}

async function sync(parts: Parts, key: string): Promise<Again | undefined> {
  const set = parts.sets.get(key);
  if (set === undefined) return undefined;
  const { cluster } = parts;
  const { selector, minReadySeconds = 0 } = set.spec;
  const owner = { cluster, owner: set, ownerKind: daemonSetKind, selector };
  const pods = await claimed({ ...owner, kind: podKind, store: parts.pods });
  const past = await history({ ...owner, store: parts.revisions });
  const wanted = parts.nodes.list().find((node) => suits(podFor(set, node), node));
  const standing = { set, hash: hashOf(past.newest), wanted, pods, now: new Date() };
  const failure = set.metadata.deletionTimestamp === undefined ? await manage(parts, standing) : undefined;
  await cluster.replaceStatus(daemonSetKind, set, statusOf(standing));
  const live = new Set(pods.map((pod) => `${set.metadata.name}-${revisionHash(pod)}`));
  await forget({ cluster, owner: set, history: past, live });
  if (failure !== undefined) throw new Error(failure.message);
  const wait = nextAvailability(pods, minReadySeconds, standing.now);
  return wait === undefined ? undefined : { afterMs: wait };
}

/** The pod that a node would get. */
function podFor(set: DaemonSet, node: Node): Pod {
  const { spec } = templateFor(set, "", node);
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "" }, spec };
}

/** Creates the pod that is missing; deletes one that has failed, that is not wanted, or that is to be updated. */
async function manage(parts: Parts, { set, hash, wanted, pods }: Standing): Promise<Failure | undefined> {
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const isUpdated = set.spec.updateStrategy?.type !== "OnDelete";
  const going = staying.filter((pod) => {
    const hasFailed = pod.status?.phase === "Failed";
    return wanted === undefined || hasFailed || (isUpdated && revisionHash(pod) !== hash);
  });
  const failure = await deletePods(parts, set, going);
  if (failure !== undefined || wanted === undefined || pods.length > 0) return failure;
  return createPods(parts, { kind: daemonSetKind, object: set, template: templateFor(set, hash, wanted) }, 1);
}

function revisionHash({ metadata }: Pod): string {
  return metadata.labels?.["controller-revision-hash"] ?? "";
}

function isAvailable({ set, now }: Standing, pod: Pod): boolean {
  const isStaying = pod.metadata.deletionTimestamp === undefined;
  return isStaying && untilAvailable(pod, set.spec.minReadySeconds ?? 0, now) === 0;
}

function statusOf(standing: Standing): object {
  const { set, hash, wanted, pods } = standing;
  const desired = wanted === undefined ? 0 : 1;
  const placed = wanted === undefined ? [] : pods;
  const available = placed.filter((pod) => isAvailable(standing, pod)).length;
  return {
    currentNumberScheduled: Math.min(placed.length, 1),
    numberMisscheduled: pods.length - placed.length,
    desiredNumberScheduled: desired,
    numberReady: placed.filter(isReady).length,
    observedGeneration: set.metadata.generation ?? 0,
    ...withoutZeros({
      updatedNumberScheduled: placed.filter((pod) => revisionHash(pod) === hash).length,
      numberAvailable: available,
      numberUnavailable: desired - available,
    }),
  };
}
