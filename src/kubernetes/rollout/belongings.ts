import type { KubernetesObject } from "../object.ts";
import type { Pod, ReplicaSet } from "../readiness/objects.ts";

/** What belongs to whom, so that a verdict on one of many workloads need not look at everybody's pods. */
export class Belongings {
  readonly #pods: ReadonlyMap<string, readonly Pod[]>;
  readonly #replicaSets: ReadonlyMap<string, readonly ReplicaSet[]>;

  constructor(pods: readonly Pod[], replicaSets: readonly ReplicaSet[]) {
    this.#pods = byOwner(pods);
    this.#replicaSets = byOwner(replicaSets);
  }

  replicaSetsOf({ metadata }: KubernetesObject): readonly ReplicaSet[] {
    return this.#replicaSets.get(metadata.uid ?? "") ?? [];
  }

  /** Its own pods, or those of its ReplicaSets. */
  podsOf(object: KubernetesObject): readonly Pod[] {
    const owners = [object, ...this.replicaSetsOf(object)];
    return owners.flatMap(({ metadata }) => this.#pods.get(metadata.uid ?? "") ?? []);
  }
}

function byOwner<T extends KubernetesObject>(objects: readonly T[]): Map<string, readonly T[]> {
  return Map.groupBy(objects, ({ metadata }) => metadata.ownerReferences?.find((one) => one.controller)?.uid ?? "none");
}
