import { SlipwayError } from "../error.ts";
import type { Problem } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { StatusCause } from "../kubernetes/api-error.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { inParallel } from "../parallel.ts";
import { applyObject, checkElsewhere, replicasManager } from "./apply-object.ts";
import { diffObjects } from "./diff.ts";
import type { FieldChange } from "./diff.ts";
import { appLabel, sharedKinds } from "./labels.ts";
import { readLiveObjects } from "./live-objects.ts";
import { canonical, ownedHash, ownEntry } from "./owned-fields.ts";
import { parallelRequests } from "./ports.ts";
import type { ReleasePorts } from "./ports.ts";
import type { RecordedObject } from "./record.ts";
import { keyOf, nameOf } from "./release-object.ts";
import type { ReleaseObject } from "./release-object.ts";
import { place, serverProblems } from "./server-problems.ts";

/** What a deploy would do to one object of the release. */
export interface PlannedObject {
  readonly released: ReleaseObject;
  readonly live: KubernetesObject | undefined;
  readonly action: "create" | "update" | "unchanged";
  readonly fields: readonly FieldChange[];
  /** Fields that are taken from other managers, by `force` or because an autoscaler went, worded for a person. */
  readonly taken: readonly string[];
}

/** What it would do to one that an earlier release applied and this one does not have. */
export interface PlannedRemoval {
  readonly released: ReleaseObject;
  readonly action: "delete" | "skip";
  /** Why it stays. */
  readonly reason?: string;
}

export interface Plan {
  readonly objects: readonly PlannedObject[];
  readonly removals: readonly PlannedRemoval[];
}

export interface PlanRequest {
  readonly app: string;
  readonly objects: readonly ReleaseObject[];
  /** Objects of the releases that may still be live, newest release first. */
  readonly recorded: readonly RecordedObject[];
  readonly force: boolean;
  readonly prune: boolean;
}

/** Whether carrying the plan out would write anything to the release's objects. */
export function changesAnything({ objects, removals }: Plan): boolean {
  return objects.some(({ action }) => action !== "unchanged") || removals.some(({ action }) => action === "delete");
}

/**
 * Compares a release with the cluster. Objects that nobody has touched since an earlier release applied the same need no request of
 * their own; for every other one the server itself says, by a dry run, what an apply would change. Nothing is written.
 * @throws SlipwayError `configuration` with every problem there is.
 */
export async function planRelease(ports: ReleasePorts, request: PlanRequest): Promise<Plan> {
  const recorded = new Map<string, RecordedObject>();
  for (const each of request.recorded) if (!recorded.has(keyOf(each.object))) recorded.set(keyOf(each.object), each);
  const leftovers = request.prune ? findLeftovers(ports, request, recorded) : [];
  const live = await readLiveObjects(ports, [...request.objects, ...leftovers]);
  const missing = await missingNamespaces(ports, request.objects, live);
  const problems: Problem[] = [];
  const objects = await inParallel(request.objects, parallelRequests, async (released) => {
    const context = { live: live.get(keyOf(released.object)), recorded: recorded.get(keyOf(released.object)), missing };
    try {
      return await planObject(ports, request, { released, ...context });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code === "unreachable") throw error;
      problems.push(...serverProblems(error, released));
      return undefined;
    }
  });
  if (problems.length > 0) throw refusal(problems);
  const removals = leftovers.flatMap((released) =>
    planRemoval(request.app, released, live.get(keyOf(released.object))),
  );
  return { objects: objects.filter((planned) => planned !== undefined), removals };
}

function refusal(problems: readonly Problem[]): SlipwayError {
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new SlipwayError(`Cannot deploy because the cluster would refuse it: got ${count}, and nothing was changed`, {
    code: "configuration",
    problems: problems.toSorted((a, b) => (a.file ?? "").localeCompare(b.file ?? "") || (a.line ?? 0) - (b.line ?? 0)),
  });
}

interface ObjectContext {
  readonly released: ReleaseObject;
  readonly live: KubernetesObject | undefined;
  readonly recorded: RecordedObject | undefined;
  readonly missing: ReadonlyMap<string, "brought" | "absent">;
}

async function planObject(ports: ReleasePorts, request: PlanRequest, context: ObjectContext): Promise<PlannedObject> {
  const { released, live } = context;
  if (live !== undefined) refuseForeign(request.app, live);
  if (live !== undefined && isUntouched(context)) return { released, live, action: "unchanged", fields: [], taken: [] };
  const created: PlannedObject = { released, live: undefined, action: "create", fields: [], taken: [] };
  const namespace = context.missing.get(released.object.metadata.namespace ?? "");
  if (namespace === "absent") throw namespaceNotFound(released);
  // A kind that this very deploy brings is known to the server only once its CustomResourceDefinition is applied.
  if (ports.discovery.find(released.object.apiVersion, released.object.kind) === undefined) return created;
  if (namespace === "brought") {
    await checkElsewhere(ports, released);
    return created;
  }
  const { result, taken } = await dryRun(ports, request, context);
  if (live === undefined) return { ...created, taken };
  const fields = diffObjects(live, result);
  const same = fields.length === 0 && canonical(ownEntry(live)?.fieldsV1) === canonical(ownEntry(result)?.fieldsV1);
  return { released, live, action: same ? "unchanged" : "update", fields, taken };
}

