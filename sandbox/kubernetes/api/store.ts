import type { KubernetesObject } from "../../../src/kubernetes/object.ts";

/** An object at rest. Nobody changes it in place: a write stores another one. */
export type Stored = Readonly<KubernetesObject>;

/** One change of one object; `previous` tells a watch with a selector whether the object came into view or left it. */
export interface Change {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: Stored;
  readonly previous: Stored | undefined;
  readonly version: number;
}

/** How many changes of one resource are kept for watches that resume: older ones are answered with 410, as etcd does after compaction. */
const historyLength = 500;
/** How many lists that are being paged through are kept. */
const snapshotLimit = 32;

/** All that a store holds at one moment, history excepted. */
export interface Contents {
  readonly version: number;
  /** The objects by where they are kept. */
  readonly objects: ReadonlyMap<string, readonly Stored[]>;
}

interface Shelf {
  readonly objects: Map<string, Stored>;
  readonly listeners: Set<(change: Change) => void>;
  history: Change[];
  /** Changes at or before this version are forgotten. */
  forgotten: number;
}

/**
 * All objects, by where they are kept (`apps/deployments`) and by namespace and name. One resourceVersion counts every change of every
 * object, as in etcd, and the latest changes are kept for watches.
 */
export class Store {
  readonly #shelves = new Map<string, Shelf>();
  readonly #everywhere = new Set<(change: Change) => void>();
  readonly #snapshots = new Map<string, readonly Stored[]>();
  #version = 1;

  /** With `contents`, a store that goes on from there: watches that resume from before get 410. */
  constructor(contents?: Contents) {
    this.#version = contents?.version ?? 1;
    for (const [storage, objects] of contents?.objects ?? []) {
      const shelf = this.#shelf(storage);
      shelf.forgotten = this.#version;
      for (const object of objects) shelf.objects.set(keyOf(object), object);
    }
  }

  /** Everything as it is now. Objects at rest are never changed, so this copies none. */
  contents(): Contents {
    const objects = [...this.#shelves].map(([storage, shelf]) => [storage, [...shelf.objects.values()]] as const);
    return { version: this.#version, objects: new Map(objects) };
  }

  /** The version of the latest change. */
  get version(): number {
    return this.#version;
  }

  get(storage: string, namespace: string, name: string): Stored | undefined {
    return this.#shelves.get(storage)?.objects.get(`${namespace}/${name}`);
  }

  /** Objects of one namespace, or of all, in etcd's order: by namespace, then by name. */
  list(storage: string, namespace?: string): Stored[] {
    const shelf = this.#shelves.get(storage);
    if (shelf === undefined) return [];
    const entries = [...shelf.objects].filter(([key]) => namespace === undefined || key.startsWith(`${namespace}/`));
    return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  put(storage: string, object: KubernetesObject): Stored {
    const shelf = this.#shelf(storage);
    const key = keyOf(object);
    const previous = shelf.objects.get(key);
    const stored = this.#stamp(object);
    shelf.objects.set(key, stored);
    this.#record(shelf, {
      type: previous === undefined ? "ADDED" : "MODIFIED",
      object: stored,
      previous,
      version: this.#version,
    });
    return stored;
  }

  /** Forgets the object. What watches see last carries the version of the deletion. */
  remove(storage: string, object: KubernetesObject): Stored {
    const shelf = this.#shelf(storage);
    const previous = shelf.objects.get(keyOf(object));
    shelf.objects.delete(keyOf(object));
    const last = this.#stamp(object);
    this.#record(shelf, { type: "DELETED", object: last, previous, version: this.#version });
    return last;
  }

  /** Calls `listener` with every change from now on, until the returned function is called. */
  subscribe(storage: string, listener: (change: Change) => void): () => void {
    const { listeners } = this.#shelf(storage);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Calls `listener` with every change of anything, when all others know of it. */
  subscribeToAll(listener: (change: Change) => void): void {
    this.#everywhere.add(listener);
  }

  /** The changes after `version`, or undefined when some of them are forgotten. */
  since(storage: string, version: number): Change[] | undefined {
    const shelf = this.#shelf(storage);
    if (version < shelf.forgotten) return undefined;
    return shelf.history.filter((change) => change.version > version);
  }

  /** Forgets all history: every watch that resumes from before now gets 410, and every page token is too old. */
  compact(): void {
    for (const shelf of this.#shelves.values()) {
      shelf.history = [];
      shelf.forgotten = this.#version;
    }
    this.#snapshots.clear();
  }

  /** Keeps a list as it is now, so that its further pages come from the same moment. */
  keepSnapshot(key: string, objects: readonly Stored[]): void {
    this.#snapshots.set(key, objects);
    for (const oldest of [...this.#snapshots.keys()].slice(0, -snapshotLimit)) this.#snapshots.delete(oldest);
  }

  snapshot(key: string): readonly Stored[] | undefined {
    return this.#snapshots.get(key);
  }

  #shelf(storage: string): Shelf {
    const found = this.#shelves.get(storage);
    if (found !== undefined) return found;
    const shelf: Shelf = { objects: new Map(), listeners: new Set(), history: [], forgotten: 0 };
    this.#shelves.set(storage, shelf);
    return shelf;
  }

  #stamp(object: KubernetesObject): Stored {
    this.#version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
  }

  #record(shelf: Shelf, change: Change): void {
    shelf.history.push(change);
    if (shelf.history.length > historyLength) {
      // In batches: dropping one at a time would copy the whole ring for every write.
      const dropped = shelf.history.splice(0, historyLength / 4);
      shelf.forgotten = dropped.at(-1)?.version ?? shelf.forgotten;
    }
    for (const listener of [...shelf.listeners, ...this.#everywhere]) listener(change);
  }
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
