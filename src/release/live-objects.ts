import { ApiError } from "../kubernetes/api-error.ts";
import { apiVersionOf, collectionPath, objectPath } from "../kubernetes/discovery.ts";
import type { ResourceKind } from "../kubernetes/discovery.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { inParallel } from "../parallel.ts";
import { parallelRequests } from "./ports.ts";
import type { ReleasePorts } from "./ports.ts";
import { keyOf } from "./release-object.ts";
import type { ReleaseObject } from "./release-object.ts";

/** Up to this many objects of a kind are read one by one; for more, the kind's whole list in the namespace is cheaper. */
const readSingly = 2;
/** Cluster-scoped lists hold everybody's objects: they are read whole only for many. */
const readSinglyInCluster = 10;
const pageSize = 500;

type Wanted = Pick<ReleaseObject, "object" | "kind">;

/** The objects as they are in the cluster now, by `keyOf`; those that do not exist are absent. A request for each kind, or fewer. */
export async function readLiveObjects(
  ports: Pick<ReleasePorts, "api" | "signal">,
  wanted: readonly Wanted[],
): Promise<Map<string, KubernetesObject>> {
  const groups = Map.groupBy(wanted, ({ object, kind }) => collectionPath(kind, object.metadata.namespace));
  const requests = [...groups.values()].flatMap((group) => {
    const limit = group[0]?.kind.namespaced === true ? readSingly : readSinglyInCluster;
    return group.length <= limit ? group.map((each) => () => readOne(ports, each)) : [() => readList(ports, group)];
  });
  const found = await inParallel(requests, parallelRequests, (request) => request());
  const keys = new Set(wanted.map(({ object }) => keyOf(object)));
  return new Map(found.flat().flatMap((object) => (keys.has(keyOf(object)) ? [[keyOf(object), object] as const] : [])));
}

async function readOne(
  { api, signal }: Pick<ReleasePorts, "api" | "signal">,
  { object, kind }: Wanted,
): Promise<KubernetesObject[]> {
  const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
  return unlessMissing(async () => [await api.request<KubernetesObject>({ method: "GET", path, signal })]);
}

async function readList(
  { api, signal }: Pick<ReleasePorts, "api" | "signal">,
  group: readonly Wanted[],
): Promise<KubernetesObject[]> {
  const [first] = group;
  if (first === undefined) return [];
  const path = collectionPath(first.kind, first.object.metadata.namespace);
  return unlessMissing(async () => {
    const objects: KubernetesObject[] = [];
    let next: string | undefined;
    do {
      const query = { limit: pageSize, continue: next };
      const page = await api.request<ObjectList>({ method: "GET", path, query, signal });
      for (const item of page.items) objects.push(withKind(item, first.kind));
      next = page.metadata?.continue;
    } while (next !== undefined && next !== "");
    return objects;
  });
}

interface ObjectList {
  items: Omit<KubernetesObject, "apiVersion" | "kind">[];
  metadata?: { continue?: string };
}

/** Items of a list do not say what they are. */
function withKind(item: ObjectList["items"][number], kind: ResourceKind): KubernetesObject {
  return { ...item, apiVersion: apiVersionOf(kind), kind: kind.kind } as KubernetesObject;
}

/** A namespace or a kind that is not there yet has no objects. */
async function unlessMissing(read: () => Promise<KubernetesObject[]>): Promise<KubernetesObject[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}
