import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { Clock } from "../../../src/runner/clock.ts";
import type { WatchEvent } from "../../../src/kubernetes/watch.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Cluster } from "./cluster.ts";
import { EventRecorder } from "./events.ts";
import type { RecordEvent } from "./events.ts";
import type { Store } from "./store.ts";
import { WorkQueue } from "./work-queue.ts";
import type { Again } from "./work-queue.ts";

/** What a controller is given to work with. */
export interface Context {
  readonly cluster: Cluster;
  readonly record: RecordEvent;
}

/** A reconcile function and the changes that call for it. */
export interface Work {
  readonly sources: readonly Source[];
  readonly reconcile: (key: string) => Promise<Again | undefined>;
  /** How many keys at once; 4 if not given. */
  readonly concurrency?: number;
}

export interface Controller {
  /** As events name it: `deployment-controller`. */
  readonly name: string;
  readonly prepare: (context: Context) => Promise<Work>;
}

/** Calls `add` with the key of each object that needs a look. */
export type Source = (add: (key: string) => void) => void;

/** Work that comes from the changes of one kind. */
export function changesOf<T extends KubernetesObject>(
  store: Store<T>,
  keys: (object: T, type: WatchEvent<T>["type"]) => readonly string[],
): Source {
  return (add) => store.subscribe(({ object, type }) => keys(object, type).forEach(add));
}

export interface RunOptions {
  readonly cluster: Cluster;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly clock?: Clock | undefined;
}

/** Runs a controller until its returned function is called, which resolves when nothing of it is at work any more. */
export async function runController(controller: Controller, options: RunOptions): Promise<() => Promise<void>> {
  const { cluster, signal, log, clock } = options;
  const say = (what: string) => (error: unknown) => {
    // Somebody was faster, and the next try reads what they wrote: nothing to tell.
    const isConflict = error instanceof ApiError && error.reason === "Conflict";
    if (!signal.aborted && !isConflict)
      log(`${controller.name}: ${what}: ${error instanceof Error ? error.message : String(error)}`);
  };
  const recorder = new EventRecorder({ api: cluster.api, component: controller.name, signal, onDropped: say("event") });
  const work = await controller.prepare({ cluster, record: recorder.record });
  const queue = new WorkQueue({
    reconcile: work.reconcile,
    concurrency: work.concurrency ?? 4,
    clock,
    onError: (key, error) => say(key)(error),
  });
  for (const source of work.sources) source((key) => queue.add(key));
  return async () => {
    await queue.stop();
    await recorder.flush();
  };
}
