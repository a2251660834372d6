import { ApiError } from "../../kubernetes/api-error.ts";
import { apiVersionOf, collectionPath, objectPath } from "../../kubernetes/discovery.ts";
import type { ResourceKind } from "../../kubernetes/discovery.ts";
import { listObjects } from "../../kubernetes/list.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { inParallel } from "../../parallel.ts";
import { recordType } from "../labels.ts";
import { parallelRequests } from "../ports.ts";
import type { ReleasePorts } from "../ports.ts";
import { keyOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";

/** Up to this many objects of a kind are read one by one; for more, the kind's whole list in the namespace is cheaper. */
const readSingly = 2;
/** Cluster-scoped lists hold everybody's objects: they are read whole only for many. */
const readSinglyInCluster = 10;
/** Histories of releases, ours and Helm's: dozens of Secrets of up to a megabyte, and never an object of a release. */
const noHistories = `type!=${recordType},type!=helm.sh/release.v1`;

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
  return new Map(found.flat().map((object) => [keyOf(object), object]));
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
  const fieldSelector = first.kind.group === "" && first.kind.kind === "Secret" ? noHistories : undefined;
  const wanted = new Set(group.map(({ object }) => keyOf(object)));
  return unlessMissing(async () => {
    const query = { fieldSelector };
    const { items } = await listObjects<ListItem>({ api, path, query, signal });
    return items.map((item) => withKind(item, first.kind)).filter((each) => wanted.has(keyOf(each)));
  });
}

type ListItem = Omit<KubernetesObject, "apiVersion" | "kind">;

/** Items of a list do not say what they are. */
function withKind(item: ListItem, kind: ResourceKind): KubernetesObject {
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
