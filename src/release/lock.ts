import { randomUUID } from "node:crypto";
import { SlipwayError } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import { withDeadline } from "../kubernetes/api.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { ObjectMeta } from "../kubernetes/object.ts";
import type { Clock } from "../runner/clock.ts";
import { startWatchdog } from "../watchdog.ts";
import { fieldManager } from "./labels.ts";

/** A holder that has not renewed for this long is dead, and its lock free. */
const leaseSeconds = 30;
const renewEveryMs = 10_000;
const pollEveryMs = 1_000;
/** A cancelled job has seconds left; what is not given back expires. */
const releaseLimitMs = 3_000;

interface Lease {
  apiVersion: "coordination.k8s.io/v1";
  kind: "Lease";
  metadata: ObjectMeta;
  spec?: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    leaseTransitions?: number;
  };
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
  /** Told once for each holder that is waited for. */
  readonly onWait: (holder: string) => void;
}

export interface Lock {
  /** Aborted when the lock was lost: taken by another run because ours could not renew it in time. */
  readonly lost: AbortSignal;
  /** Gives the lock back. Never throws: an unreachable server lets it expire. */
  release(): Promise<void>;
}

/**
 * Takes the app's lock: a Lease, renewed while it is held, so that a killed run's lock expires. Whether another holder is alive is
 * judged by whether it renews while we watch, on our own monotonic clock: clocks of different machines are never compared.
 * @throws SlipwayError `locked` when another run still holds it after `waitMs`.
 */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  const { clock, signal } = options;
  const identity = `${options.holder} [${randomUUID().slice(0, 8)}]`;
  const started = clock.now();
  const bounded = { ...options, api: withDeadline(options.api, started + options.waitMs) };
  let seen: { readonly renewal: string; readonly since: number } | undefined;
  let toldOf: string | undefined;
  for (;;) {
    signal.throwIfAborted();
    const lease = await readLease(bounded, signal);
    const holder = lease?.spec?.holderIdentity ?? "";
    // Taken by a try whose answer was lost.
    if (lease !== undefined && holder === identity) return hold(options, lease);
    const renewal = `${holder} ${lease?.spec?.renewTime ?? ""}`;
    if (seen?.renewal !== renewal) seen = { renewal, since: clock.now() };
    const expiresMs = (lease?.spec?.leaseDurationSeconds ?? leaseSeconds) * 1000;
    if (holder === "" || clock.now() - seen.since >= expiresMs) {
      const taken = await takeLease(bounded, identity, lease);
      if (taken !== undefined) return hold(options, taken);
      continue;
    }
    if (clock.now() - started >= options.waitMs) throw locked(options, holder);
    if (toldOf !== holder) options.onWait(describeHolder((toldOf = holder)));
    await clock.sleep(pollEveryMs, signal);
  }
}

function describeHolder(identity: string): string {
  return identity.replace(/ \[[0-9a-f]+\]$/, "");
}

function locked({ app, waitMs }: LockOptions, holder: string): SlipwayError {
  return new SlipwayError(
    `Cannot deploy ${app} because another run is deploying it: got no lock within ${Math.round(waitMs / 1000)} s, held by ${describeHolder(holder)}`,
    {
      code: "locked",
      hint: "Nothing was changed. Wait for that run, or give both workflows the same `concurrency` group so that they queue.",
    },
  );
}

function pathOf({ app, namespace }: LockOptions): { collection: string; lease: string; name: string } {
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  return { collection, lease: `${collection}/slipway.${app}`, name: `slipway.${app}` };
}

async function readLease(options: LockOptions, signal: AbortSignal): Promise<Lease | undefined> {
  try {
    return await options.api.request<Lease>({ method: "GET", path: pathOf(options).lease, signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** The lease as we hold it, undefined where somebody else was faster. */
async function takeLease(
  options: LockOptions,
  identity: string,
  current: Lease | undefined,
): Promise<Lease | undefined> {
  const now = microTime();
  const { collection, lease, name } = pathOf(options);
  const body: Lease = {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: current?.metadata ?? { name, namespace: options.namespace },
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: leaseSeconds,
      acquireTime: now,
      renewTime: now,
      leaseTransitions: (current?.spec?.leaseTransitions ?? -1) + 1,
    },
  };
  try {
    const query = { fieldManager };
    if (current === undefined)
      return await options.api.request<Lease>({ method: "POST", path: collection, query, body, repeatable: true });
    return await options.api.request<Lease>({ method: "PUT", path: lease, query, body, repeatable: true });
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

/** Renews the lease until it is given back or lost. */
function hold(options: LockOptions, taken: Lease): Lock {
  const { clock } = options;
  const lost = new AbortController();
  const released = new AbortController();
  const lease = new HeldLease(options, taken);
  const lose = (cause?: unknown): void => lost.abort(lostLock(options, cause));
  const dog = startWatchdog({ clock, limitMs: leaseSeconds * 1000, onSilence: lose });
  const renewing = (async () => {
    const signal = AbortSignal.any([released.signal, lost.signal]);
    while (!signal.aborted) {
      try {
        await clock.sleep(renewEveryMs, signal);
        await lease.write({ renewTime: microTime() }, signal);
        dog.beat();
      } catch (error) {
        if (isConflict(error)) lose(error);
      }
    }
  })();
  return {
    lost: lost.signal,
    async release() {
      dog.stop();
      released.abort();
      await renewing;
      if (lost.signal.aborted) return;
      await lease.write({ holderIdentity: "" }, AbortSignal.timeout(releaseLimitMs)).catch(() => undefined);
    },
  };
}

/** A Lease that names us, as the server last answered it. */
class HeldLease {
  readonly #options: LockOptions;
  #lease: Lease;

  constructor(options: LockOptions, taken: Lease) {
    this.#options = options;
    this.#lease = taken;
  }

  /** Throws a conflict where it does not name us any more. */
  async write(spec: Lease["spec"], signal: AbortSignal): Promise<void> {
    try {
      this.#lease = await this.#put(this.#lease, spec, signal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      // Changed by a try whose answer was lost, or by somebody who put a label on it: it is ours for as long as it names us.
      const current = await readLease(this.#options, signal);
      if (current === undefined || current.spec?.holderIdentity !== this.#lease.spec?.holderIdentity) throw error;
      this.#lease = await this.#put(current, spec, signal);
    }
  }

  #put(current: Lease, spec: Lease["spec"], signal: AbortSignal): Promise<Lease> {
    const { lease: path } = pathOf(this.#options);
    const body = { ...current, spec: { ...current.spec, ...spec } };
    const request = { method: "PUT" as const, path, query: { fieldManager }, body, repeatable: true as const, signal };
    return this.#options.api.request<Lease>(request);
  }
}

function lostLock({ app }: LockOptions, cause: unknown): SlipwayError {
  return new SlipwayError(`Cannot go on deploying ${app} because its lock was lost: another run may have taken it`, {
    code: "locked",
    cause,
  });
}

/** Kubernetes' MicroTime. */
function microTime(): string {
  return new Date().toISOString().replace(/(\.\d{3})Z$/, "$1000Z");
}
