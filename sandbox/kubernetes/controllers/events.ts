import { randomInt } from "node:crypto";
import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { timestamp } from "../timestamp.ts";

export interface Happening {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** The part of the object that it is about: `spec.containers{app}`. */
  readonly fieldPath?: string;
}

/** Tells the cluster's readers what happened to an object. Never fails: an event that cannot be written is dropped. */
export type RecordEvent = (about: KubernetesObject, happening: Happening) => void;

interface Written {
  readonly path: string;
  count: number;
}

interface Similar {
  readonly messages: Set<string>;
  readonly at: number;
}

/** From so many different messages of one kind on, further ones are told as one event, until for ten minutes none has come. */
const similarLimit = 10;
const similarWindowMs = 600_000;
/** How many events are remembered, to be counted up when they come again. All these limits are those of Kubernetes' own clients. */
const memory = 4096;

/** Writes the events of one component, counting repetitions in one event each. */
export class EventRecorder {
  readonly #api: KubernetesApi;
  readonly #component: string;
  readonly #host: string;
  readonly #signal: AbortSignal;
  readonly #onDropped: (error: unknown) => void;
  readonly #written = new Map<string, Written>();
  readonly #similar = new Map<string, Similar>();
  /** Written one after the other, so that readers see them in the order they happened. */
  #last: Promise<void> = Promise.resolve();

  constructor(o: {
    readonly api: KubernetesApi;
    readonly component: string;
    /** The node, where the component is a node's own. */
    readonly host?: string;
    readonly signal: AbortSignal;
    readonly onDropped: (error: unknown) => void;
  }) {
    this.#api = o.api;
    this.#component = o.component;
    this.#host = o.host ?? "";
    this.#signal = o.signal;
    this.#onDropped = o.onDropped;
  }

  readonly record: RecordEvent = (about, happening) => {
    const at = timestamp(new Date());
    this.#last = this.#last.then(() => this.#write(about, happening, at)).catch(this.#onDropped);
  };

  /** Resolves when everything recorded so far is written or dropped. */
  async flush(): Promise<void> {
    await this.#last;
  }

  async #write(about: KubernetesObject, happening: Happening, at: string): Promise<void> {
    if (this.#signal.aborted) return;
    const { type, reason, message: said, fieldPath = "" } = happening;
    const group = [about.kind, about.metadata.uid, type, reason].join("/");
    const combined = this.#isCombined(group, said);
    const message = combined ? `(combined from similar events): ${said}` : said;
    const key = combined ? group : `${group}/${fieldPath}/${said}`;
    const written = this.#written.get(key);
    if (written !== undefined && (await this.#repeat(written, message, at))) return;
    remember(this.#written, key, { path: await this.#create(about, { ...happening, message }, at), count: 1 });
  }

  /** Whether so many different messages about one thing have come that this one is told together with them. */
  #isCombined(group: string, message: string): boolean {
    const now = Date.now();
    const known = this.#similar.get(group);
    const messages = known !== undefined && now - known.at < similarWindowMs ? known.messages : new Set<string>();
    remember(this.#similar, group, { messages: messages.add(message), at: now });
    return messages.size >= similarLimit;
  }

  /** Whether the event could be counted up: it may have been deleted. */
  async #repeat(written: Written, message: string, lastTimestamp: string): Promise<boolean> {
    const body = { count: written.count + 1, message, lastTimestamp };
    try {
      const contentType = "application/merge-patch+json";
      await this.#api.request({ method: "PATCH", path: written.path, body, contentType, signal: this.#signal });
      written.count += 1;
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  async #create(about: KubernetesObject, { fieldPath, ...happening }: Happening, at: string): Promise<string> {
    const { namespace = "default", name, uid, resourceVersion } = about.metadata;
    const eventName = `${name}.${nanoseconds().toString(16)}`;
    const path = `/api/v1/namespaces/${namespace}/events`;
    const body = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: eventName, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        namespace,
        name,
        uid,
        resourceVersion,
        fieldPath,
      },
      ...happening,
      source: { component: this.#component, ...(this.#host === "" ? {} : { host: this.#host }) },
      reportingComponent: this.#component,
      reportingInstance: this.#host,
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    };
    await this.#api.request({ method: "POST", path, body, signal: this.#signal });
    return `${path}/${eventName}`;
  }
}

/** Kubernetes' clients name events by the time: so events of one second, which is all that their times say, are listed in order. */
function nanoseconds(): bigint {
  const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1_000);
  return BigInt(microseconds) * 1_000n + BigInt(randomInt(1_000));
}

/** Puts a value at the end of a map, and forgets the ones at its beginning that are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= memory) return;
    map.delete(oldest);
  }
}
