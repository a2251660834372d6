import { randomUUID } from "node:crypto";
import { SlipwayError } from "../error.ts";
import { withDeadline } from "../kubernetes/api.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { Clock } from "../runner/clock.ts";
import { formatDuration } from "../runner/duration.ts";
import { within } from "../runner/within.ts";
import { AppLease, heldSince, isConflict } from "./lease.ts";
import type { Lease } from "./lease.ts";

/** A holder that has not renewed for this long is dead, and its lock free. */
const leaseSeconds = 30;
/** A holder that could not renew stops this long before, so that nothing of it is still under way when another begins. */
const marginMs = 5_000;
const renewEveryMs = 10_000;
/** How long one try to take or to renew it may last: a connection that has died silently must not use up the time of the next try. */
const renewLimitMs = 6_000;
const pollEveryMs = 1_000;
const tellEveryMs = 60_000;
/** A cancelled job has seconds left; what is not given back expires. */
const releaseLimitMs = 3_000;

/** Who is waited for. */
export interface Waiting {
  /** As it calls itself. */
  readonly holder: string;
  /** By the server's clock. */
  readonly since: Date | undefined;
  /** How much longer we wait. */
  readonly leftMs: number;
}

export interface LockOptions {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly app: string;
  readonly namespace: string;
  /** Who holds it, for those who wait: a workflow run. */
  readonly holder: string;
  /** How long to wait for another run to finish. */
  readonly waitMs: number;
  /** Told of each holder that is waited for, and again each minute. */
  readonly onWait: (waiting: Waiting) => void;
  /** Told of a dead holder whose lock is taken over. */
  readonly onTakeOver: (holder: string) => void;
}

export interface Lock {
  /** Aborted when the lock was lost: taken by another run because ours could not renew it in time. */
  readonly lost: AbortSignal;
  /** Throws where it was lost, also when nobody has had the time to notice: a process that was stopped for a while, say. */
  check(): void;
  /** Gives the lock back. Never throws: an unreachable server lets it expire. */
  release(): Promise<void>;
}

/** A lease that names us, and when we asked for it: whoever watches it counts its time from then on, or later. */
interface Taken {
  readonly lease: Lease;
  readonly askedMs: number;
}

/**
 * Takes the app's lock: a Lease, renewed while it is held, so that a killed run's lock expires. Whether another holder is alive is
 * judged by whether it renews while we watch, on our own monotonic clock: clocks of different machines are never compared.
 * @throws SlipwayError `locked` when another run still holds it after `waitMs`.
 */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  const identity = `${options.holder} [${randomUUID().slice(0, 8)}]`;
  return new HeldLock(options, await takeWhenFree(options, identity));
}

async function takeWhenFree(options: LockOptions, identity: string): Promise<Taken> {
  const { clock, signal, waitMs } = options;
  const started = clock.now();
  const leases = new AppLease(withDeadline(options.api, started + waitMs), options);
  const wait = new Wait(options, started);
  /** When we began to ask for it: a try whose answer was lost may have been the one that got it. */
  let askedMs: number | undefined;
  for (;;) {
    signal.throwIfAborted();
    const lease = await leases.read(signal);
    const holder = lease?.spec?.holderIdentity ?? "";
    if (lease !== undefined && holder === identity) return { lease, askedMs: askedMs ?? started };
    if (lease === undefined || holder === "" || wait.isDead(lease)) {
      askedMs ??= clock.now();
      const taken = await takeInTime(clock, (until) =>
        leases.take({ holderIdentity: identity, leaseDurationSeconds: leaseSeconds }, lease, until),
      );
      if (taken === undefined && clock.now() >= untilFrom(askedMs)) throw unanswered(options);
      if (taken === undefined) continue;
      if (holder !== "") options.onTakeOver(nameOf(holder));
      return { lease: taken, askedMs };
    }
    askedMs = undefined;
    wait.tell(lease);
    await clock.sleep(pollEveryMs, signal);
  }
}

/**
 * Undefined where it is not known to be ours yet: a connection that has died silently must not use up the lock's own time. What was begun
 * is finished, also in a job that is cancelled meanwhile: a lock that nobody knows of would be held until it expires.
 */
async function takeInTime(
  clock: Clock,
  take: (signal: AbortSignal) => Promise<Lease | undefined>,
): Promise<Lease | undefined> {
  const signal = new AbortController().signal;
  try {
    return await within({ clock, signal, ms: renewLimitMs, doing: "take the lock" }, take);
  } catch (error) {
    if (error instanceof SlipwayError && error.code === "timeout") return undefined;
    throw error;
  }
}

