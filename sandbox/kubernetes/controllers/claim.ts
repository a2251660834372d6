import { controllerOf, controllerReference } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Kind, LabelSelector } from "./kinds.ts";
import { selects } from "../label-selector.ts";
import { keyOf } from "./store.ts";
import type { Store } from "./store.ts";

/** A controller object and what it wants to have under it. */
export interface Claim<T extends KubernetesObject> {
  readonly cluster: Cluster;
  readonly owner: KubernetesObject;
  readonly ownerKind: Kind;
  readonly selector: LabelSelector;
  readonly kind: Kind<T>;
  readonly store: Store<T>;
}

/**
 * The objects that belong to `owner`. Ones that its selector picks and nobody controls are adopted; ones it controls that the
 * selector does not pick any more are let go.
 */
export async function claimed<T extends KubernetesObject>(claim: Claim<T>): Promise<T[]> {
  const candidates = claim.store.list(claim.owner.metadata.namespace);
  const results = await Promise.all(candidates.map((candidate) => claimOne(claim, candidate)));
  return results.filter((result) => result !== undefined);
}

async function claimOne<T extends KubernetesObject>(claim: Claim<T>, object: T): Promise<T | undefined> {
  const { cluster, owner, ownerKind, kind } = claim;
  const controller = controllerOf(object);
  const picked = selects(claim.selector, object.metadata.labels);
  if (controller?.uid === owner.metadata.uid) {
    if (picked || isGoing(object) || isGoing(owner)) return object;
    const rest = object.metadata.ownerReferences?.filter((each) => each.uid !== owner.metadata.uid);
    await cluster.patchMetadata(kind, object, { ownerReferences: rest ?? [] });
    return undefined;
  }
  if (controller !== undefined || !picked || isGoing(object) || isGoing(owner)) return undefined;
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerReference(ownerKind, owner)];
  return cluster.patchMetadata(kind, object, { ownerReferences });
}

function isGoing(object: KubernetesObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** The keys to look at when something under them changed: its controller's, or every one's whose selector may adopt it. */
export function ownerKeys<T extends KubernetesObject & { spec: { selector: LabelSelector } }>(
  object: KubernetesObject,
  ownerKind: Kind<T>,
  owners: Store<T>,
): string[] {
  const controller = controllerOf(object);
  const { namespace = "", labels } = object.metadata;
  if (controller === undefined) {
    return owners
      .list(namespace)
      .filter((owner) => selects(owner.spec.selector, labels))
      .map(keyOf);
  }
  return controller.kind === ownerKind.kind ? [`${namespace}/${controller.name}`] : [];
}
