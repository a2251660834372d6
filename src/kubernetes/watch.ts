import { SlipwayError } from "../error.ts";
import { systemClock } from "../runner/clock.ts";
import type { Clock } from "../runner/clock.ts";
import { startWatchdog } from "../watchdog.ts";
import { ApiError } from "./api-error.ts";
import type { KubernetesApi } from "./api.ts";
import { isExpired, listObjects } from "./list.ts";
import type { ObjectList } from "./list.ts";
import type { KubernetesObject } from "./object.ts";
import { MalformedLineError, watchEvents } from "./watch-lines.ts";
import type { StreamEvent } from "./watch-lines.ts";

export interface WatchEvent<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: T;
}

export interface InformerOptions<T> {
  readonly api: KubernetesApi;
  /** A collection, as `collectionPath()` makes it. */
  readonly path: string;
  readonly query?: { readonly labelSelector?: string; readonly fieldSelector?: string };
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** Told of each object of the first list as ADDED, and of each change from then on. */
  readonly onEvent?: (event: WatchEvent<T>) => void;
  /** Told when the watch was cut or made no sense, before it is taken up again. Nothing is missed meanwhile. */
  readonly onInterruption?: (error: unknown) => void;
}

/** A live copy of a collection. */
export interface Informer<T> {
  /** By namespace/name, or by name where the kind has no namespaces. */
  readonly objects: ReadonlyMap<string, T>;
  /** Aborted when the server will not let us watch any more (403 or 404, say), or `onEvent` threw; its reason is the error. */
  readonly failed: AbortSignal;
  stop(): void;
}

/** The server ends a watch after this, so that one that nobody reads any more cannot last. */
const watchSeconds = 240;
/** A server sends a bookmark each minute. When even these stay away the connection is dead, whatever TCP thinks. */
const silenceLimitMs = 75_000;
const shortestPauseMs = 100;
const longestPauseMs = 10_000;

/**
 * Lists a collection and keeps following it: through the ends of watches, expired resource versions (410), cut and dead connections,
 * and servers that are away for a while. Resolves after the first list; throws what that throws.
 */
export async function startInformer<T extends KubernetesObject>(options: InformerOptions<T>): Promise<Informer<T>> {
  const reflector = new Reflector(options);
  await reflector.list();
  void reflector.follow();
  return reflector;
}

class Reflector<T extends KubernetesObject> implements Informer<T> {
  readonly objects = new Map<string, T>();
  readonly #failure = new AbortController();
  readonly #stop = new AbortController();
  readonly #options: InformerOptions<T>;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** Where the next watch takes up. Without one there has to be a list first. */
  #resourceVersion: string | undefined;
  #pauseMs = 0;

  constructor(options: InformerOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
  }

  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  stop(): void {
    this.#stop.abort(new Error("the informer was stopped"));
  }

  async follow(): Promise<void> {
    while (!this.#signal.aborted && !this.failed.aborted) {
      try {
        if (this.#pauseMs > 0) await this.#clock.sleep(this.#pauseMs, this.#signal);
        if (this.#resourceVersion === undefined) await this.list();
        await this.#watch();
      } catch (error) {
        this.#interrupted(error);
      }
    }
  }

  /** Makes the copy equal to what the server has now; the differences become events. */
  async list(): Promise<void> {
    const { api, path, query } = this.#options;
    const list = await listObjects<T>({ api, path, query: { ...query }, signal: this.#signal });
    const objects = new Map(list.items.map((item) => [keyOf(item), withKind(item, list)]));
    for (const [key, known] of [...this.objects]) if (!objects.has(key)) this.#remove(key, known);
    for (const [key, object] of objects) this.#put(key, object);
    this.#resourceVersion = list.resourceVersion;
  }

  async #watch(): Promise<void> {
    const start = this.#clock.now();
    const request = {
      method: "GET" as const,
      path: this.#options.path,
      query: {
        ...this.#options.query,
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: this.#resourceVersion,
        timeoutSeconds: watchSeconds,
      },
    };
    const silence = new AbortController();
    const onSilence = () => silence.abort(silenceError(this.#options.path));
    const dog = startWatchdog({ clock: this.#clock, limitMs: silenceLimitMs, onSilence });
    try {
      const stream = this.#options.api.stream({ ...request, signal: AbortSignal.any([this.#signal, silence.signal]) });
      for await (const event of watchEvents<T>(stream, () => dog.beat())) this.#take(event);
    } finally {
      dog.stop();
    }
    // A server that ends each watch at once, whatever its reason, is not asked in a tight loop.
    if (this.#clock.now() - start < 1_000) this.#growPause();
  }

  #take(event: StreamEvent<T>): void {
    switch (event.type) {
      case "ERROR":
        throw new ApiError(event.object.code ?? 500, event.object);
      case "DELETED":
        this.#remove(keyOf(event.object), event.object);
        break;
      case "ADDED":
      case "MODIFIED":
        this.#put(keyOf(event.object), event.object);
        break;
      case "BOOKMARK":
        break;
    }
    this.#resourceVersion = event.object.metadata.resourceVersion ?? this.#resourceVersion;
    this.#pauseMs = 0;
  }

  #put(key: string, object: T): void {
    let known = this.objects.get(key);
    if (known !== undefined && known.metadata.uid !== object.metadata.uid) {
      // Deleted and made again, whether or not we saw it go.
      this.#remove(key, known);
      known = undefined;
    }
    if (known !== undefined && known.metadata.resourceVersion === object.metadata.resourceVersion) return;
    this.objects.set(key, object);
    this.#options.onEvent?.({ type: known === undefined ? "ADDED" : "MODIFIED", object });
  }

  #remove(key: string, object: T): void {
    if (this.objects.delete(key)) this.#options.onEvent?.({ type: "DELETED", object });
  }

  #interrupted(error: unknown): void {
    if (this.#signal.aborted) return;
    if (!isPassing(error)) {
      this.#failure.abort(error);
      return;
    }
    // Where we stand is known after a cut or a refusal, but neither after 410 nor after a line that made no sense.
    if (error instanceof MalformedLineError || isExpired(error)) this.#resourceVersion = undefined;
    this.#options.onInterruption?.(error);
    this.#growPause();
  }

  #growPause(): void {
    this.#pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, this.#pauseMs * 2));
  }
}

function withKind<T extends KubernetesObject>(item: T, list: ObjectList<T>): T {
  return { ...item, apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, "") };
}

function keyOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** Whether the watch can be taken up again. What is neither the server's nor the network's doing is a bug and must come out. */
function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 410 || error.status === 429 || error.status >= 500;
  return error instanceof MalformedLineError || (error instanceof SlipwayError && error.code === "unreachable");
}

function silenceError(path: string): SlipwayError {
  const seconds = silenceLimitMs / 1000;
  return new SlipwayError(`Cannot watch ${path} because the API server went silent: got nothing for ${seconds} s`, {
    code: "unreachable",
  });
}
