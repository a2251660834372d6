import { ApiError } from "../../kubernetes/api-error.ts";
import type { StatusCause } from "../../kubernetes/api-error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import { objectPath } from "../../kubernetes/discovery.ts";
import { isExactInteger, parseExactJson } from "../../kubernetes/exact-json.ts";
import type { Json, KubernetesObject, ManagedFieldsEntry } from "../../kubernetes/object.ts";
import { fieldsOfPaths, hasPath, pathsOf, pathText, removePath } from "./field-set.ts";
import type { FieldPathKeys } from "./field-set.ts";
import { fieldManager } from "../labels.ts";
import { canonical, ownEntry } from "./owned-fields.ts";
import type { ReleasePorts } from "../ports.ts";
import type { ReleaseObject } from "../release-object.ts";

/** Where kubectl's client-side apply keeps what it applied, to know what to delete the next time. */
export const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
/** Kubernetes takes 256 KiB of annotations in all; kubectl itself fails on larger objects. */
const longestCopy = 200_000;
const lastAppliedPath = ["f:metadata", "f:annotations", `f:${lastAppliedAnnotation}`];

/** Tools that write whole manifests. What made an object that Slipway now applies is succeeded by it, field by field. */
const predecessors: readonly string[] = [
  "kubectl-client-side-apply",
  "kubectl-create",
  "kubectl-replace",
  "kubectl",
  "kubectl-last-applied",
  "helm",
  // The server's name for all fields of an object from before managers were kept.
  "before-first-apply",
];
/** Tools by which people change a field or two. */
const hands: readonly string[] = ["kubectl-edit", "kubectl-patch", "kubectl-set", "kubectl-label", "kubectl-annotate"];

/** Fields that change hands when an object is applied, so that those which its manifest does not have any more really go. */
export interface Takeover {
  /** Whose entries go altogether: the tools that made an object which Slipway has never applied. */
  readonly from: readonly string[];
  /** What is Slipway's then, and gone with the apply unless the manifest has it. */
  readonly paths: readonly FieldPathKeys[];
}

export interface TakeoverQuestion {
  readonly released: ReleaseObject;
  readonly live: KubernetesObject;
  /** The object as this app last had it, where Slipway has applied it before. */
  readonly previous: KubernetesObject | undefined;
}

/**
 * What has to change hands, undefined where nothing does. Server-side apply removes a field only from who owns it: what kubectl or Helm
 * set, or what somebody has edited since, would stay for ever (kubernetes#99003, #107417; kubectl migrates its own fields alike, in
 * k8s.io/client-go/util/csaupgrade). Fields that were never this app's are left to whoever set them.
 */
export function takeoverOf({ released, live, previous }: TakeoverQuestion): Takeover | undefined {
  // Several apps and whoever administers the cluster share it, and none of them has all of its labels in a manifest.
  if (isShared(released.object)) return undefined;
  const entries = (live.metadata.managedFields ?? []).filter(({ subresource }) => subresource === undefined);
  const isFirst = ownEntry(live) === undefined;
  const made = isFirst ? entries.filter(({ manager }) => predecessors.includes(manager)) : [];
  const known = previous ?? lastApplied(live);
  const edited = entries.filter((entry) => !made.includes(entry) && isByHand(entry));
  const others = entries.filter((entry) => !made.includes(entry) && !edited.includes(entry));
  const kept = new Set(others.flatMap(({ fieldsV1 }) => pathsOf(fieldsV1)).map(pathText));
  const candidates = [...pathsIn(made, released), ...pathsIn(edited, released).filter((path) => had(known, path))];
  const given = candidates.filter((path) => !kept.has(pathText(path)) && !wants(released, path));
  const paths = [...new Map([...given, ...annotationIn(entries, live)].map((path) => [pathText(path), path])).values()];
  if (paths.length === 0 && made.length === 0) return undefined;
  return { from: made.map(({ manager }) => manager), paths };
}

