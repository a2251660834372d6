import type { ResourceKind } from "../../../../src/kubernetes/discovery.ts";
import type { KubernetesObject, OwnerReference } from "../../../../src/kubernetes/object.ts";

/** An object and where it lives. */
export interface Item {
  readonly kind: ResourceKind;
  readonly object: KubernetesObject;
}

/** Who owns whom, by uid. Owners that were never seen are known by their dependents. */
export class Graph {
  readonly #items = new Map<string, Item>();
  readonly #dependents = new Map<string, Set<string>>();

  get(uid: string): Item | undefined {
    return this.#items.get(uid);
  }

  dependentsOf(uid: string): Item[] {
    return Array.from(this.#dependents.get(uid) ?? [], (dependent) => this.#items.get(dependent)).filter(
      (item) => item !== undefined,
    );
  }

  /** Returns the owners that the object no longer has. */
  put(item: Item): string[] {
    const uid = uidOf(item.object);
    const before = ownersOf(this.#items.get(uid)?.object);
    const after = new Set(ownersOf(item.object));
    const lost = before.filter((owner) => !after.has(owner));
    this.#items.set(uid, item);
    for (const owner of lost) this.#unlink(owner, uid);
    for (const owner of after) this.#dependents.set(owner, (this.#dependents.get(owner) ?? new Set()).add(uid));
    return lost;
  }

  remove(object: KubernetesObject): void {
    const uid = uidOf(object);
    for (const owner of ownersOf(this.#items.get(uid)?.object)) this.#unlink(owner, uid);
    this.#items.delete(uid);
  }

  #unlink(owner: string, dependent: string): void {
    const dependents = this.#dependents.get(owner);
    dependents?.delete(dependent);
    if (dependents?.size === 0) this.#dependents.delete(owner);
  }
}

export function uidOf(object: KubernetesObject): string {
  return object.metadata.uid ?? "";
}

export function ownersOf(object: KubernetesObject | undefined): string[] {
  return (object?.metadata.ownerReferences ?? []).map(({ uid }) => uid);
}

export function isDeleting({ metadata }: KubernetesObject, finalizer: string): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(finalizer);
}

/** Whether the owner, deleted in the foreground, has to wait for this object to be gone. */
export function blocks(object: KubernetesObject, owner: string): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    (reference: OwnerReference) => reference.uid === owner && reference.blockOwnerDeletion === true,
  );
}
