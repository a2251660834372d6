import { SlipwayError } from "../../error.ts";
import type { Clock } from "../../runner/clock.ts";
import type { KubernetesApi } from "../api.ts";
import type { Node } from "../readiness/objects.ts";

const firstPauseMs = 1_000;
const pauseMs = 5_000;

/** The nodes of the cluster, read now and then while a DaemonSet does not get on: those that are not ready cannot run its pods. */
export class Nodes {
  readonly #api: KubernetesApi;
  readonly #clock: Clock;
  #due: number;
  /** `undefined` while they are not known, or where they may not be read. */
  nodes: readonly Node[] | undefined;

  constructor({ api, clock }: { readonly api: KubernetesApi; readonly clock: Clock }) {
    this.#api = api;
    this.#clock = clock;
    this.#due = clock.now() + firstPauseMs;
  }

  /** Reads them again where it is time to, and tells whether it has. */
  async refresh(signal: AbortSignal): Promise<boolean> {
    if (this.#clock.now() < this.#due) return false;
    this.#due = Infinity;
    try {
      const { items } = await this.#api.request<{ readonly items?: readonly Node[] | null }>({
        method: "GET",
        path: "/api/v1/nodes",
        signal,
      });
      this.nodes = items ?? [];
      return true;
    } catch (error) {
      if (!(error instanceof SlipwayError) && !signal.aborted) throw error;
      return false;
    } finally {
      this.#due = this.#clock.now() + pauseMs;
    }
  }
}
