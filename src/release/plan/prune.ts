import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import { apiVersionOf, objectPath } from "../../kubernetes/discovery.ts";
import type { Discovery, ResourceKind } from "../../kubernetes/discovery.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { appLabel, pruneAnnotation, sharedKinds } from "../labels.ts";
import { helmReleaseOf } from "./ownership.ts";
import { ownEntry } from "../fields/owned-fields.ts";
import type { Plan, PlanRequest } from "./plan.ts";
import type { RecordedObject, ReleaseSummary } from "../record/record.ts";
import { keyOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";

/** What earlier releases applied and this one does not have. Of the object no more is known than what tells it from others. */
export interface Leftover extends ReleaseObject {
  /** As a record keeps it, so that a later release still knows of it. */
  readonly recorded: RecordedObject;
}

/** What a deploy would do to one that is still there. */
export interface PlannedRemoval {
  readonly released: Leftover;
  readonly live: KubernetesObject;
  readonly action: "delete" | "skip";
  /** Why it stays. */
  readonly reason?: string;
}

export interface Leftovers {
  readonly removable: readonly Leftover[];
  /** Those that stay for now, as a record keeps them: the next release has to know of them. */
  readonly leftovers: readonly RecordedObject[];
}

/** Where kinds went that have left the group `extensions`: the objects are the same ones. */
const heirsOfExtensions = ["apps", "networking.k8s.io"];

/**
 * What earlier releases applied and this one does not have. It is looked for as the server calls it today: by a version that is served
 * now, and in the group that its kind has moved to. An object that the release has under its new name is none.
 */
export function findLeftovers(
  discovery: Discovery,
  { objects, recorded, beside = [], prune }: Pick<PlanRequest, "objects" | "recorded" | "beside" | "prune">,
): Leftovers {
  const seen = new Set(objects.map(({ object }) => keyOf(object)));
  const staying = new Set(beside.map(({ object }) => keyOf(servedAs(discovery, object).identity)));
  const removable: Leftover[] = [];
  const leftovers: RecordedObject[] = [];
  for (const { applied, autoscaledBy, ...each } of recorded) {
    const { identity, kind } = servedAs(discovery, each.object);
    const key = keyOf(identity);
    if (seen.has(key)) continue;
    seen.add(key);
    const known = { ...each, object: identity };
    if (kind !== undefined && prune && !staying.has(key)) {
      const { file, line } = each;
      const source = file === undefined || line === undefined ? {} : { source: { file, line } };
      removable.push({ object: identity, kind, ...source, recorded: known });
    } else if (kind !== undefined || discovery.unavailable.includes(each.object.apiVersion)) {
      leftovers.push(known);
    }
  }
  return { removable, leftovers };
}

/** What tells an object from others, and its kind; undefined where the server does not have that any more. */
function servedAs(
  discovery: Discovery,
  { apiVersion, kind: name, metadata }: KubernetesObject,
): { readonly identity: KubernetesObject; readonly kind: ResourceKind | undefined } {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const groups = group === "extensions" ? heirsOfExtensions : [group];
  const kind =
    discovery.find(apiVersion, name) ??
    discovery.kinds.find((each) => each.kind === name && groups.includes(each.group));
  const own = { name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) };
  return {
    identity: { apiVersion: kind === undefined ? apiVersion : apiVersionOf(kind), kind: name, metadata: own },
    kind,
  };
}

/**
 * What a record keeps when a release ends. Those that were removed are forgotten, and so are those that stay for good: the plan has told
 * of them. Where a release did not get that far, all of them may still be there.
 */
export function leftoversAfter({ leftovers, removals }: Plan, outcome: ReleaseSummary["outcome"]): RecordedObject[] {
  if (outcome === "succeeded") return [...leftovers];
  return [...leftovers, ...removals.map(({ released }) => released.recorded)];
}

