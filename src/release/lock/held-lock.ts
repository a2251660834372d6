import { SlipwayError } from "../../error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { Clock } from "../../runner/clock.ts";
import { formatDuration } from "../../runner/duration.ts";
import { within } from "../../runner/within.ts";
import { AppLease, isConflict } from "./lease.ts";
import type { Lease } from "./lease.ts";

/** A holder that has not renewed for this long is dead, and its lock free. */
export const leaseSeconds = 30;
/** A holder that could not renew stops this long before, so that nothing of it is still under way when another begins. */
const marginMs = 5_000;
/** For how long a lease is ours after we asked for it. */
export const holdMs = leaseSeconds * 1000 - marginMs;
export const renewEveryMs = 10_000;
/** How long one try to take or to renew it may last: a connection that has died silently must not use up the time of the next try. */
export const renewLimitMs = 6_000;
const retryEveryMs = 1_000;
/** A cancelled job has seconds left; what is not given back expires. */
const releaseLimitMs = 3_000;

export interface Lock {
  /** Aborted when the lock was lost: taken by another run because ours could not renew it in time. */
  readonly lost: AbortSignal;
  /** Throws where it was lost, also when nobody has had the time to notice: a process that was stopped for a while, say. */
  check(): void;
  /** Gives the lock back. Never throws: an unreachable server lets it expire. */
  release(): Promise<void>;
}

export interface HeldLockOptions {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly app: string;
  readonly namespace: string;
}

/** A lease that names us, and when we asked for it: whoever watches it counts its time from then on, or later. */
export interface Taken {
  readonly lease: Lease;
  readonly askedMs: number;
}

/** Renews the lease until it is given back or lost. */
export class HeldLock implements Lock {
  readonly #options: HeldLockOptions;
  readonly #leases: AppLease;
  readonly #lost = new AbortController();
  readonly #released = new AbortController();
  readonly #renewing: Promise<void>;
  #lease: Lease;
  /** On our clock: until then nobody else can have it. */
  #untilMs: number;

  constructor(options: HeldLockOptions, { lease, askedMs }: Taken) {
    this.#options = options;
    this.#leases = new AppLease(options.api, options);
    this.#lease = lease;
    this.#untilMs = askedMs + holdMs;
    this.#renewing = this.#keep();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  check(): void {
    if (this.#options.clock.now() >= this.#untilMs) this.#lose();
    this.lost.throwIfAborted();
  }

  async release(): Promise<void> {
    this.#released.abort();
    await this.#renewing;
    if (this.lost.aborted) return;
    const signal = AbortSignal.timeout(releaseLimitMs);
    await this.#leases.update(this.#lease, { holderIdentity: "" }, signal).catch(() => undefined);
  }

  async #keep(): Promise<void> {
    const { clock } = this.#options;
    const stopped = AbortSignal.any([this.#released.signal, this.lost]);
    let waitMs = renewEveryMs;
    for (;;) {
      // The only way this rejects is the signal, and that ends the loop.
      await clock.sleep(Math.min(waitMs, this.#untilMs - clock.now()), stopped).catch(() => undefined);
      if (stopped.aborted) return;
      waitMs = (await this.#renew(stopped)) ? renewEveryMs : retryEveryMs;
    }
  }

  async #renew(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options;
    const askedMs = clock.now();
    const ms = Math.min(renewLimitMs, this.#untilMs - askedMs);
    try {
      if (ms <= 0) throw new Error("it could not be renewed in time");
      const renew = (until: AbortSignal): Promise<Lease> => this.#leases.update(this.#lease, {}, until);
      this.#lease = await within({ clock, signal, ms, doing: "renew the lock" }, renew);
      this.#untilMs = askedMs + holdMs;
      return true;
    } catch (error) {
      if (isConflict(error) || clock.now() >= this.#untilMs) this.#lose(error);
      return false;
    }
  }

  #lose(cause?: unknown): void {
    const what = `Cannot go on deploying ${this.#options.app} because its lock was lost`;
    const silentFor = formatDuration(holdMs);
    const error = isConflict(cause)
      ? new SlipwayError(`${what}: another run has taken it, or a person has deleted it`, { code: "locked", cause })
      : new SlipwayError(`${what}: the API server took no renewal for ${silentFor}, and another run may take it now`, {
          code: "unreachable",
          hint: "The cluster goes on by itself; run this again to see.",
          cause,
        });
    this.#lost.abort(error);
  }
}
