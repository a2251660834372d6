import type { Clock } from "../../runner/clock.ts";
import { SlipwayError } from "../../error.ts";
import type { KubernetesApi } from "../api.ts";
import type { Event } from "../readiness/objects.ts";

const firstPauseMs = 2_000;
const longestPauseMs = 30_000;

/**
 * The warnings of one namespace, read now and then while a rollout does not get on: what keeps a volume from being mounted, or a
 * StatefulSet from making its pods, is told nowhere else.
 */
export class Warnings {
  readonly #api: KubernetesApi;
  readonly #namespace: string;
  readonly #clock: Clock;
  #pauseMs = firstPauseMs;
  #due: number;
  events: readonly Event[] = [];

  constructor(o: { readonly api: KubernetesApi; readonly namespace: string; readonly clock: Clock }) {
    this.#api = o.api;
    this.#namespace = o.namespace;
    this.#clock = o.clock;
    this.#due = o.clock.now() + firstPauseMs;
  }

  /**
   * Reads them again where it is time to, less and less often, and tells whether it has. Without them verdicts come later, but they
   * come: so a server that refuses or does not answer is no error here.
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    if (this.#clock.now() < this.#due) return false;
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#due = this.#clock.now() + this.#pauseMs;
    const path = `/api/v1/namespaces/${this.#namespace}/events`;
    const query = { fieldSelector: "type=Warning" };
    try {
      const list = await this.#api.request<{ readonly items?: readonly Event[] | null }>({
        method: "GET",
        path,
        query,
        signal,
      });
      this.events = list.items ?? [];
      return true;
    } catch (error) {
      if (!(error instanceof SlipwayError) && !signal.aborted) throw error;
      return false;
    }
  }
}
