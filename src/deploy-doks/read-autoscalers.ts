import { ApiError } from "../kubernetes/api-error.ts";
import { collectionPath } from "../kubernetes/discovery.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { ReleasePorts } from "../release/ports.ts";
import { autoscalerKinds } from "./prepare/autoscaled.ts";

/** The autoscalers that a namespace has, of each kind that the cluster has; none where the namespace does not exist or they may not be listed. */
export async function readAutoscalers(
  { api, discovery, signal, log }: ReleasePorts,
  namespace: string,
): Promise<KubernetesObject[]> {
  const lists = autoscalerKinds.map(async (kind) => {
    const found = discovery.find(kind.apiVersion, kind.kind);
    if (found === undefined) return [];
    try {
      const path = collectionPath(found, namespace);
      const { items } = await api.request<{ items: KubernetesObject[] }>({ method: "GET", path, signal });
      // Items of a list do not say what they are.
      return items.map((item) => ({ ...item, ...kind }));
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 404)) throw error;
      log.debug(`the autoscalers of ${namespace} cannot be listed: ${error.message}`);
      return [];
    }
  });
  return (await Promise.all(lists)).flat();
}
