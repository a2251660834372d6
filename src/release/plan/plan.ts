import { SlipwayError } from "../../error.ts";
import type { Problem } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import { inParallel } from "../../parallel.ts";
import { hideSecrets } from "../hide-secrets.ts";
import { hookProblems, isHook } from "../rollout/hooks.ts";
import type { Direction } from "../rollout/hooks.ts";
import { readLiveObjects } from "./live-objects.ts";
import { isForbidden, missingPermissions, neededPermissions, permissionProblems } from "./permissions.ts";
import { hookNamespaces, planHook } from "./plan-hooks.ts";
import type { PlannedHook } from "./plan-hooks.ts";
import { namespaceNotFound, planObject } from "./plan-object.ts";
import type { ObjectContext, PlannedObject } from "./plan-object.ts";
import { parallelRequests } from "../ports.ts";
import type { ReleasePorts } from "../ports.ts";
import { findLeftovers, planRemovals } from "./prune.ts";
import type { PlannedRemoval } from "./prune.ts";
import type { RecordedObject } from "../record/record.ts";
import { RefusedPlan } from "./refused-plan.ts";
import { keyOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { serverProblems } from "../server-problems.ts";
import { surroundingsOf } from "./surroundings.ts";
import { orderProblems } from "../rollout/waves.ts";

export type { PlannedObject } from "./plan-object.ts";

export interface Plan {
  readonly objects: readonly PlannedObject[];
  readonly removals: readonly PlannedRemoval[];
  readonly hooks: readonly PlannedHook[];
  /** Where Jobs of hooks may be, of this release and of earlier ones. */
  readonly hookNamespaces: readonly string[];
  /** What earlier releases applied, this one does not have, and this plan does not look at. */
  readonly leftovers: readonly RecordedObject[];
}

export interface PlanRequest {
  readonly app: string;
  /** Of the app's record and lock: what has to be allowed there is told with the rest. */
  readonly namespace?: string;
  /** Whether that is known to be there, so that nobody need look. */
  readonly namespaceIsThere?: true;
  readonly objects: readonly ReleaseObject[];
  /** What earlier releases applied and may still be there, as the newest record tells. */
  readonly recorded: readonly RecordedObject[];
  /** Of these, what was there beside this very release: it stays. */
  readonly beside?: readonly RecordedObject[];
  readonly force: boolean;
  /** Whether objects that belong to another app or to a Helm release are taken over. */
  readonly adopt?: boolean;
  readonly prune: boolean;
  /** Which hooks run: those of deploys, if not said otherwise. */
  readonly direction?: Direction;
  /** The number that the release will have; 1, if not said otherwise. */
  readonly revision?: number;
}

/** Whether carrying the plan out would write anything to the release's objects, or record a hook that is not as it was. */
export function changesAnything({ objects, removals, hooks }: Plan): boolean {
  return (
    objects.some(({ action }) => action !== "unchanged") ||
    removals.some(({ action }) => action === "delete") ||
    hooks.some(({ isNew }) => isNew)
  );
}

/**
 * Compares a release with the cluster. Objects that nobody has touched since an earlier release applied the same need no request of
 * their own; for every other one the server itself says, by a dry run, what an apply would change. Nothing is written.
 * @throws RefusedPlan with every problem there is, permissions that are missing among them.
 */
export async function planRelease(ports: ReleasePorts, request: PlanRequest): Promise<Plan> {
  const known = [...request.objects, ...request.recorded];
  hideSecrets(
    ports,
    request,
    known.map(({ object }) => object),
  );
  const found = new Findings();
  const plan = await planAll(ports, request, found).catch((error: unknown) => {
    // What may not be read cannot be planned, and then all that is missing is more than the plan could tell.
    if (!found.keeps(error)) throw error;
    return { objects: [], removals: [], hooks: [], hookNamespaces: [], leftovers: [] };
  });
  const roles = await addPermissions(ports, request, found);
  const { app, namespace = "" } = request;
  if (found.problems.length > 0) throw new RefusedPlan({ app, namespace, plan, problems: found.problems, roles });
  return plan;
}

/** What keeps a release from being carried out, as it is found. */
class Findings {
  readonly problems: Problem[] = [];
  readonly forbidden: ApiError[] = [];

  /** Keeps an error to tell of it later; `false` where it is one to stop for. */
  keeps(error: unknown, { released, live }: Partial<ObjectContext> = {}): boolean {
    if (isForbidden(error)) this.forbidden.push(error);
    else if (
      error instanceof ApiError &&
      released !== undefined &&
      error.code !== "unreachable" &&
      error.status !== 401
    )
      this.problems.push(...serverProblems(error, released, live));
    else if (error instanceof SlipwayError && error.problems.length > 0) this.problems.push(...error.problems);
    else return false;
    return true;
  }
}

async function planAll(ports: ReleasePorts, request: PlanRequest, found: Findings): Promise<Plan> {
  const recorded = new Map<string, RecordedObject>();
  for (const each of request.recorded) if (!recorded.has(keyOf(each.object))) recorded.set(keyOf(each.object), each);
  const applied = request.objects.filter(({ object }) => !isHook(object));
  const inPlace = { ...request, objects: applied, recorded: request.recorded.filter(({ object }) => !isHook(object)) };
  const { removable, leftovers } = findLeftovers(ports.discovery, inPlace);
  const live = await readLiveObjects(ports, [...applied, ...removable]);
  hideSecrets(ports, request, live.values());
  const surroundings = await surroundingsOf(ports, request, live);
  found.problems.push(...orderProblems(request.objects));
  const planned = await inParallel(request.objects, parallelRequests, async (released) => {
    const key = keyOf(released.object);
    const context = { released, live: live.get(key), recorded: recorded.get(key), surroundings };
    try {
      return await planOne(ports, request, context);
    } catch (error) {
      if (!found.keeps(error, context)) throw error;
      return undefined;
    }
  });
  return {
    objects: planned.filter((each) => each !== undefined && "action" in each),
    hooks: planned.filter((each) => each !== undefined && "job" in each),
    hookNamespaces: hookNamespaces([...request.objects, ...request.recorded]),
    removals: planRemovals(inPlace, removable, live),
    leftovers,
  };
}

/** A hook is planned as the Job that would be made of it, everything else as what it becomes. */
async function planOne(
  ports: ReleasePorts,
  request: PlanRequest,
  context: ObjectContext,
): Promise<PlannedObject | PlannedHook | undefined> {
  const { released, recorded, surroundings } = context;
  if (!isHook(released.object)) return planObject(ports, request, context);
  if (hookProblems(released).length > 0) return undefined;
  const namespace = released.object.metadata.namespace ?? "";
  const presence = surroundings.namespaces.get(namespace);
  if (presence === "absent") throw namespaceNotFound(released, namespace);
  const { app, direction = "deploy", revision = 1 } = request;
  return planHook(ports, { app, direction, revision }, { released, recorded, bringsNamespace: presence === "brought" });
}

/** Where something was forbidden, adds all that is, and gives the roles that would allow it. */
async function addPermissions(
  ports: ReleasePorts,
  request: PlanRequest,
  { forbidden, problems }: Findings,
): Promise<string | undefined> {
  if (forbidden.length === 0) return undefined;
  const missing = await missingPermissions(ports, neededPermissions(request), forbidden);
  const told = permissionProblems(missing, request.app);
  problems.push(...told.problems);
  return told.manifest;
}