/** Applied by an earlier release exactly like this, and our fields still hold what the server made of it then. */
function isUntouched({ released, live, recorded }: ObjectContext): boolean {
  if (live === undefined || recorded?.applied === undefined || live.metadata.deletionTimestamp !== undefined)
    return false;
  if (canonical(released.object) !== canonical(recorded.object)) return false;
  if (released.autoscaledBy !== recorded.autoscaledBy) return false;
  return ownedHash(live, { withoutReplicas: released.autoscaledBy !== undefined }) === recorded.applied;
}

async function dryRun(
  ports: ReleasePorts,
  request: PlanRequest,
  context: ObjectContext,
): Promise<{ result: KubernetesObject; taken: string[] }> {
  const { released, live } = context;
  const options = { live, dryRun: true, signal: ports.signal };
  try {
    return { result: await applyObject(ports, released, { ...options, force: false }), taken: [] };
  } catch (error) {
    const conflicts = error instanceof ApiError && error.status === 409 ? (error.body?.details?.causes ?? []) : [];
    if (conflicts.length === 0 || !(request.force || areHandedBack(context, conflicts))) throw error;
    const taken = conflicts.map(({ field = "", message = "" }) => `${field.replace(/^\./, "")} (${message})`);
    return { result: await applyObject(ports, released, { ...options, force: true }), taken };
  }
}

/** Whether the conflicts are about nothing but replicas that an autoscaler had: without it they are the manifest's again. */
function areHandedBack({ released, recorded }: ObjectContext, conflicts: readonly StatusCause[]): boolean {
  if (released.autoscaledBy !== undefined) return false;
  return conflicts.every(
    ({ field, message = "" }) =>
      field === ".spec.replicas" && (recorded?.autoscaledBy !== undefined || message.includes(`"${replicasManager}"`)),
  );
}

function refuseForeign(app: string, live: KubernetesObject): void {
  const owner = live.metadata.labels?.[appLabel];
  if (owner === undefined || owner === app) return;
  throw new ApiError(409, undefined, {
    text: `it belongs to the app "${owner}", and an object belongs to one app only`,
  });
}

function namespaceNotFound({ object }: ReleaseObject): ApiError {
  const name = object.metadata.namespace ?? "";
  return new ApiError(404, undefined, {
    text: `its namespace "${name}" does not exist: add a manifest for it, or create it`,
  });
}

/** Namespaces of the release that are not in the cluster: `brought` by a manifest of this release, or `absent`. */
async function missingNamespaces(
  ports: ReleasePorts,
  objects: readonly ReleaseObject[],
  live: ReadonlyMap<string, KubernetesObject>,
): Promise<Map<string, "brought" | "absent">> {
  const kind = ports.discovery.find("v1", "Namespace");
  const names = new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []));
  const manifests = [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  const brought = new Set(objects.map(({ object }) => keyOf(object)));
  const unknown =
    kind === undefined ? [] : manifests.filter((each) => !brought.has(keyOf(each))).map((object) => ({ object, kind }));
  const existing = await readLiveObjects(ports, unknown);
  return new Map(
    manifests.flatMap((each) => {
      if (live.has(keyOf(each)) || existing.has(keyOf(each))) return [];
      return [[each.metadata.name, brought.has(keyOf(each)) ? "brought" : "absent"] as const];
    }),
  );
}

/** What earlier releases applied and this one does not have, where its kind still exists. */
function findLeftovers(
  ports: ReleasePorts,
  request: PlanRequest,
  recorded: ReadonlyMap<string, RecordedObject>,
): ReleaseObject[] {
  const wanted = new Set(request.objects.map(({ object }) => keyOf(object)));
  return [...recorded].flatMap(([key, { object, file, line }]) => {
    const kind = wanted.has(key) ? undefined : ports.discovery.find(object.apiVersion, object.kind);
    if (kind === undefined) return [];
    return [{ object, kind, ...(file === undefined || line === undefined ? {} : { source: { file, line } }) }];
  });
}

function planRemoval(app: string, released: ReleaseObject, live: KubernetesObject | undefined): PlannedRemoval[] {
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return [];
  if (sharedKinds.has(live.kind)) return [{ released, action: "skip", reason: `a ${live.kind} is never pruned` }];
  if (live.kind === "PersistentVolumeClaim") return [{ released, action: "skip", reason: "it may hold data" }];
  const owner = live.metadata.labels?.[appLabel];
  if (owner !== app)
    return [
      { released, action: "skip", reason: owner === undefined ? "it is nobody's now" : `it belongs to ${owner} now` },
    ];
  return [{ released, action: "delete" }];
}

/** One line of a plan as plain data: what a dry run prints, the summary shows and the output `plan` holds. */
export interface Change {
  readonly action: "create" | "update" | "unchanged" | "delete" | "skip";
  readonly object: string;
  readonly namespace: string;
  readonly file?: string;
  readonly line?: number;
  readonly fields: readonly FieldChange[];
  readonly taken?: readonly string[];
  readonly reason?: string;
}

/** The plan as plain data, in the order of the manifests, removals last. */
export function changesOf({ objects, removals }: Plan): Change[] {
  const describe = (released: ReleaseObject): Pick<Change, "object" | "namespace" | "file" | "line"> => ({
    object: nameOf(released.object),
    namespace: released.object.metadata.namespace ?? "",
    ...place(released),
  });
  return [
    ...objects.map(({ released, action, fields, taken }) => ({
      action,
      ...describe(released),
      fields,
      ...(taken.length === 0 ? {} : { taken }),
    })),
    ...removals.map(({ released, action, reason }) => ({
      action,
      ...describe(released),
      fields: [],
      ...(reason === undefined ? {} : { reason }),
    })),
  ];
}