function unanswered({ app }: LockOptions): SlipwayError {
  const silentFor = formatDuration(leaseSeconds * 1000 - marginMs);
  return new SlipwayError(
    `Cannot deploy ${app} because its lock could not be taken: the API server answered no write for ${silentFor}`,
    { code: "unreachable", hint: "Nothing was changed. Run this again once the cluster is well." },
  );
}

/** What a waiting run has seen of the holders before it. */
class Wait {
  readonly #options: LockOptions;
  readonly #startedMs: number;
  /** What the holder last wrote, and when we saw it first. */
  #renewal = "";
  #renewalMs = 0;
  #toldOf = "";
  #toldMs = 0;

  constructor(options: LockOptions, startedMs: number) {
    this.#options = options;
    this.#startedMs = startedMs;
  }

  /** Whether its holder has not renewed it for as long as it lasts. */
  isDead({ spec = {} }: Lease): boolean {
    const now = this.#options.clock.now();
    const renewal = `${spec.holderIdentity ?? ""} ${spec.renewTime ?? ""}`;
    if (renewal !== this.#renewal) [this.#renewal, this.#renewalMs] = [renewal, now];
    return now - this.#renewalMs >= (spec.leaseDurationSeconds ?? leaseSeconds) * 1000;
  }

  /** @throws SlipwayError `locked` where the time is up. */
  tell(lease: Lease): void {
    const { clock, waitMs, onWait } = this.#options;
    const now = clock.now();
    const holder = lease.spec?.holderIdentity ?? "";
    const leftMs = this.#startedMs + waitMs - now;
    if (leftMs <= 0) throw this.#locked(lease, now);
    if (holder === this.#toldOf && now - this.#toldMs < tellEveryMs) return;
    [this.#toldOf, this.#toldMs] = [holder, now];
    onWait({ holder: nameOf(holder), since: heldSince(lease), leftMs });
  }

  #locked({ spec = {} }: Lease, now: number): SlipwayError {
    const { app, waitMs } = this.#options;
    const silentMs = now - this.#renewalMs;
    const restMs = (spec.leaseDurationSeconds ?? leaseSeconds) * 1000 - silentMs;
    // Half as long again as a holder takes that is well.
    const isSilent = silentMs > renewEveryMs * 1.5;
    const advice = isSilent
      ? `It has shown no sign of life for ${formatDuration(silentMs)}: if it was killed, its lock is free in ${formatDuration(restMs)}.`
      : "Wait for that run, or give both workflows the same `concurrency` group so that they queue.";
    const got = `got no lock within ${formatDuration(waitMs)}, held by ${nameOf(spec.holderIdentity ?? "")}`;
    const message = `Cannot deploy ${app} because another run is deploying it: ${got}`;
    return new SlipwayError(message, { code: "locked", hint: `Nothing was changed. ${advice}` });
  }
}

/** What a holder calls itself, without what tells two processes of one run apart. */
function nameOf(identity: string): string {
  return identity.replace(/ \[[0-9a-f]+\]$/, "");
}

/** Renews the lease until it is given back or lost. */
class HeldLock implements Lock {
  readonly #options: LockOptions;
  readonly #leases: AppLease;
  readonly #lost = new AbortController();
  readonly #released = new AbortController();
  readonly #renewing: Promise<void>;
  #lease: Lease;
  /** On our clock: until then nobody else can have it. */
  #untilMs: number;

  constructor(options: LockOptions, { lease, askedMs }: Taken) {
    this.#options = options;
    this.#leases = new AppLease(options.api, options);
    this.#lease = lease;
    this.#untilMs = untilFrom(askedMs);
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
      waitMs = (await this.#renew(stopped)) ? renewEveryMs : pollEveryMs;
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
      this.#untilMs = untilFrom(askedMs);
      return true;
    } catch (error) {
      if (isConflict(error) || clock.now() >= this.#untilMs) this.#lose(error);
      return false;
    }
  }

  #lose(cause?: unknown): void {
    const what = `Cannot go on deploying ${this.#options.app} because its lock was lost`;
    const silentFor = formatDuration(leaseSeconds * 1000 - marginMs);
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

function untilFrom(askedMs: number): number {
  return askedMs + leaseSeconds * 1000 - marginMs;
}
