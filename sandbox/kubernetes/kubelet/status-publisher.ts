import { isDeepStrictEqual } from "node:util";
import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import { objectPath } from "../../../src/kubernetes/discovery.ts";
import type { Pod, PodStatus } from "./pod.ts";

const podResource = { group: "", version: "v1", plural: "pods", namespaced: true } as const;
/** After a write that failed; a status is always the newest, so nothing is lost by waiting. */
const retryMs = 1_000;

/** The path of a pod in the API. */
export function podPath({ metadata }: Pod, subresource?: string): string {
  return objectPath(podResource, metadata.namespace, metadata.name, subresource);
}

/** Writes a pod's status to the API, one write at a time; of several in between, the last. */
export class StatusPublisher {
  readonly #api: KubernetesApi;
  readonly #signal: AbortSignal;
  /** What the API server has, as far as we know. */
  #published: PodStatus;
  #wanted: { readonly pod: Pod; readonly status: PodStatus } | undefined;
  #writing: Promise<void> | undefined;

  constructor(o: { readonly api: KubernetesApi; readonly initial: PodStatus; readonly signal: AbortSignal }) {
    this.#api = o.api;
    this.#published = o.initial;
    this.#signal = o.signal;
  }

  /** What was last reported, whether or not it is written yet. */
  get latest(): PodStatus {
    return this.#wanted?.status ?? this.#published;
  }

  publish(pod: Pod, status: PodStatus): void {
    if (isDeepStrictEqual(this.latest, status)) return;
    this.#wanted = { pod, status };
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  /** Resolves when everything reported so far is written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#wanted !== undefined && !this.#signal.aborted) {
      const { pod, status } = this.#wanted;
      const body = statusPatch(pod, { before: this.#published, after: status });
      const contentType = "application/strategic-merge-patch+json";
      const path = podPath(pod, "status");
      try {
        await this.#api.request({ method: "PATCH", path, body, contentType, signal: this.#signal });
      } catch (error) {
        // Gone, or another pod by now: there is nothing to report any more.
        if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) {
          await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
          continue;
        }
      }
      this.#published = status;
      if (this.#wanted.status === status) this.#wanted = undefined;
    }
  }
}

/** Conditions of others stay as they are: the server merges by type. A field that is gone has to be named. */
function statusPatch(pod: Pod, o: { readonly before: PodStatus; readonly after: PodStatus }): unknown {
  const conditions = (o.after.conditions ?? []).map((condition) => {
    const old = o.before.conditions?.find((each) => each.type === condition.type);
    const cleared = (["reason", "message"] as const).filter((field) => old?.[field] && !condition[field]);
    return { ...condition, ...Object.fromEntries(cleared.map((field) => [field, null])) };
  });
  const order = conditions.map(({ type }) => ({ type }));
  return {
    metadata: { uid: pod.metadata.uid },
    status: { ...o.after, conditions, "$setElementOrder/conditions": order },
  };
}
