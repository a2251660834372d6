import type { ResourceKind } from "../../../../src/kubernetes/discovery.ts";
import type { KubernetesObject, OwnerReference } from "../../../../src/kubernetes/object.ts";
import type { WatchEvent } from "../../../../src/kubernetes/watch.ts";
import type { Cluster, Propagation } from "../cluster.ts";
import type { Controller } from "../controller.ts";
import { blocks, Graph, isDeleting, ownersOf, uidOf } from "./graph.ts";
import type { Item } from "./graph.ts";

/** A key that is no uid: look which kinds there are. */
const newKinds = "kinds";

/** Deletes what nobody owns any more, and sees deletions in the foreground and with orphans through. */
export const garbageCollector: Controller = {
  name: "garbage-collector-controller",
  prepare({ cluster }) {
    const collector = new Collector(cluster);
    return Promise.resolve({
      sources: [(add) => collector.start(add)],
      reconcile: (key) => (key === newKinds ? collector.follow() : collector.collect(key)),
      concurrency: 8,
    });
  },
};

class Collector {
  readonly #cluster: Cluster;
  readonly #graph = new Graph();
  readonly #followed = new Set<string>();
  #add: (key: string) => void = () => undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  start(add: (key: string) => void): void {
    this.#add = add;
    add(newKinds);
  }

  /** Watches each kind whose objects can be deleted, in one of its versions. */
  async follow(): Promise<undefined> {
    const discovery = await this.#cluster.discover();
    const kinds = new Map(discovery.kinds.filter(isCollected).map((kind) => [storageOf(kind), kind]));
    for (const storage of this.#followed) if (!kinds.has(storage)) this.#followed.delete(storage);
    const fresh = [...kinds.values()].filter((kind) => !this.#followed.has(storageOf(kind)));
    const stores = await Promise.all(fresh.map(async (kind) => ({ kind, store: await this.#cluster.store(kind) })));
    for (const { kind } of stores) this.#followed.add(storageOf(kind));
    for (const { kind, store } of stores) store.subscribe((event) => this.#take(kind, event));
  }

  #take(kind: ResourceKind, { type, object }: WatchEvent<KubernetesObject>): void {
    if (kind.kind === "CustomResourceDefinition") this.#add(newKinds);
    const uid = uidOf(object);
    if (type === "DELETED") {
      this.#graph.remove(object);
      for (const dependent of this.#graph.dependentsOf(uid)) this.#add(uidOf(dependent.object));
      for (const owner of ownersOf(object)) this.#add(owner);
    } else {
      for (const lost of this.#graph.put({ kind, object })) this.#add(lost);
      this.#add(uid);
    }
  }

  async collect(uid: string): Promise<undefined> {
    const item = this.#graph.get(uid);
    if (item === undefined) return;
    const { object } = item;
    if (isDeleting(object, "foregroundDeletion")) return this.#awaitDependents(item);
    if (isDeleting(object, "orphan")) return this.#orphanDependents(item);
    if (object.metadata.deletionTimestamp === undefined) return this.#checkOwners(item);
  }

  /** An owner that is deleted in the foreground goes once no dependent that blocks it is left. */
  async #awaitDependents(item: Item): Promise<undefined> {
    const uid = uidOf(item.object);
    const dependents = this.#graph.dependentsOf(uid);
    if (!dependents.some(({ object }) => blocks(object, uid))) {
      await this.#removeFinalizer(item, "foregroundDeletion");
      return;
    }
    for (const { object } of dependents) if (object.metadata.deletionTimestamp === undefined) this.#add(uidOf(object));
  }

  async #orphanDependents(item: Item): Promise<undefined> {
    const uid = uidOf(item.object);
    for (const dependent of this.#graph.dependentsOf(uid)) {
      await this.#keepOwners(dependent, (owner) => owner.uid !== uid);
    }
    await this.#removeFinalizer(item, "orphan");
  }

  /** Deletes the object if none of its owners is there to stay, and forgets those that are not. */
  async #checkOwners(item: Item): Promise<undefined> {
    const owners = item.object.metadata.ownerReferences ?? [];
    if (owners.length === 0) return;
    const states = await Promise.all(owners.map((owner) => this.#stateOf(owner, item.object.metadata.namespace)));
    const staying = new Set(owners.filter((_, index) => states[index] === "staying").map(({ uid }) => uid));
    if (staying.size === owners.length) return;
    if (staying.size > 0) {
      await this.#keepOwners(item, (owner) => staying.has(owner.uid));
      return;
    }
    const hasDependents = this.#graph.dependentsOf(uidOf(item.object)).length > 0;
    const policy = states.includes("waiting") && hasDependents ? "Foreground" : policyOf(item.object);
    await this.#cluster.delete(item.kind, item.object, policy);
  }

  /** `waiting`: it is being deleted, and first wants its dependents gone. The API has the last word on what was never seen. */
  async #stateOf(owner: OwnerReference, namespace = ""): Promise<"staying" | "waiting" | "gone"> {
    const known = this.#graph.get(owner.uid);
    if (known !== undefined) return isDeleting(known.object, "foregroundDeletion") ? "waiting" : "staying";
    const kind = await this.#cluster.findKind(owner.apiVersion, owner.kind);
    if (kind === undefined) return "staying";
    const live = await this.#cluster.get(kind, namespace, owner.name);
    return live?.metadata.uid === owner.uid ? "staying" : "gone";
  }

  async #keepOwners({ kind, object }: Item, keep: (owner: OwnerReference) => boolean): Promise<void> {
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(keep);
    await this.#cluster.patchMetadata(kind, object, { ownerReferences, ...versionOf(object) });
  }

  async #removeFinalizer({ kind, object }: Item, finalizer: string): Promise<void> {
    const finalizers = (object.metadata.finalizers ?? []).filter((name) => name !== finalizer);
    await this.#cluster.patchMetadata(kind, object, { finalizers, ...versionOf(object) });
  }
}

/** Lists are patched as a whole: only the state that was read may be patched. */
function versionOf({ metadata }: KubernetesObject): { resourceVersion?: string } {
  return metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion };
}

function policyOf({ metadata }: KubernetesObject): Propagation {
  if (metadata.finalizers?.includes("orphan")) return "Orphan";
  return metadata.finalizers?.includes("foregroundDeletion") ? "Foreground" : "Background";
}

function storageOf({ group, plural }: ResourceKind): string {
  return `${plural}.${group}`;
}

/** Events own nothing and are many; they go by themselves. */
function isCollected({ kind, verbs }: ResourceKind): boolean {
  return kind !== "Event" && ["list", "watch", "delete"].every((verb) => verbs.includes(verb));
}
