import { SilenceError } from "../network-failure.ts";
import type { Clock } from "../runner/clock.ts";

const connectLimitMs = 10_000;
/** A webhook may take 30 s; a server that is silent for longer is not there any more. */
const silenceLimitMs = 35_000;
/** However slowly an answer comes, it has to be whole by then. Streams are not answers. */
const answerLimitMs = 90_000;
const lookEveryMs = 1_000;

/** What counts here of a request of `node:http`. */
interface Outgoing {
  on(event: "close", listener: () => void): unknown;
  on(event: "socket", listener: (socket: Listenable) => void): unknown;
  on(event: "response", listener: (response: Listenable) => void): unknown;
  destroy(error: Error): unknown;
}

interface Listenable {
  once(event: string, listener: () => void): unknown;
  prependListener(event: string, listener: () => void): unknown;
}

/** A request that has its socket: waiting for a free one is no silence. */
interface Awaited {
  readonly outgoing: Outgoing;
  readonly code: SilenceError["code"];
  readonly limitMs: number;
  lastSignMs: number;
  readonly endMs: number;
}

/**
 * Cuts connections that do not come about, and answers that stop coming. One timer watches over all requests of a client: timers of their
 * own would cost thousands of short requests more than all else that is done for them here.
 */
export class SilenceGuard {
  readonly #clock: Clock;
  /** Few at any time, and no Map: see AbortGuard. */
  readonly #awaited: Awaited[] = [];
  /** Node's own `reusedSocket` is false for a request that waited for its turn, although its connection is there. */
  readonly #connected = new WeakSet<Listenable>();
  #idle = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A stream is limited until it is connected; then it may be silent for as long as its reader allows. */
  guard(outgoing: Outgoing, pool: "requests" | "streams"): void {
    const onConnected = () => {
      if (pool === "streams") this.#forget(outgoing);
      else this.#await(outgoing, "SLIPWAY_SILENCE", silenceLimitMs);
    };
    outgoing.on("socket", (socket) => {
      if (this.#connected.has(socket)) {
        onConnected();
        return;
      }
      this.#await(outgoing, "SLIPWAY_CONNECT_TIMEOUT", connectLimitMs);
      socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
        this.#connected.add(socket);
        onConnected();
      });
    });
    // Prepended, since `on` would start the flow before the body's reader is there.
    outgoing.on("response", (response) => response.prependListener("data", () => this.#beat(outgoing)));
    outgoing.on("close", () => this.#forget(outgoing));
  }

  #await(outgoing: Outgoing, code: SilenceError["code"], limitMs: number): void {
    const now = this.#clock.now();
    this.#remove(outgoing);
    this.#awaited.push({ outgoing, code, limitMs, lastSignMs: now, endMs: now + answerLimitMs });
    if (this.#awaited.length === 1) void this.#watch();
  }

  #beat(outgoing: Outgoing): void {
    const awaited = this.#awaited.find((each) => each.outgoing === outgoing);
    if (awaited !== undefined) awaited.lastSignMs = this.#clock.now();
  }

  #forget(outgoing: Outgoing): void {
    // Nothing may keep a process that waits for nothing any more.
    if (this.#remove(outgoing) && this.#awaited.length === 0) this.#idle.abort();
  }

  #remove(outgoing: Outgoing): boolean {
    const index = this.#awaited.findIndex((each) => each.outgoing === outgoing);
    if (index !== -1) this.#awaited.splice(index, 1);
    return index !== -1;
  }

  async #watch(): Promise<void> {
    this.#idle.abort();
    const idle = new AbortController();
    this.#idle = idle;
    while (!idle.signal.aborted) {
      // The only way this rejects is that nobody waits any more, and that ends the loop.
      await this.#clock.sleep(lookEveryMs, idle.signal).catch(() => undefined);
      const now = this.#clock.now();
      for (const { outgoing, code, limitMs, lastSignMs, endMs } of [...this.#awaited]) {
        if (now - lastSignMs >= limitMs || now >= endMs) outgoing.destroy(new SilenceError(code));
      }
    }
  }
}
