import { claimed, ownerKeys } from "../claim.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { withoutZeros } from "../counts.ts";
import { scaledValue } from "../deployment/replicas.ts";
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
import { nodeNameOf, templateFor } from "./template.ts";

interface Parts extends Context {
  readonly sets: Store<DaemonSet>;
  readonly pods: Store<Pod>;
  readonly nodes: Store<Node>;
  readonly revisions: Store<ControllerRevision>;
}

/** Keeps one pod of a DaemonSet on each node that suits it. */
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

/** What is on the nodes. */
interface Standing {
  readonly set: DaemonSet;
  /** The hash of the newest template. */
  readonly hash: string;
  readonly wanted: readonly Node[];
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
  const wanted = parts.nodes.list().filter((node) => suits(podFor(set, node), node));
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

/** Creates the pods that are missing; deletes those that have failed, that no node wants, and that are to be updated. */
async function manage(parts: Parts, standing: Standing): Promise<Failure | undefined> {
  const { set, hash, wanted, pods } = standing;
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const surplus = staying.filter((pod) => !names.has(nodeNameOf(pod)) || pod.status?.phase === "Failed");
  for (const pod of surplus.filter(({ status }) => status?.phase === "Failed")) {
    const named = `${pod.metadata.namespace ?? ""}/${pod.metadata.name}`;
    const message = `Found failed daemon pod ${named} on node ${nodeNameOf(pod)}, will try to kill it`;
    parts.record(set, { type: "Warning", reason: "FailedDaemonPod", message });
  }
  const taken = new Set(pods.map(nodeNameOf));
  const missing = wanted.filter(({ metadata }) => !taken.has(metadata.name));
  const results = await Promise.all([
    deletePods(parts, set, [...surplus, ...outdated(standing, new Set(surplus), missing.length)]),
    ...missing.map((node) => {
      const template = templateFor(set, hash, node);
      return createPods(parts, { kind: daemonSetKind, object: set, template }, 1);
    }),
  ]);
  return results.find((result) => result !== undefined);
}

/** Pods with an older template: those that do not work at once, the others as far as `maxUnavailable` goes. */
function outdated(standing: Standing, going: ReadonlySet<Pod>, missing: number): Pod[] {
  const { set, hash, wanted, pods } = standing;
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  if (type === "OnDelete") return [];
  const most = Math.max(1, scaledValue(rollingUpdate?.maxUnavailable ?? 1, wanted.length, Math.ceil));
  const staying = pods.filter((pod) => !going.has(pod) && pod.metadata.deletionTimestamp === undefined);
  const old = staying.filter((pod) => revisionHash(pod) !== hash);
  const [working, broken] = [
    old.filter((pod) => isAvailable(standing, pod)),
    old.filter((pod) => !isAvailable(standing, pod)),
  ];
  const unavailable = missing + pods.length - pods.filter((pod) => isAvailable(standing, pod)).length;
  return [...broken, ...working.slice(0, Math.max(0, most - unavailable))];
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
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  const placed = pods.filter((pod) => names.has(nodeNameOf(pod)));
  const available = placed.filter((pod) => isAvailable(standing, pod)).length;
  return {
    currentNumberScheduled: new Set(placed.map(nodeNameOf)).size,
    numberMisscheduled: pods.length - placed.length,
    desiredNumberScheduled: wanted.length,
    numberReady: placed.filter(isReady).length,
    observedGeneration: set.metadata.generation ?? 0,
    ...withoutZeros({
      updatedNumberScheduled: placed.filter((pod) => revisionHash(pod) === hash).length,
      numberAvailable: available,
      numberUnavailable: wanted.length - available,
    }),
  };
}
