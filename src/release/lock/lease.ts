import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { ObjectMeta } from "../../kubernetes/object.ts";
import { fieldManager } from "../labels.ts";

/** A `coordination.k8s.io/v1` Lease, as far as a lock needs it. */
export interface Lease {
  apiVersion: "coordination.k8s.io/v1";
  kind: "Lease";
  metadata: ObjectMeta;
  spec?: LeaseSpec;
}

interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
}

/** The Lease of one app: whom it names holds the app's lock. Every write is refused by the server if anybody wrote in between. */
export class AppLease {
  readonly #api: KubernetesApi;
  readonly #collection: string;
  readonly #metadata: ObjectMeta;

  constructor(api: KubernetesApi, { app, namespace }: { readonly app: string; readonly namespace: string }) {
    this.#api = api;
    this.#collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    this.#metadata = { name: `slipway.${app}`, namespace };
  }

  /** Undefined where the app never had one. */
  async read(signal: AbortSignal): Promise<Lease | undefined> {
    try {
      return await this.#api.request<Lease>({ method: "GET", path: this.#path, signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Writes our name into it as it was read. Undefined where somebody else was faster. */
  async take(
    { holderIdentity, leaseDurationSeconds }: Required<Pick<LeaseSpec, "holderIdentity" | "leaseDurationSeconds">>,
    current: Lease | undefined,
    signal: AbortSignal,
  ): Promise<Lease | undefined> {
    const now = microTime();
    const spec: LeaseSpec = {
      holderIdentity,
      leaseDurationSeconds,
      acquireTime: now,
      renewTime: now,
      leaseTransitions: (current?.spec?.leaseTransitions ?? -1) + 1,
    };
    const { apiVersion, kind } = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" } as const;
    const body: Lease = { apiVersion, kind, metadata: current?.metadata ?? this.#metadata, spec };
    try {
      if (current !== undefined) return await this.#put(body, signal);
      const query = { fieldManager };
      return await this.#api.request({ method: "POST", path: this.#collection, query, body, repeatable: true, signal });
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }

  /**
   * Says that its holder lives, or with `holderIdentity: ""` that it is free.
   * @throws ApiError 409 where it does not name that holder any more.
   */
  async update(held: Lease, spec: LeaseSpec, signal: AbortSignal): Promise<Lease> {
    const renewed: LeaseSpec = { ...held.spec, renewTime: microTime(), ...spec };
    try {
      return await this.#put({ ...held, spec: renewed }, signal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      // Changed by a try whose answer was lost, or by somebody who put a label on it: it is ours for as long as it names us.
      const current = await this.read(signal);
      if (current === undefined || current.spec?.holderIdentity !== held.spec?.holderIdentity) throw error;
      return this.#put({ ...current, spec: renewed }, signal);
    }
  }

  #put(body: Lease, signal: AbortSignal): Promise<Lease> {
    const query = { fieldManager };
    return this.#api.request<Lease>({ method: "PUT", path: this.#path, query, body, repeatable: true, signal });
  }

  get #path(): string {
    return `${this.#collection}/${this.#metadata.name}`;
  }
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

/**
 * Since when its holder has it, by the server's clock: the holder's own may be wrong, and each renewal has both times on it.
 * Undefined where the Lease does not tell.
 */
export function heldSince({ spec, metadata }: Lease): Date | undefined {
  const written = metadata.managedFields?.find(({ manager }) => manager === fieldManager)?.time;
  const [acquired, renewed, seen] = [spec?.acquireTime, spec?.renewTime, written].map((time) => Date.parse(time ?? ""));
  const since = new Date((acquired ?? NaN) + ((seen ?? NaN) - (renewed ?? NaN)));
  return Number.isNaN(since.getTime()) ? undefined : since;
}

/** Kubernetes' MicroTime. */
function microTime(): string {
  return new Date().toISOString().replace(/(\.\d{3})Z$/, "$1000Z");
}
