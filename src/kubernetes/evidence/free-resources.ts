import type { KubernetesApi } from "../api.ts";
import { SlipwayError } from "../../error.ts";
import { listObjects } from "../list.ts";
import { milliValue } from "../quantity.ts";
import { conditionOf } from "../readiness/objects.ts";
import type { Node, Pod } from "../readiness/objects.ts";
import { requestOf } from "./amounts.ts";
import type { MostFree } from "./facts.ts";

/**
 * What the node with the most of each resource has left. `undefined` where nodes, or the pods of all namespaces, may not be read.
 * @throws the signal's reason
 */
export async function readMostFree(
  api: KubernetesApi,
  o: { readonly resources: readonly string[]; readonly signal: AbortSignal },
): Promise<MostFree | undefined> {
  try {
    const running = "status.phase!=Succeeded,status.phase!=Failed,spec.nodeName!=";
    const [nodes, pods] = await Promise.all([
      readAll<Node>(api, "/api/v1/nodes", { signal: o.signal }),
      readAll<Pod>(api, "/api/v1/pods", { fieldSelector: running, signal: o.signal }),
    ]);
    return mostFree(o.resources, nodes, pods);
  } catch (error) {
    o.signal.throwIfAborted();
    if (error instanceof SlipwayError) return undefined;
    throw error;
  }
}

function mostFree(resources: readonly string[], nodes: readonly Node[], pods: readonly Pod[]): MostFree {
  const open = nodes.filter(
    (node) => node.spec?.unschedulable !== true && conditionOf(node, "Ready")?.status === "True",
  );
  const byNode = Map.groupBy(pods, ({ spec }) => spec?.nodeName ?? "");
  const found = resources.flatMap((resource) => {
    const free = open.map(({ metadata: { name }, status }) => {
      const taken = (byNode.get(name) ?? []).reduce((sum, pod) => sum + requestOf(pod, resource), 0);
      return { node: name, milli: Math.max(0, (milliValue(status?.allocatable?.[resource] ?? 0) ?? 0) - taken) };
    });
    const [most] = free.sort((a, b) => b.milli - a.milli);
    return most === undefined ? [] : [[resource, most] as const];
  });
  return new Map(found);
}

async function readAll<T>(
  api: KubernetesApi,
  path: string,
  { fieldSelector, signal }: { readonly fieldSelector?: string; readonly signal: AbortSignal },
): Promise<readonly T[]> {
  return (await listObjects<T>({ api, path, query: { fieldSelector }, signal })).items;
}