/** What becomes of the leftovers that are in the cluster. `live` has them and the release's own objects, by `keyOf`. */
export function planRemovals(
  { app, objects, direction }: Pick<PlanRequest, "app" | "objects" | "direction">,
  removable: readonly Leftover[],
  live: ReadonlyMap<string, KubernetesObject>,
): PlannedRemoval[] {
  // Where a server has a kind in two groups, it is one object that is seen in both.
  const wanted = new Set(objects.map(({ object }) => live.get(keyOf(object))?.metadata.uid));
  return removable.flatMap((leftover) => {
    const found = live.get(keyOf(leftover.object));
    if (found === undefined || found.metadata.deletionTimestamp !== undefined) return [];
    if (found.metadata.uid !== undefined && wanted.has(found.metadata.uid)) return [];
    const { adoptedFrom } = leftover.recorded;
    if (direction !== "rollback" || adoptedFrom === undefined) return [planRemoval(app, leftover, found)];
    return [
      { released: leftover, live: found, action: "skip" as const, reason: `it was part of ${adoptedFrom} before` },
    ];
  });
}

function planRemoval(app: string, released: Leftover, live: KubernetesObject): PlannedRemoval {
  const reason = reasonToStay(app, released, live);
  return { released, live, ...(reason === undefined ? { action: "delete" } : { action: "skip", reason }) };
}

/** Why an object is not deleted though no release has it any more: it is precious, or somebody else's by now. */
function reasonToStay(app: string, { recorded: { uid } }: Leftover, live: KubernetesObject): string | undefined {
  const { kind, metadata } = live;
  const { labels = {}, annotations = {} } = metadata;
  if (sharedKinds.has(kind)) return `a ${kind} is never pruned`;
  if (annotations[pruneAnnotation] === "false") return `its annotation ${pruneAnnotation} keeps it`;
  if (kind === "PersistentVolumeClaim" && annotations[pruneAnnotation] !== "true") return "it may hold data";
  const owner = labels[appLabel];
  if (owner !== app) return owner === undefined ? "it is nobody's now" : `it belongs to ${owner} now`;
  const helmRelease = helmReleaseOf(live);
  if (helmRelease !== undefined) return `it belongs to the Helm release ${helmRelease} now`;
  const controller = metadata.ownerReferences?.find((each) => each.controller === true);
  if (controller !== undefined) return `it belongs to ${controller.kind}/${controller.name} now`;
  if (uid !== undefined && uid !== metadata.uid) return "somebody has deleted it and made it anew since";
  if (ownEntry(live) === undefined) return "others have taken all of its fields over";
  return undefined;
}

/** How often an object may change between two looks at it: a workload's status does all the time. */
const tries = 10;

/**
 * Deletes what the plan says, unless it has become somebody else's since: a rollout may have taken long. The server deletes it only as
 * it was judged, and otherwise it is judged again. Gives the reason where it stays.
 */
export async function removeLeftover(
  api: KubernetesApi,
  app: string,
  { released, live }: PlannedRemoval,
): Promise<string | undefined> {
  const path = objectPath(released.kind, live.metadata.namespace ?? "", live.metadata.name);
  let current = live;
  for (let tried = 0; ; tried++) {
    try {
      const { uid, resourceVersion } = current.metadata;
      const body = { propagationPolicy: "Background", preconditions: { uid, resourceVersion } };
      await api.request({ method: "DELETE", path, body, repeatable: true });
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) return undefined;
      if (error.status !== 409 || tried === tries) throw error;
    }
    const found = await readIfThere(api, path);
    // Where it is gone or on its way, a try whose answer was lost may have done it.
    if (found === undefined || found.metadata.deletionTimestamp !== undefined) return undefined;
    const { reason } = planRemoval(
      app,
      { ...released, recorded: { ...released.recorded, uid: live.metadata.uid ?? "" } },
      found,
    );
    if (reason !== undefined) return reason;
    current = found;
  }
}

async function readIfThere(api: KubernetesApi, path: string): Promise<KubernetesObject | undefined> {
  try {
    return await api.request<KubernetesObject>({ method: "GET", path });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
