import type { Core } from "./core.ts";
import { fieldReaders } from "./field-selectors.ts";
import { scopeOf } from "./read.ts";
import { isTrue } from "./request.ts";
import type { Answer, Call, Target } from "./request.ts";
import { apiVersionOf } from "./resources.ts";
import { matcher } from "./selectors.ts";
import type { Matcher } from "./selectors.ts";
import { shown } from "./shown.ts";
import { expired } from "./status.ts";
import type { Change, Stored } from "./store.ts";

/** Bookmarks are sent this often, as the real server's watch cache does. */
const bookmarkEveryMs = 60_000;
/** A watch without `timeoutSeconds` ends after this long; real servers choose between 30 and 60 minutes. */
const longestSeconds = 2400;

/** Answers with a stream of `{"type", "object"}` lines that ends at `timeoutSeconds`, when the client goes, or with the server. */
export function watchObjects(core: Core, call: Call, target: Target): Answer {
  const matches = matcher(call.query, fieldReaders(target.resource));
  const scope = scopeOf(target);
  const inScope: Matcher = (object) => scope === undefined || object.metadata.namespace === scope;
  const view = new View({
    core,
    target,
    call,
    matches: (object) => inScope(object) && matches(object),
  });
  return { code: 200, chunks: events(core, call, view), contentType: "application/json" };
}

async function* events(core: Core, call: Call, view: View): AsyncGenerator<string> {
  const seconds = Number(call.query.get("timeoutSeconds") ?? 0);
  const queue = new LineQueue(AbortSignal.any([call.signal, core.signal]));
  // A signal with a timeout would be kept, and all that listens to it, until its time is up.
  const end = setTimeout(() => queue.close(), (seconds > 0 ? seconds : longestSeconds) * 1000);
  // First the subscription, then the past: both in one synchronous step, so nothing is missed and nothing comes twice.
  const from = view.start(call.query, queue);
  const stop = core.store.subscribe(view.storage, (change) => {
    if (change.version > from) queue.push(view.line(change));
  });
  const wantsBookmarks = isTrue(call.query.get("allowWatchBookmarks"));
  const bookmarks = setInterval(() => wantsBookmarks && queue.push(view.bookmark()), bookmarkEveryMs);
  // Whoever reads may just stop reading: what the watch holds is given back when it ends, not when its last line is read.
  queue.onClose(() => {
    stop();
    clearTimeout(end);
    clearInterval(bookmarks);
  });
  yield* queue.lines();
}

/** What one watch sees of the changes of a resource. */
class View {
  readonly #core: Core;
  readonly #target: Target;
  readonly #call: Call;
  readonly #matches: Matcher;

  constructor(o: { core: Core; target: Target; call: Call; matches: Matcher }) {
    this.#core = o.core;
    this.#target = o.target;
    this.#call = o.call;
    this.#matches = o.matches;
  }

  get storage(): string {
    return this.#target.resource.storage;
  }

  /** Queues what lies before the live changes, and returns the version after which changes are to be sent. */
  start(query: URLSearchParams, queue: LineQueue): number {
    const given = query.get("resourceVersion") ?? "";
    const wantsBookmarks = isTrue(query.get("allowWatchBookmarks"));
    const initial = query.has("sendInitialEvents")
      ? isTrue(query.get("sendInitialEvents"))
      : given === "" || given === "0";
    if (initial) {
      for (const object of this.#core.store.list(this.storage, scopeOf(this.#target)).filter(this.#matches)) {
        queue.push(this.#event("ADDED", object));
      }
      if (wantsBookmarks) queue.push(this.bookmark({ "k8s.io/initial-events-end": "true" }));
      return this.#core.store.version;
    }
    if (given === "" || given === "0") return this.#core.store.version;
    return this.#resume(Number(given), queue);
  }

  #resume(version: number, queue: LineQueue): number {
    const missed = this.#core.store.since(this.storage, version);
    if (missed === undefined) {
      const why = `too old resource version: ${version} (${this.#core.store.version})`;
      queue.push(`${JSON.stringify({ type: "ERROR", object: expired(why).status })}\n`);
      queue.close();
      return Infinity;
    }
    for (const change of missed) queue.push(this.line(change));
    return Math.max(version, this.#core.store.version);
  }

  bookmark(annotations?: Readonly<Record<string, string>>): string {
    const { resource } = this.#target;
    const metadata = { resourceVersion: String(this.#core.store.version), ...(annotations ? { annotations } : {}) };
    return `${JSON.stringify({ type: "BOOKMARK", object: { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata } })}\n`;
  }

  /** With a selector, an object that comes into view is ADDED and one that leaves it is DELETED. */
  line(change: Change): string {
    const before = change.previous !== undefined && this.#matches(change.previous);
    const after = change.type !== "DELETED" && this.#matches(change.object);
    if (after) return this.#event(before ? "MODIFIED" : "ADDED", change.object);
    if (!before) return "";
    // The last state in view, at the version at which it left.
    const { resourceVersion } = change.object.metadata;
    const last =
      change.type === "DELETED"
        ? change.object
        : { ...change.previous, metadata: { ...change.previous.metadata, resourceVersion } };
    return this.#event("DELETED", last as Stored);
  }

  #event(type: Change["type"], object: Stored): string {
    return `${JSON.stringify({ type, object: shown(this.#target.resource, object, this.#call) })}\n`;
  }
}

/** Lines on their way to one client, in order, until it is closed or its signal is aborted. */
class LineQueue {
  readonly #waiting: string[] = [];
  readonly #closing = new AbortController();
  #wake: () => void = () => undefined;

  constructor(signal: AbortSignal) {
    if (signal.aborted) this.close();
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  push(line: string): void {
    if (this.#closing.signal.aborted || line === "") return;
    this.#waiting.push(line);
    this.#wake();
  }

  close(): void {
    this.#closing.abort();
    this.#wake();
  }

  onClose(work: () => void): void {
    if (this.#closing.signal.aborted) work();
    else this.#closing.signal.addEventListener("abort", work, { once: true });
  }

  async *lines(): AsyncGenerator<string> {
    try {
      for (;;) {
        const lines = this.#waiting.splice(0);
        if (lines.length > 0) yield lines.join("");
        else if (this.#closing.signal.aborted) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.close();
    }
  }
}
