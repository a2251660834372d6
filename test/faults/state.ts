import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { hookLabel, revisionLabel } from "../../src/release/rollout/hooks.ts";
import type { ReleaseSummary } from "../../src/release/record/record.ts";
import { releaseStore } from "../../src/release/record/store.ts";
import type { TestCluster } from "./cluster.ts";

export const app = "backstage";
export const namespace = "backstage";

/** What a cluster holds of an app, without what differs from run to run: ids, times, versions, and how often something was tried. */
export interface State {
  /** Each object as text, by kind and name; pods by what they belong to. */
  readonly objects: ReadonlyMap<string, string>;
  /** The ids of the objects of releases: another id under the same name is another object. */
  readonly ids: ReadonlyMap<string, string>;
  /** Which hook ran in which release, such as `migrate r2`, once for each Job that was made of it. */
  readonly hooks: readonly string[];
  /** Oldest first. */
  readonly history: readonly ReleaseSummary[];
  /** Who holds the app's lock; "" for nobody. */
  readonly holder: string;
}

const boring = new Set([
  "/events",
  "events.k8s.io/events",
  "coordination.k8s.io/leases",
  "/nodes",
  "discovery.k8s.io/endpointslices",
]);

/** Reads the state of the app as somebody who looks from outside. Throws where a record cannot be read. */
export async function readState(cluster: TestCluster): Promise<State> {
  const objects = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const [storage, all] of cluster.contents().objects) {
    if (boring.has(storage)) continue;
    for (const object of all) {
      if (!isOfApp(storage, object)) continue;
      const key = keyOf(storage, object);
      if (key === undefined) continue;
      let unique = key;
      for (let more = 2; objects.has(unique); more++) unique = `${key} (${more})`;
      objects.set(unique, JSON.stringify(normalised(object), undefined, 1));
      if (object.metadata.ownerReferences === undefined) ids.set(unique, object.metadata.uid ?? "");
    }
  }
  const store = releaseStore(cluster.api, { app, namespace });
  const history = await store.history();
  for (const { revision } of history) await store.read(revision);
  return { objects, ids, hooks: hooksOf(cluster), history, holder: holderOf(cluster) };
}

function isOfApp(storage: string, object: KubernetesObject): boolean {
  if (storage === "/namespaces") return object.metadata.name === namespace;
  return object.metadata.namespace === undefined || object.metadata.namespace === namespace;
}

/** Those that have ended well. */
function hooksOf(cluster: TestCluster): string[] {
  const jobs = (cluster.contents().objects.get("batch/jobs") ?? []).filter(isHookJob);
  const well = jobs.filter(({ status }) => (status as { succeeded?: number } | undefined)?.succeeded === 1);
  return well.map(({ metadata: { labels } }) => `${labels?.[hookLabel] ?? ""} r${labels?.[revisionLabel] ?? ""}`);
}

function isHookJob({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.[hookLabel] !== undefined;
}

function holderOf(cluster: TestCluster): string {
  const leases = cluster.contents().objects.get("coordination.k8s.io/leases") ?? [];
  const lease = leases.find(({ metadata }) => metadata.name === `slipway.${app}`);
  return (lease?.spec as { holderIdentity?: string } | undefined)?.holderIdentity ?? "";
}

/** Undefined for what is no part of the app's state: records, which are read as history, and what old revisions of a workload leave. */
function keyOf(storage: string, object: KubernetesObject): string | undefined {
  const { name, ownerReferences = [] } = object.metadata;
  const [owner] = ownerReferences;
  // Read as hooks: how many Jobs of earlier releases are still there depends on what became of those.
  if (isHookJob(object) || owner?.kind === "Job") return undefined;
  if ((object as { type?: string }).type?.startsWith("slipway.dev/") === true) return undefined;
  if (storage === "apps/replicasets" && (object.spec as { replicas?: number }).replicas === 0) return undefined;
  if (storage === "/pods") return `pod of ${owner?.kind ?? "nobody"} ${owner?.name ?? ""}`;
  return `${storage.replace(/^\//, "")} ${name}`;
}

const changing = new Set([
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "generation",
  "time",
  "f:replicas",
  "clusterIP",
  "clusterIPs",
  "status",
  "generateName",
  "deployment.kubernetes.io/revision",
  "deployment.kubernetes.io/revision-history",
  "nodeName",
]);

function normalised(object: KubernetesObject): unknown {
  const name = object.kind === "Pod" ? {} : { name: object.metadata.name };
  const { name: _name, ...metadata } = object.metadata;
  const { phase } = (object.status ?? {}) as { phase?: string };
  // Who holds the replicas of an autoscaled workload differs with the number of deploys; how many there are does not.
  const managers = (object.metadata.managedFields ?? [])
    .filter(({ manager }) => manager === "slipway")
    .map((entry) => JSON.stringify(sorted(without(entry))))
    .sort();
  return sorted({
    ...(without({ ...object, metadata: { ...metadata, managedFields: undefined } }) as object),
    ...name,
    managers,
    phase,
  });
}

function without(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(kube-api-access-).*/, "$1*");
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !changing.has(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, without(each)]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** What differs between two states' objects, one line for each object; nothing where they are the same. */
export function differences(wanted: State, got: State): string[] {
  const keys = new Set([...wanted.objects.keys(), ...got.objects.keys()]);
  return [...keys].flatMap((key) => {
    const [a, b] = [wanted.objects.get(key), got.objects.get(key)];
    if (a === b) return [];
    if (b === undefined) return [`lost: ${key}`];
    if (a === undefined) return [`too much: ${key}`];
    return [`different: ${key}: ${firstDifference(a, b)}`];
  });
}

function firstDifference(a: string, b: string): string {
  const [left, right] = [a.split("\n"), b.split("\n")];
  const missing = left.filter((line) => !right.includes(line)).map((line) => line.trim());
  const more = right.filter((line) => !left.includes(line)).map((line) => line.trim());
  return `not ${missing.join(" ")} but ${more.join(" ")}`;
}
