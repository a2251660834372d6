import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { conflictError } from "./conflict.ts";
import { conversionProblem } from "./decode.ts";
import { difference, emptySet, recursiveDifference, type FieldSet } from "./field-set.ts";
import { sameJson } from "../json.ts";
import { asJson, asObject } from "./json.ts";
import { lastAppliedSet, refreshLastApplied } from "./last-applied.ts";
import { managerId, readManagers, withManagers, type Manager, type Managers } from "./managers.ts";
import { merge } from "./merge.ts";
import { changesOf, conflictsOf, content, giveUp, resetSet, withoutUnowned } from "./ownership.ts";
import { prune } from "./prune.ts";
import { Rejection } from "./rejection.ts";
import { toFieldSet } from "./to-set.ts";
import type { Type } from "./type.ts";
import { recordUpdate } from "./update.ts";
import { typeProblems } from "./validate.ts";

export interface ApplyRequest {
  readonly type: Type;
  /** Undefined when the object does not exist yet. */
  readonly live: KubernetesObject | undefined;
  /** The body of the request, as it came. */
  readonly applied: KubernetesObject;
  readonly manager: string;
  readonly force?: boolean;
  /** "status" or "scale", when the request went there. */
  readonly subresource?: string;
  /** Paths that this endpoint ignores: `["status"]` for most main resources, `["spec"]` for their status. */
  readonly resetFields?: readonly string[];
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

export interface ApplyResult {
  /** The merged object with its new managedFields; not yet decoded, defaulted or validated. */
  readonly object: KubernetesObject;
  /** False when live and merged objects are equal: the manager's entry then keeps its time. */
  readonly changed: boolean;
}

/**
 * Server-side apply. Throws a Rejection: 409 with causes on conflicts, 500 "failed to create typed patch object" for an
 * object that does not fit its type, 400 when managedFields are given.
 */
export function apply(request: ApplyRequest): ApplyResult {
  const { type } = request;
  refuseUnfit(request);
  const applied = asJson(request.applied);
  const reset = resetSet(request.resetFields);
  const live = content(type, request.live);
  const managers = managersToApply(request);
  const self = identityOf(request);
  const id = managerId(self);
  const last = managers.get(id);
  const set = recursiveDifference(toFieldSet(type, applied), reset);
  managers.set(id, { ...self, set });

  const merged = merge(type, live, applied) ?? {};
  const pruned = last === undefined ? merged : prune({ type, merged, managers, last: last.set, current: set });
  const change = changesOf({ type, before: live, after: pruned, reset });
  if (request.force !== true) refuseConflicts(request, managers, conflictsOf(managers, change, id));
  const changed = !sameJson(live, pruned);
  if (changed) refuseUnreadable(request, pruned);

  const settled = giveUp(managers, change, id);
  const time = changed ? request.now : last?.time;
  const owned = withoutUnowned(set);
  if (owned.size === 0) settled.delete(id);
  else settled.set(id, { ...self, ...(time === undefined ? {} : { time }), set: owned });
  const object = withManagers(asObject(pruned), settled);
  return { object: request.manager === "kubectl" ? refreshLastApplied(object, request.applied) : object, changed };
}

function identityOf({ manager, applied, subresource }: ApplyRequest): Omit<Manager, "set"> {
  return {
    name: manager,
    operation: "Apply",
    apiVersion: applied.apiVersion,
    ...(subresource ? { subresource } : {}),
  };
}

/** What nobody was recorded for before the first apply belongs to a manager of its own from then on. */
function managersToApply(request: ApplyRequest): Managers {
  const { live, applied: _, ...rest } = request;
  const managers = readManagers(live);
  if (managers.size > 0 || live === undefined) return managers;
  return recordUpdate({ ...rest, live: undefined, object: live, manager: "before-first-apply" }, managers);
}

/** An object as the server names it in its errors: `/web; apps/v1, Kind=Deployment`. */
function describe({ apiVersion, kind, metadata }: KubernetesObject): string {
  const name: unknown = metadata.name;
  return `${metadata.namespace ?? ""}/${typeof name === "string" ? name : ""}; ${describeKind(apiVersion, kind)}`;
}

const describeKind = (apiVersion: string, kind: string): string =>
  `${apiVersion.includes("/") ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;

function refuseUnfit({ type, applied }: ApplyRequest): void {
  const given: unknown = applied.metadata.managedFields;
  if (given !== undefined && given !== null) {
    throw new Rejection(400, "metadata.managedFields must be nil", { reason: "BadRequest" });
  }
  const problems = typeProblems(type, asJson(applied));
  if (problems === undefined) return;
  throw new Rejection(500, `failed to create typed patch object (${describe(applied)}): ${problems}`);
}

/** What fits the schema may still be unreadable: a quantity, a time. */
function refuseUnreadable({ type, applied }: ApplyRequest, merged: Json): void {
  const problem = type.name === undefined ? undefined : conversionProblem(type, merged);
  if (problem === undefined) return;
  const kind = describeKind(applied.apiVersion, applied.kind);
  const where = `failed to convert new object (${describe(applied)}) to proper version`;
  throw new Rejection(500, `${where}: unable to convert unstructured object to ${kind}: ${problem}`);
}

function refuseConflicts(request: ApplyRequest, managers: Managers, conflicts: ReadonlyMap<string, FieldSet>): void {
  const allowed =
    request.manager === "kubectl" ? lastAppliedSet(request.type, request.live, request.applied.apiVersion) : emptySet;
  const left = [...conflicts].map(([id, set]) => [id, difference(set, allowed)] as const);
  const refused = left.filter(([, set]) => set.size > 0);
  if (refused.length > 0) throw conflictError(managers, new Map(refused));
}