function isShared({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === "v1" && kind === "Namespace";
}

function isByHand({ manager }: ManagedFieldsEntry): boolean {
  return hands.includes(manager) || predecessors.includes(manager);
}

/** Field paths mean the same in one version of an API only. */
function pathsIn(entries: readonly ManagedFieldsEntry[], { object }: ReleaseObject): FieldPathKeys[] {
  return entries
    .filter(({ apiVersion }) => apiVersion === object.apiVersion)
    .flatMap(({ fieldsV1 }) => pathsOf(fieldsV1));
}

function had(known: KubernetesObject | undefined, path: FieldPathKeys): boolean {
  return known !== undefined && hasPath(plain(known), path);
}

function wants({ object, autoscaledBy }: ReleaseObject, path: FieldPathKeys): boolean {
  if (autoscaledBy !== undefined && pathText(path) === pathText(["f:spec", "f:replicas"])) return true;
  return pathText(path) === pathText(lastAppliedPath) || hasPath(plain(object), path);
}

/** With the data of a Secret where the server puts it. */
function plain(object: KubernetesObject): KubernetesObject {
  if (object.kind !== "Secret" || object.stringData === undefined) return object;
  return { ...object, data: { ...(object.data as object | undefined), ...object.stringData } };
}

/** kubectl's copy of the object changes hands with every change: see `withLastApplied`. */
function annotationIn(entries: readonly ManagedFieldsEntry[], { metadata }: KubernetesObject): FieldPathKeys[] {
  if (metadata.annotations?.[lastAppliedAnnotation] === undefined) return [];
  const theirs = entries.filter(({ manager }) => manager !== fieldManager);
  const isTheirs = theirs.some(({ fieldsV1 }) => hasMember(fieldsV1, lastAppliedPath));
  return isTheirs ? [lastAppliedPath] : [];
}

function hasMember(fields: ManagedFieldsEntry["fieldsV1"], path: FieldPathKeys): boolean {
  return pathsOf(fields).some((each) => pathText(each) === pathText(path));
}

function lastApplied({ metadata }: KubernetesObject): KubernetesObject | undefined {
  try {
    return parseExactJson(metadata.annotations?.[lastAppliedAnnotation] ?? "null") as KubernetesObject | undefined;
  } catch {
    return undefined;
  }
}

/**
 * The manifest with kubectl's copy of it, where the live object has one: as `kubectl apply --server-side` does, so that a later
 * `kubectl apply` deletes what it should, also after a rollback (kubectl#1301). A Secret loses it: it holds the values. In a Namespace it
 * is somebody else's.
 */
export function withLastApplied(object: KubernetesObject, live: KubernetesObject | undefined): KubernetesObject {
  const isKept = live?.metadata.annotations?.[lastAppliedAnnotation] !== undefined;
  if (!isKept || object.kind === "Secret" || isShared(object)) return object;
  const copy = `${JSON.stringify(object)}\n`;
  if (copy.length > longestCopy) return object;
  const annotations = { ...object.metadata.annotations, [lastAppliedAnnotation]: copy };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Whether conflicts are with nobody but those who are succeeded, or about nothing but kubectl's copy. */
export function coversConflicts(takeover: Takeover | undefined, conflicts: readonly StatusCause[]): boolean {
  return (
    takeover !== undefined &&
    conflicts.every(({ field = "", message = "" }) => {
      const owner = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "";
      return takeover.from.includes(owner) || field === `.metadata.annotations.${lastAppliedAnnotation}`;
    })
  );
}

/** An object and the fields that it gets or loses by a takeover. */
interface Taking {
  readonly released: ReleaseObject;
  readonly live: KubernetesObject;
  readonly takeover: Takeover;
}

/** How often an object may change between reading and writing it: a workload's status does all the time. */
const tries = 10;

/** Makes the fields Slipway's, and nothing else: no value changes. */
export async function takeOver(api: KubernetesApi, { released, live, takeover }: Taking): Promise<void> {
  const { metadata } = released.object;
  const path = objectPath(released.kind, metadata.namespace ?? "", metadata.name);
  let current = live;
  for (let tried = 1; ; tried++) {
    try {
      await api.request({
        method: "PATCH",
        path,
        query: { fieldManager },
        contentType: "application/json-patch+json",
        body: [
          { op: "replace", path: "/metadata/managedFields", value: handedOver(current, released, takeover) },
          // Where somebody else has written meanwhile, the server answers a conflict.
          { op: "replace", path: "/metadata/resourceVersion", value: current.metadata.resourceVersion },
        ],
        repeatable: true,
      });
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409 || tried === tries) throw error;
    }
    current = await api.request<KubernetesObject>({ method: "GET", path });
  }
}

/** What the other managers of a live object keep. */
function remaining(live: KubernetesObject, takeover: Takeover): ManagedFieldsEntry[] {
  const taken = new Set(takeover.paths.map(pathText));
  const own = ownEntry(live);
  return (live.metadata.managedFields ?? []).flatMap((entry): ManagedFieldsEntry[] => {
    if (entry === own) return [];
    if (entry.subresource !== undefined) return [entry];
    if (takeover.from.includes(entry.manager)) return [];
    const left = pathsOf(entry.fieldsV1).filter((path) => !taken.has(pathText(path)));
    if (left.length === pathsOf(entry.fieldsV1).length) return [entry];
    return left.length === 0 ? [] : [{ ...entry, fieldsV1: fieldsOfPaths(left) }];
  });
}

/** The managers of a live object after the takeover. */
function handedOver(live: KubernetesObject, { object }: ReleaseObject, takeover: Takeover): ManagedFieldsEntry[] {
  const own = ownEntry(live);
  const paths = [...pathsOf(own?.fieldsV1), ...takeover.paths];
  const ours: ManagedFieldsEntry = {
    manager: fieldManager,
    operation: "Apply",
    apiVersion: object.apiVersion,
    fieldsType: "FieldsV1",
    ...own,
    fieldsV1: fieldsOfPaths(paths),
  };
  return [...remaining(live, takeover), ours];
}

/**
 * What an apply would make of an object after a takeover. A dry run cannot do both in a row, so the fields that go are taken out of what
 * the apply alone would give, and the server says what becomes of that.
 */
export async function dryRunTaken(
  { api, signal }: Pick<ReleasePorts, "api" | "signal">,
  { released, live, takeover }: Taking,
  applied: KubernetesObject,
): Promise<KubernetesObject> {
  const wanted = structuredClone(applied);
  const kept = [...remaining(applied, takeover), ownEntry(applied)].flatMap((entry) => pathsOf(entry?.fieldsV1));
  const gone = takeover.paths.filter((path) => !kept.some((each) => isAtOrBelow(each, path)));
  for (const path of gone.toReversed()) removePath(wanted, path);
  const body = mergePatch(withoutBookkeeping(live), withoutBookkeeping(wanted));
  if (body === undefined || gone.length === 0) return applied;
  const { metadata } = released.object;
  const result = await api.request<KubernetesObject>({
    method: "PATCH",
    path: objectPath(released.kind, metadata.namespace ?? "", metadata.name),
    query: { fieldManager, dryRun: "All" },
    contentType: "application/merge-patch+json",
    body,
    signal,
  });
  return { ...result, metadata: { ...result.metadata, managedFields: applied.metadata.managedFields ?? [] } };
}

/** What is inside of something stays, and so that something does. */
function isAtOrBelow(path: FieldPathKeys, parent: FieldPathKeys): boolean {
  return parent.every((key, index) => path[index] === key);
}

function withoutBookkeeping({ status: _, metadata, ...object }: KubernetesObject): Json {
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  return parseExactJson(
    JSON.stringify({ ...object, metadata: { labels, annotations, finalizers, ownerReferences } }),
  ) as Json;
}

/** The JSON merge patch (RFC 7396) that makes one value of another; undefined where they are equal. */
function mergePatch(from: Json | undefined, to: Json): Json | undefined {
  if (canonical(from) === canonical(to)) return undefined;
  if (!isMap(from) || !isMap(to)) return to;
  const removed = Object.keys(from).filter((key) => !(key in to));
  const changed = Object.entries(to).flatMap(([key, value]) => {
    const patch = mergePatch(from[key], value);
    return patch === undefined ? [] : [[key, patch] as const];
  });
  return { ...Object.fromEntries(removed.map((key) => [key, null])), ...Object.fromEntries(changed) };
}

function isMap(value: Json | undefined): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !isExactInteger(value);
}
