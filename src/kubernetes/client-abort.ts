/** What counts here of a request of `node:http`. */
interface Outgoing {
  on(event: "close", listener: () => void): unknown;
  destroy(error: Error): unknown;
}

/**
 * Cuts requests when their signal aborts, by one listener for all that share it: the `signal` of `node:http` costs each request a dozen.
 *
 * It is also about memory. A deploy sends thousands of short requests, and each is garbage once it is answered. But what old garbage leads
 * to stays until the next full collection, and some lists lead from each member to the next, long after they have left it: the listeners
 * of a signal, the signals of `AbortSignal.any`, the tables that a growing Map or Set leaves behind. One old member keeps all after it.
 * So whatever holds requests here is an array, with few of them at any time.
 */
export class AbortGuard {
  readonly #groups = new WeakMap<AbortSignal, Group>();

  guard(outgoing: Outgoing, signal: AbortSignal): void {
    const group = this.#groups.get(signal) ?? new Group(signal);
    this.#groups.set(signal, group);
    group.add(outgoing);
    outgoing.on("close", () => group.remove(outgoing));
  }
}

/** The requests under way that end with one signal. */
class Group {
  readonly #signal: AbortSignal;
  readonly #members: Outgoing[] = [];

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(outgoing: Outgoing): void {
    this.#members.push(outgoing);
    if (this.#members.length === 1) this.#signal.addEventListener("abort", this.#cut);
  }

  remove(outgoing: Outgoing): void {
    const index = this.#members.indexOf(outgoing);
    if (index === -1) return;
    this.#members.splice(index, 1);
    if (this.#members.length === 0) this.#signal.removeEventListener("abort", this.#cut);
  }

  readonly #cut = (): void => {
    for (const outgoing of [...this.#members]) outgoing.destroy(this.#signal.reason as Error);
  };
}
