import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { KubernetesObject, ObjectMeta } from "../src/kubernetes/object.ts";
import type { Event, Pod, ReplicaSet } from "../src/kubernetes/readiness/objects.ts";

/** One line of the recording: what was given to a real cluster, and every distinct status and event that followed. */
interface Recording {
  readonly scenario: string;
  readonly given: readonly { readonly create?: KubernetesObject }[];
  readonly seen: readonly Sight[];
}

interface Sight {
  /** Seconds since the start. */
  readonly at: number;
  /** `kind/name`, or `event`. */
  readonly what: string;
  readonly generation?: number;
  readonly deleting?: boolean;
  readonly gone?: boolean;
  /** ReplicaSets only. */
  readonly replicas?: number;
  readonly revision?: string;
  readonly status?: Record<string, unknown>;
  /** Events only. */
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly about?: string;
}

/** The objects of a recorded workload as a client saw them at one moment. */
export interface Moment {
  readonly at: number;
  /** What changed last, as `kind/name`. */
  readonly what: string;
  /** The workload itself and, where there are any, further objects that were given. */
  readonly given: ReadonlyMap<string, KubernetesObject>;
  readonly pods: readonly Pod[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly events: readonly Event[];
}

export interface ObservedWorkload {
  readonly scenario: string;
  /** `kind/name` of what was deployed. */
  readonly workload: string;
  readonly moments: readonly Moment[];
}

/** Recorded on 2026-11-20 from Kubernetes 1.34.4 with containerd. To record it again takes a control plane and a node. */
const file = new URL("../sandbox/kubernetes/data/observed-1.34.jsonl.gz", import.meta.url);

/** The 29 workloads that were watched on a real node. The recording leaves out ids and owners: they are put back here by name. */
export async function observedWorkloads(): Promise<readonly ObservedWorkload[]> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trim()
    .split("\n");
  return lines.map((line) => replay(JSON.parse(line) as Recording));
}

const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "Job"];

function replay({ scenario, given, seen }: Recording): ObservedWorkload {
  const objects = new Map<string, KubernetesObject>();
  const created = given.flatMap(({ create }) => create ?? []);
  const workload = created.find(({ kind }) => workloadKinds.includes(kind));
  if (workload === undefined) throw new Error(`${scenario} has no workload`);
  const events: Event[] = [];
  const moments = seen.map((sight): Moment => {
    if (sight.what === "event") events.push(eventOf(sight));
    else if (sight.gone) objects.delete(sight.what);
    else objects.set(sight.what, objectOf(sight, { created, workload, objects }));
    const all = [...objects.values()];
    return {
      at: sight.at,
      what: sight.what,
      given: new Map([...objects].filter(([, { kind }]) => kind !== "Pod" && kind !== "ReplicaSet")),
      pods: all.filter((object): object is Pod => object.kind === "Pod"),
      replicaSets: all.filter((object): object is ReplicaSet => object.kind === "ReplicaSet"),
      events: [...events],
    };
  });
  return { scenario, workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`, moments };
}

interface Context {
  readonly created: readonly KubernetesObject[];
  readonly workload: KubernetesObject;
  readonly objects: ReadonlyMap<string, KubernetesObject>;
}

function objectOf(sight: Sight, context: Context): KubernetesObject {
  const [kind = "", name = ""] = sight.what.split("/");
  const metadata: ObjectMeta = {
    name,
    namespace: "ns",
    uid: `uid-${sight.what}`,
    ...(sight.generation === undefined ? {} : { generation: sight.generation }),
    ...(sight.deleting ? { deletionTimestamp: "2026-11-20T00:00:00Z" } : {}),
  };
  const status = sight.status ?? {};
  if (kind === "pod") return podOf(metadata, status, context);
  if (kind === "replicaset") {
    const annotations = { "deployment.kubernetes.io/revision": sight.revision ?? "" };
    const ownerReferences = [ownerReference(context.workload)];
    const spec = { replicas: sight.replicas };
    return {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { ...metadata, annotations, ownerReferences },
      spec,
      status,
    };
  }
  const source = context.created.find((one) => one.kind.toLowerCase() === kind) ?? context.workload;
  const annotations = { "deployment.kubernetes.io/revision": newestRevision(context.objects) };
  return { ...source, metadata: { ...metadata, ...(kind === "deployment" ? { annotations } : {}) }, status };
}

function podOf(metadata: ObjectMeta, status: object, { workload, objects }: Context): KubernetesObject {
  const replicaSet = objects.get(`replicaset/${metadata.name.replace(/-p\d+$/, "")}`);
  const { template } = workload.spec as { readonly template: { readonly spec: Pod["spec"] } };
  // A pod keeps the revision that was the newest when it was made.
  const known = objects.get(`pod/${metadata.name}`)?.metadata.labels?.["controller-revision-hash"];
  const now = objects.get(`${workload.kind.toLowerCase()}/${workload.metadata.name}`)?.status as
    { readonly updateRevision?: string } | undefined;
  const revision = known ?? now?.updateRevision ?? "app-rs1";
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...metadata,
      labels: { "controller-revision-hash": revision },
      ownerReferences: [ownerReference(replicaSet ?? workload)],
    },
    ...(template.spec === undefined ? {} : { spec: template.spec }),
    status,
  };
}

function ownerReference({ apiVersion, kind, metadata }: KubernetesObject) {
  return { apiVersion, kind, name: metadata.name, uid: `uid-${kind.toLowerCase()}/${metadata.name}`, controller: true };
}

function newestRevision(objects: ReadonlyMap<string, KubernetesObject>): string {
  const revisions = [...objects.values()]
    .filter(({ kind }) => kind === "ReplicaSet")
    .map(({ metadata }) => Number(metadata.annotations?.["deployment.kubernetes.io/revision"]));
  return String(Math.max(1, ...revisions));
}

function eventOf({ type = "", reason = "", message = "", about = "" }: Sight): Event {
  const [subject = "", fieldPath] = about.split("#");
  const [kind = "", name = ""] = subject.split("/");
  const involvedObject = { kind, name, uid: `uid-${kind.toLowerCase()}/${name}`, ...(fieldPath ? { fieldPath } : {}) };
  const metadata = { name: `${name}.1`, namespace: "ns" };
  return { apiVersion: "v1", kind: "Event", metadata, type, reason, message, involvedObject };
}
