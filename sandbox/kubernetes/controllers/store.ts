import { startInformer } from "../../../src/kubernetes/watch.ts";
import type { Informer, WatchEvent } from "../../../src/kubernetes/watch.ts";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";

/** How long a reader waits to see its own write before it goes on without; the watch is broken then, and will be mended. */
const longestWaitMs = 5_000;

export type Listener<T> = (event: WatchEvent<T>) => void;

interface Waiter {
  readonly condition: () => boolean;
  readonly done: () => void;
}

/** The key of an object in stores and queues: namespace/name, or name where there is no namespace. */
export function keyOf({ metadata }: Pick<KubernetesObject, "metadata">): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/**
 * All objects of one kind, kept up to date by one list and watch however many controllers read it. Objects are shared: nobody
 * changes them in place.
 */
export class Store<T extends KubernetesObject> {
  readonly #listeners = new Set<Listener<T>>();
  readonly #waiters = new Set<Waiter>();
  #seen = 0;
  #stopped = false;
  #informer: Informer<T> | undefined;

  /** Resolves once all objects that exist now are in the store. */
  static async start<T extends KubernetesObject>(o: {
    readonly api: KubernetesApi;
    readonly path: string;
    readonly signal: AbortSignal;
  }): Promise<Store<T>> {
    const store = new Store<T>();
    store.#informer = await startInformer<T>({ ...o, onEvent: (event) => store.#take(event) });
    return store;
  }

  /** Whether the server refused to go on: the kind is gone. */
  get hasFailed(): boolean {
    return this.#informer?.failed.aborted === true;
  }

  get(key: string): T | undefined {
    return this.#informer?.objects.get(key);
  }

  list(namespace?: string): T[] {
    const all = [...(this.#informer?.objects.values() ?? [])];
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  /** Tells the listener of every object there is, as ADDED, and of all changes from now on. */
  subscribe(listener: Listener<T>): void {
    for (const object of this.list()) listener({ type: "ADDED", object });
    this.#listeners.add(listener);
  }

  /** Resolves when the store holds this state of an object or a later one: so a controller reads what it wrote. */
  async caughtUp(object: KubernetesObject): Promise<void> {
    await this.until(() => this.#seen >= Number(object.metadata.resourceVersion ?? 0));
  }

  /** Resolves when the store has seen this object gone or going. */
  async deletionSeen(object: KubernetesObject): Promise<void> {
    await this.until(() => {
      const held = this.get(keyOf(object));
      return held?.metadata.uid !== object.metadata.uid || held?.metadata.deletionTimestamp !== undefined;
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#informer?.stop();
    for (const { done } of this.#waiters) done();
  }

  #take(event: WatchEvent<T>): void {
    this.#seen = Math.max(this.#seen, Number(event.object.metadata.resourceVersion ?? 0));
    for (const listener of this.#listeners) listener(event);
    for (const { condition, done } of this.#waiters) if (condition()) done();
  }

  /** Resolves as soon as the condition, looked at after each change, holds; at the latest when the wait is too long. */
  async until(condition: () => boolean): Promise<void> {
    if (this.#stopped || condition()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => waiter.done(), longestWaitMs);
      const done = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve();
      };
      const waiter: Waiter = { condition, done };
      this.#waiters.add(waiter);
    });
  }
}
