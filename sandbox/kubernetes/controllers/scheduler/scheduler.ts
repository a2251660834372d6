import { objectPath } from "../../../../src/kubernetes/discovery.ts";
import { findCondition, updatedCondition } from "../conditions.ts";
import { ignoring } from "../cluster.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller, Source } from "../controller.ts";
import { nodeKind, podKind } from "../kinds.ts";
import type { Node, Pod } from "../kinds.ts";
import { hasEnded } from "../pods.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import { unschedulable } from "./fit.ts";
import { timestamp } from "../../timestamp.ts";

interface Parts extends Context {
  readonly pods: Store<Pod>;
  readonly nodes: Store<Node>;
}

/** Gives each new pod the one node there is. One pod at a time, so that no two are promised the same room. */
export const scheduler: Controller = {
  name: "default-scheduler",
  async prepare(context) {
    const [pods, nodes] = await Promise.all([context.cluster.store(podKind), context.cluster.store(nodeKind)]);
    const waiting = () => pods.list().filter(isWaiting).map(keyOf);
    const freed = changesOf(pods, (pod, type) => (type === "DELETED" || hasEnded(pod) ? waiting() : []));
    const added: Source = changesOf(pods, (pod, type) => (type !== "DELETED" && isWaiting(pod) ? [keyOf(pod)] : []));
    const parts = { ...context, pods, nodes };
    return {
      sources: [added, freed, changesOf(nodes, waiting)],
      reconcile: (key) => assign(parts, key),
      concurrency: 1,
    };
  },
};

function isWaiting({ spec, metadata }: Pod): boolean {
  return (
    spec.nodeName === undefined &&
    metadata.deletionTimestamp === undefined &&
    (spec.schedulerName ?? "default-scheduler") === "default-scheduler"
  );
}

async function assign(parts: Parts, key: string): Promise<undefined> {
  const pod = parts.pods.get(key);
  if (pod === undefined || !isWaiting(pod)) return;
  const running = parts.pods.list().filter((each) => each.spec.nodeName !== undefined && !hasEnded(each));
  const [node] = parts.nodes.list();
  const why = unschedulable(pod, node, running);
  if (why === undefined) await bind(parts, pod, node?.metadata.name ?? "");
  else await refuse(parts, pod, why);
}

async function bind({ cluster, record, pods }: Parts, pod: Pod, nodeName: string): Promise<void> {
  const { namespace = "", name, uid } = pod.metadata;
  const body = {
    apiVersion: "v1",
    kind: "Binding",
    metadata: { name, namespace, uid },
    target: { apiVersion: "v1", kind: "Node", name: nodeName },
  };
  const path = objectPath(podKind, namespace, name, "binding");
  await ignoring(404, cluster.api.request({ method: "POST", path, body }));
  await pods.until(() => pods.get(keyOf(pod))?.spec.nodeName !== undefined || pods.get(keyOf(pod)) === undefined);
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  record(pod, { type: "Normal", reason: "Scheduled", message });
}

/** Says so once, and again only when the reason has changed. */
async function refuse({ cluster, record }: Parts, pod: Pod, message: string): Promise<void> {
  const conditions = pod.status?.conditions ?? [];
  if (findCondition(conditions, "PodScheduled")?.message === message) return;
  const refused = updatedCondition(conditions, {
    type: "PodScheduled",
    observedGeneration: pod.metadata.generation ?? 1,
    status: "False",
    lastTransitionTime: timestamp(new Date()),
    reason: "Unschedulable",
    message,
  });
  await cluster.replace(podKind, { ...pod, status: { ...pod.status, conditions: refused } }, "status");
  record(pod, { type: "Warning", reason: "FailedScheduling", message });
}
