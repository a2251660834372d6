import type { Clock } from "../../runner/clock.ts";
import { ApiError } from "../api-error.ts";
import type { KubernetesApi } from "../api.ts";
import { collectionPath } from "../discovery.ts";
import type { Discovery, ResourceKind } from "../discovery.ts";
import type { KubernetesObject } from "../object.ts";
import type { Pod, ReplicaSet } from "../readiness/objects.ts";
import { startInformer } from "../watch.ts";
import type { Informer } from "../watch.ts";
import { selectByLabels, selectByName } from "./selectors.ts";

export interface WatchOptions {
  readonly api: KubernetesApi;
  readonly kinds: Pick<Discovery, "find">;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onChange: (object: KubernetesObject) => void;
  /** Told what cannot be watched, which makes verdicts later or vaguer but not wrong. */
  readonly onBlind: (what: string, error: ApiError) => void;
}

const podKind: ResourceKind = kindOf("", "Pod", "pods");
const replicaSetKind: ResourceKind = kindOf("apps", "ReplicaSet", "replicasets");

/** Kinds that make pods, by group and kind. */
const workloadKinds: readonly string[] = [
  "apps/v1 Deployment",
  "apps/v1 StatefulSet",
  "apps/v1 DaemonSet",
  "apps/v1 ReplicaSet",
  "v1 ReplicationController",
  "batch/v1 Job",
];

export function isWorkload({ apiVersion, kind }: KubernetesObject): boolean {
  return workloadKinds.includes(`${apiVersion} ${kind}`);
}

/** Live copies of the objects that a rollout is about, and of what belongs to them. */
export class Watches {
  readonly #options: WatchOptions;
  readonly #targets = new Map<string, Informer<KubernetesObject>>();
  readonly #pods: Informer<Pod>[] = [];
  readonly #replicaSets: Informer<ReplicaSet>[] = [];

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Starts one watch for each kind and namespace of the objects, and those of pods and ReplicaSets where they make some. */
  async start(objects: readonly KubernetesObject[]): Promise<void> {
    const groups = Map.groupBy(objects, groupKey);
    const workloads = Map.groupBy(objects.filter(isWorkload), ({ metadata }) => metadata.namespace ?? "");
    await Promise.all([
      ...[...groups].map(([key, group]) => this.#startTargets(key, group)),
      ...[...workloads].map(([namespace, group]) => this.#startRelated(namespace, group)),
    ]);
  }

  /** The object as it is now; `undefined` once it is gone. */
  find(object: KubernetesObject): KubernetesObject | undefined {
    const { namespace, name } = object.metadata;
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    return this.#targets.get(groupKey(object))?.objects.get(key);
  }

  /** Throws why a watch of the objects themselves has ended for good. */
  throwIfFailed(): void {
    for (const { failed } of this.#targets.values()) failed.throwIfAborted();
  }

  get pods(): readonly Pod[] {
    return this.#pods.flatMap((informer) => [...informer.objects.values()]);
  }

  get replicaSets(): readonly ReplicaSet[] {
    return this.#replicaSets.flatMap((informer) => [...informer.objects.values()]);
  }

  stop(): void {
    for (const informer of [...this.#targets.values(), ...this.#pods, ...this.#replicaSets]) informer.stop();
  }

  async #startTargets(key: string, objects: readonly KubernetesObject[]): Promise<void> {
    const [first] = objects;
    const kind = first && this.#options.kinds.find(first.apiVersion, first.kind);
    if (kind === undefined) return;
    this.#targets.set(key, await this.#inform(kind, first?.metadata.namespace, selectByName(objects)));
  }

  async #startRelated(namespace: string, workloads: readonly KubernetesObject[]): Promise<void> {
    const deployments = workloads.filter(({ kind }) => kind === "Deployment");
    await Promise.all([
      this.#unlessForbidden("pods", async () => {
        this.#pods.push(await this.#inform<Pod>(podKind, namespace, selectByLabels(workloads)));
      }),
      this.#unlessForbidden("replicasets", async () => {
        if (deployments.length === 0) return;
        this.#replicaSets.push(await this.#inform<ReplicaSet>(replicaSetKind, namespace, selectByLabels(deployments)));
      }),
    ]);
  }

  async #unlessForbidden(what: string, start: () => Promise<void>): Promise<void> {
    try {
      await start();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403) throw error;
      this.#options.onBlind(what, error);
    }
  }

  #inform<T extends KubernetesObject>(
    kind: ResourceKind,
    namespace: string | undefined,
    query: { readonly labelSelector?: string; readonly fieldSelector?: string },
  ): Promise<Informer<T>> {
    const { api, clock, signal, onChange } = this.#options;
    const path = collectionPath(kind, namespace);
    const onEvent = ({ object }: { readonly object: T }) => {
      forgetOwners(object);
      onChange(object);
    };
    return startInformer<T>({ api, path, query, clock, signal, onEvent });
  }
}

/** Takes out, in place, which manager owns which field: half of the memory of an object, and nothing that a verdict needs. */
function forgetOwners({ metadata }: KubernetesObject): void {
  if (metadata.managedFields === undefined) return;
  metadata.managedFields = metadata.managedFields.map(({ fieldsV1: _, ...entry }) => entry);
}

function groupKey({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${metadata.namespace ?? ""}`;
}

function kindOf(group: string, kind: string, plural: string): ResourceKind {
  return { group, version: "v1", kind, plural, namespaced: true, verbs: [], subresources: [] };
}
