import { SlipwayError } from "../../error.ts";
import type { Clock } from "../../runner/clock.ts";
import type { KubernetesApi } from "../api.ts";
import type { KubernetesObject } from "../object.ts";
import type { Event } from "../readiness/objects.ts";
import { startInformer } from "../watch.ts";
import type { Informer } from "../watch.ts";

/** Most rollouts are over by then, and need no events. */
const firstPauseMs = 500;
/** Before events that could not be read are asked for again. */
const retryPauseMs = 5_000;

interface Options {
  readonly api: KubernetesApi;
  readonly namespace: string;
  readonly clock: Clock;
  /** Told that there is a new one. */
  readonly onEvent: () => void;
}

/**
 * The warnings of one namespace, followed while a rollout does not get on: what keeps a volume from being mounted, or a StatefulSet from
 * making its pods, is told nowhere else.
 */
export class Warnings {
  readonly #options: Options;
  #informer: Informer<Event> | undefined;
  /** By what they are about, oldest first; made anew after a change. */
  #byObject: ReadonlyMap<string, readonly Event[]> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Follows them once the rollout has taken a moment. Without them verdicts come later, but they come: no refusal is an error here. */
  async follow(signal: AbortSignal): Promise<void> {
    const { api, namespace, clock, onEvent } = this.#options;
    const path = `/api/v1/namespaces/${namespace}/events`;
    const query = { fieldSelector: "type=Warning" };
    const take = ({ object }: { readonly object: Event }): void => {
      delete object.metadata.managedFields;
      this.#byObject = undefined;
      onEvent();
    };
    for (let pauseMs = firstPauseMs; this.#informer === undefined; pauseMs = retryPauseMs) {
      try {
        await clock.sleep(pauseMs, signal);
        this.#informer = await startInformer<Event>({ api, path, query, clock, signal, onEvent: take });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof SlipwayError)) throw error;
      }
    }
  }

  /** Those about any of the objects, oldest first. */
  about(objects: readonly KubernetesObject[]): readonly Event[] {
    this.#byObject ??= Map.groupBy(
      [...(this.#informer?.objects.values() ?? [])].sort((a, b) => timeOf(a) - timeOf(b)),
      ({ involvedObject }) => involvedObject?.uid ?? "",
    );
    const byObject = this.#byObject;
    return objects.flatMap(({ metadata }) => byObject.get(metadata.uid ?? "") ?? []);
  }
}

/** When it was last told, in ms. */
export function timeOf({ series, lastTimestamp, eventTime, firstTimestamp, metadata }: Event): number {
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp;
  return Date.parse(time ?? "") || 0;
}
