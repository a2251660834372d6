import { randomUUID } from "node:crypto";
import { SlipwayError } from "../../error.ts";
import { withDeadline } from "../../kubernetes/api.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { Clock } from "../../runner/clock.ts";
import { formatDuration } from "../../runner/duration.ts";
import { within } from "../../runner/within.ts";
import { HeldLock, holdMs, leaseSeconds, renewEveryMs, renewLimitMs } from "./held-lock.ts";
import type { Lock, Taken } from "./held-lock.ts";
import { AppLease, heldSince } from "./lease.ts";
import type { Lease } from "./lease.ts";

const pollEveryMs = 1_000;
const tellEveryMs = 60_000;

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
      if (taken === undefined && clock.now() >= askedMs + holdMs) throw unanswered(options);
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
  const silentFor = formatDuration(holdMs);
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
