import type { Deployment, ReplicaSet } from "../kinds.ts";
import { sum } from "../counts.ts";
import { annotatedNumber, desiredReplicasAnnotation, maxReplicasAnnotation } from "./annotations.ts";

/** A Deployment's ReplicaSets: the one that has its pod template, and all others. */
export interface Revisions {
  readonly newest: ReplicaSet | undefined;
  readonly older: readonly ReplicaSet[];
}

/** A decision to give a ReplicaSet another size. */
export interface Scaling {
  readonly replicaSet: ReplicaSet;
  readonly replicas: number;
}

/** What of a ReplicaSet counts here; one that is yet to be created has no more. */
type Sized = Pick<ReplicaSet, "spec" | "status">;

/** How far a rollout may go above and below the wanted number of pods. */
export interface Budget {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

export function wantedReplicas(object: Deployment | Sized): number {
  return object.spec.replicas ?? 1;
}

export function totalReplicas(replicaSets: readonly Sized[]): number {
  return sum(replicaSets, wantedReplicas);
}

export function totalAvailable(replicaSets: readonly ReplicaSet[]): number {
  return sum(replicaSets, (replicaSet) => replicaSet.status?.availableReplicas ?? 0);
}

/**
 * Surge percentages are rounded up and unavailable ones down; where both end up 0, one pod may be unavailable, or nothing could
 * move. Recreate and a Deployment of no replicas have no budget.
 */
export function rolloutBudget(deployment: Deployment): Budget {
  const replicas = wantedReplicas(deployment);
  const { type = "RollingUpdate", rollingUpdate } = deployment.spec.strategy ?? {};
  if (type !== "RollingUpdate") return { maxSurge: 0, maxUnavailable: 0 };
  const maxSurge = scaledValue(rollingUpdate?.maxSurge ?? "25%", replicas, Math.ceil);
  const maxUnavailable = scaledValue(rollingUpdate?.maxUnavailable ?? "25%", replicas, Math.floor);
  const fenced = maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable;
  return { maxSurge, maxUnavailable: Math.min(fenced, replicas) };
}

/** A number, or a percentage of `total`. */
export function scaledValue(value: string | number, total: number, round: (value: number) => number): number {
  if (typeof value === "number") return value;
  return round((Number(value.replace("%", "")) * total) / 100);
}

/** How many replicas the newest ReplicaSet may have now: up to the wanted number, within the surge. */
export function newestReplicas(deployment: Deployment, newest: Sized, all: readonly Sized[]): number {
  const wanted = wantedReplicas(deployment);
  if (deployment.spec.strategy?.type === "Recreate") return wanted;
  const current = wantedReplicas(newest);
  const room = wanted + rolloutBudget(deployment).maxSurge - totalReplicas(all);
  return room <= 0 ? current : current + Math.min(room, wanted - current);
}

/**
 * How a rolling update shrinks the older ReplicaSets: first the replicas that are not available anyway, then available ones, as
 * far as the Deployment stays at its minimum without counting newest pods that are not available yet.
 */
export function shrinkOlder(deployment: Deployment, newest: ReplicaSet, older: readonly ReplicaSet[]): Scaling[] {
  const active = older.filter((each) => wantedReplicas(each) > 0).sort(byAge);
  const minimum = wantedReplicas(deployment) - rolloutBudget(deployment).maxUnavailable;
  const newestUnavailable = wantedReplicas(newest) - (newest.status?.availableReplicas ?? 0);
  let unhealthy = totalReplicas([...active, newest]) - minimum - newestUnavailable;
  if (active.length === 0 || unhealthy <= 0) return [];
  let healthy = Math.max(0, totalAvailable([...active, newest]) - minimum);
  return active.flatMap((replicaSet) => {
    const current = wantedReplicas(replicaSet);
    const unavailable = current - (replicaSet.status?.availableReplicas ?? 0);
    const cleaned = Math.max(0, Math.min(unhealthy, unavailable));
    unhealthy -= cleaned;
    const taken = Math.min(current - cleaned, healthy);
    healthy -= taken;
    return cleaned + taken > 0 ? [{ replicaSet, replicas: current - cleaned - taken }] : [];
  });
}

/**
 * How a Deployment whose own `replicas` changed is scaled: one active ReplicaSet takes it all; a complete rollout leaves nothing
 * to older ones; in the middle of a rolling update every active ReplicaSet grows or shrinks in proportion.
 */
export function scaleAll(deployment: Deployment, { newest, older }: Revisions): Scaling[] {
  const wanted = wantedReplicas(deployment);
  const all = [...older, ...(newest === undefined ? [] : [newest])];
  const active = all.filter((each) => wantedReplicas(each) > 0);
  const only = active.length > 1 ? undefined : (active[0] ?? newest ?? [...older].sort(byAge).at(-1));
  if (active.length <= 1) return only === undefined ? [] : [{ replicaSet: only, replicas: wanted }];
  if (newest !== undefined && isSaturated(deployment, newest)) {
    return active.filter((each) => each !== newest).map((replicaSet) => ({ replicaSet, replicas: 0 }));
  }
  return deployment.spec.strategy?.type === "Recreate" ? [] : proportional(deployment, active);
}

function isSaturated(deployment: Deployment, newest: ReplicaSet): boolean {
  const wanted = wantedReplicas(deployment);
  const desired = annotatedNumber(newest, desiredReplicasAnnotation);
  return wantedReplicas(newest) === wanted && desired === wanted && newest.status?.availableReplicas === wanted;
}

function proportional(deployment: Deployment, active: readonly ReplicaSet[]): Scaling[] {
  const wanted = wantedReplicas(deployment);
  const limit = wanted === 0 ? 0 : wanted + rolloutBudget(deployment).maxSurge;
  const toAdd = limit - totalReplicas(active);
  const sorted = [...active].sort(
    (a, b) => wantedReplicas(b) - wantedReplicas(a) || (toAdd > 0 ? byAge(b, a) : byAge(a, b)),
  );
  let added = 0;
  const shares = sorted.map((replicaSet) => {
    const left = toAdd - added;
    const share = left === 0 ? 0 : shareOf(deployment, replicaSet, limit);
    const part = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    added += part;
    return { replicaSet, replicas: wantedReplicas(replicaSet) + part };
  });
  // What rounding leaves over goes to the largest.
  return shares.map(({ replicaSet, replicas }, index) => ({
    replicaSet,
    replicas: index === 0 ? Math.max(0, replicas + toAdd - added) : replicas,
  }));
}

/** What one ReplicaSet would gain (or lose) were it to keep its part of the Deployment's greatest size. */
function shareOf(deployment: Deployment, replicaSet: ReplicaSet, limit: number): number {
  const current = wantedReplicas(replicaSet);
  if (wantedReplicas(deployment) === 0) return -current;
  const before = annotatedNumber(replicaSet, maxReplicasAnnotation) ?? deployment.status?.replicas ?? 0;
  return before === 0 ? 0 : Math.round((current * limit) / before) - current;
}

/** Oldest first, by name where two were made in one second. */
export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [a, b].map((each) => each.metadata.creationTimestamp ?? "");
  return compare(first ?? "", second ?? "") || compare(a.metadata.name, b.metadata.name);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
