import { isDeepStrictEqual } from "node:util";
import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { ApiRequest, KubernetesApi } from "../../../src/kubernetes/api.ts";
import {
  apiVersionOf,
  collectionPath,
  discover,
  makeDiscovery,
  objectPath,
} from "../../../src/kubernetes/discovery.ts";
import type { Discovery, ResourceKind } from "../../../src/kubernetes/discovery.ts";
import type { KubernetesObject, ObjectMeta, OwnerReference } from "../../../src/kubernetes/object.ts";
import type { Kind } from "./kinds.ts";
import { Store } from "./store.ts";

/** Who the API server records as the manager of what controllers write. */
const fieldManager = "kube-controller-manager";

/** An object that is about to be created: the server fills in the rest. */
export type Draft<T extends KubernetesObject> = {
  [K in keyof T as string extends K ? never : K extends "apiVersion" | "kind" | "metadata" ? never : K]: T[K];
} & { metadata: Omit<ObjectMeta, "name"> & { name?: string } };

export type Propagation = "Background" | "Foreground" | "Orphan";

/**
 * What controllers know of the cluster and do to it. Each write resolves only when this side's own copy shows it, so that the next
 * reconcile decides on what is, and creates or deletes nothing twice.
 */
export class Cluster {
  readonly api: KubernetesApi;
  readonly #signal: AbortSignal;
  readonly #stores = new Map<string, Promise<Store<KubernetesObject>>>();
  readonly #started = new Map<string, Store<KubernetesObject>>();

  #discovery: Discovery = makeDiscovery([]);

  constructor(api: KubernetesApi, signal: AbortSignal) {
    this.api = api;
    this.#signal = signal;
  }

  /** The copy of all objects of a kind, the same for everybody who asks. */
  async store<T extends KubernetesObject>(kind: Kind<T>): Promise<Store<T>> {
    const path = collectionPath(kind);
    let store = this.#stores.get(path);
    // A kind may go and come again, with its definition.
    if (store === undefined || this.#started.get(path)?.hasFailed === true) {
      store = this.#start(path);
      this.#stores.set(path, store);
    }
    // The one place where a path's objects get the type that their kind says they have.
    return (await store) as unknown as Store<T>;
  }

  /** The kinds that the server has now. */
  async discover(): Promise<Discovery> {
    this.#discovery = await discover(this.api);
    return this.#discovery;
  }

  /** A kind by its name. The server is asked again only for one that is not known yet. */
  async findKind(apiVersion: string, kind: string): Promise<ResourceKind | undefined> {
    return this.#discovery.find(apiVersion, kind) ?? (await this.discover()).find(apiVersion, kind);
  }

  async get<T extends KubernetesObject>(kind: Kind<T>, namespace: string, name: string): Promise<T | undefined> {
    return ignoring(404, this.#request<T>({ method: "GET", path: objectPath(kind, namespace, name) }));
  }

  async create<T extends KubernetesObject>(kind: Kind<T>, draft: Draft<T>): Promise<T> {
    const body = { apiVersion: apiVersionOf(kind), kind: kind.kind, ...draft };
    return this.#write<T>(kind, { method: "POST", path: collectionPath(kind, draft.metadata.namespace), body });
  }

  /** Fails with 409 when somebody else has changed the object since we read it. */
  async replace<T extends KubernetesObject>(kind: Kind<T>, body: T, subresource?: string): Promise<T> {
    return this.#write<T>(kind, { method: "PUT", path: pathOf(kind, body, subresource), body });
  }

  /** Writes the status, where it is new; fails as `replace` does. */
  async replaceStatus<T extends KubernetesObject>(kind: Kind<T>, object: T, status: object): Promise<T> {
    if (isDeepStrictEqual(status, object.status)) return object;
    return this.replace(kind, { ...object, status }, "status");
  }

  /** Changes some metadata of this very object; nothing when it is gone. */
  async patchMetadata<T extends KubernetesObject>(
    kind: Kind<T>,
    object: T,
    metadata: { ownerReferences?: readonly OwnerReference[]; finalizers?: readonly string[]; resourceVersion?: string },
  ): Promise<T | undefined> {
    const body = { metadata: { uid: object.metadata.uid, ...metadata } };
    const contentType = "application/merge-patch+json";
    return ignoring(404, this.#write<T>(kind, { method: "PATCH", path: pathOf(kind, object), body, contentType }));
  }

  /** Deletes this very object; fine when it is gone already. */
  async delete(kind: Kind, object: KubernetesObject, propagationPolicy: Propagation = "Background"): Promise<void> {
    const body = {
      kind: "DeleteOptions",
      apiVersion: "v1",
      propagationPolicy,
      preconditions: { uid: object.metadata.uid },
    };
    const request = { method: "DELETE" as const, path: pathOf(kind, object), body };
    await ignoring(404, ignoring(409, this.#request(request)));
    await this.#started.get(collectionPath(kind))?.deletionSeen(object);
  }

  stop(): void {
    for (const store of this.#started.values()) store.stop();
  }

  async #start(path: string): Promise<Store<KubernetesObject>> {
    this.#started.delete(path);
    try {
      const store = await Store.start({ api: this.api, path, signal: this.#signal });
      this.#started.set(path, store);
      return store;
    } catch (error) {
      this.#stores.delete(path);
      throw error;
    }
  }

  async #write<T extends KubernetesObject>(kind: Kind, request: ApiRequest): Promise<T> {
    const written = await this.#request<T>(request);
    await this.#started.get(collectionPath(kind))?.caughtUp(written);
    return written;
  }

  async #request<T>(request: ApiRequest): Promise<T> {
    const query = request.method === "GET" || request.method === "DELETE" ? {} : { fieldManager };
    return this.api.request<T>({ ...request, query: { ...query, ...request.query }, signal: this.#signal });
  }
}

/** The reference by which an object belongs to the one that made it. */
export function controllerReference(kind: Kind, owner: KubernetesObject): OwnerReference {
  const { name, uid = "" } = owner.metadata;
  return { apiVersion: apiVersionOf(kind), kind: kind.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

export function controllerOf(object: KubernetesObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true);
}

/** `undefined` instead of an answer with this status. */
export async function ignoring<T>(status: number, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiError && error.status === status) return undefined;
    throw error;
  }
}

/** Whether a create failed because its namespace is on its way out: nothing to retry, nothing to report. */
export function isNamespaceTerminating(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.body?.details?.causes ?? []).some((cause) => cause.reason === "NamespaceTerminating")
  );
}

function pathOf(kind: Kind, { metadata }: KubernetesObject, subresource?: string): string {
  return objectPath(kind, metadata.namespace ?? "", metadata.name, subresource);
}
