import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { ReleasePorts } from "../release/ports.ts";

/** The HorizontalPodAutoscalers that a namespace has; none where it does not exist, or where they may not be listed. */
export async function readAutoscalers(
  { api, signal, log }: ReleasePorts,
  namespace: string,
): Promise<KubernetesObject[]> {
  const path = `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`;
  try {
    return (await api.request<{ items: KubernetesObject[] }>({ method: "GET", path, signal })).items;
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 404)) throw error;
    log.debug(`the autoscalers of ${namespace} cannot be listed: ${error.message}`);
    return [];
  }
}
