import { isDeepStrictEqual } from "node:util";
import { collectionPath, objectPath } from "../../../../src/kubernetes/discovery.ts";
import type { ResourceKind } from "../../../../src/kubernetes/discovery.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { ignoring } from "../cluster.ts";
import type { Cluster } from "../cluster.ts";
import { changesOf } from "../controller.ts";
import type { Controller } from "../controller.ts";
import { namespaceKind } from "../kinds.ts";
import type { Namespace } from "../kinds.ts";
import { keyOf } from "../store.ts";
import type { Again } from "../work-queue.ts";
import { deletionConditions } from "./contents.ts";
import type { Remains } from "./contents.ts";

/** How soon to look again at what is still on its way out: pods that end, finalizers of others. */
const patienceMs = 200;

/** Empties a namespace that is being deleted, and then lets it go. */
export const namespaceController: Controller = {
  name: "namespace-controller",
  async prepare({ cluster }) {
    const namespaces = await cluster.store(namespaceKind);
    return {
      sources: [changesOf(namespaces, (each) => (each.metadata.deletionTimestamp === undefined ? [] : [keyOf(each)]))],
      async reconcile(key): Promise<Again | undefined> {
        const namespace = namespaces.get(key);
        if (namespace?.metadata.deletionTimestamp === undefined) return undefined;
        if (!(namespace.spec.finalizers ?? []).includes("kubernetes")) return undefined;
        const remains = await empty(cluster, key);
        const noted = await note(cluster, namespace, remains);
        if (remains.some(({ count }) => count > 0)) return { afterMs: patienceMs };
        await finalize(cluster, noted);
        return undefined;
      },
    };
  },
};

/** Pods first: what they need to end well stays until they have ended. */
async function empty(cluster: Cluster, namespace: string): Promise<Remains[]> {
  const kinds = await deletableKinds(cluster);
  const isPods = ({ group, plural }: ResourceKind): boolean => group === "" && plural === "pods";
  const pods = await Promise.all(kinds.filter(isPods).map((kind) => emptyKind(cluster, kind, namespace)));
  if (pods.some(({ count }) => count > 0)) return pods;
  return Promise.all(kinds.filter((kind) => !isPods(kind)).map((kind) => emptyKind(cluster, kind, namespace)));
}

/** Each kind of objects in namespaces, in one of its versions. */
async function deletableKinds(cluster: Cluster): Promise<ResourceKind[]> {
  const { kinds } = await cluster.discover();
  const deletable = kinds.filter(
    ({ namespaced, verbs }) =>
      namespaced && ["list", "delete", "deletecollection"].every((verb) => verbs.includes(verb)),
  );
  return [...new Map(deletable.map((kind) => [`${kind.plural}.${kind.group}`, kind])).values()];
}

async function emptyKind(cluster: Cluster, kind: ResourceKind, namespace: string): Promise<Remains> {
  const path = collectionPath(kind, namespace);
  const list = () => cluster.api.request<{ items: KubernetesObject[] }>({ method: "GET", path });
  // The dot stays where the group is empty: so does Kubernetes write it.
  const resource = `${kind.plural}.${kind.group}`;
  const before = await list();
  const isGoing = before.items.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
  if (!isGoing) await cluster.api.request({ method: "DELETE", path, body: { propagationPolicy: "Background" } });
  const { items } = isGoing ? before : await list();
  return { resource, count: items.length, finalizers: items.flatMap(({ metadata }) => metadata.finalizers ?? []) };
}

async function note(cluster: Cluster, namespace: Namespace, remains: readonly Remains[]): Promise<Namespace> {
  const conditions = deletionConditions(namespace, remains, new Date());
  if (isDeepStrictEqual(conditions, namespace.status?.conditions)) return namespace;
  return cluster.replace(namespaceKind, { ...namespace, status: { ...namespace.status, conditions } }, "status");
}

async function finalize(cluster: Cluster, namespace: Namespace): Promise<void> {
  const finalizers = (namespace.spec.finalizers ?? []).filter((name) => name !== "kubernetes");
  const path = objectPath(namespaceKind, "", namespace.metadata.name, "finalize");
  const body = { ...namespace, spec: { ...namespace.spec, finalizers } };
  await ignoring(404, cluster.api.request({ method: "PUT", path, body }));
}
