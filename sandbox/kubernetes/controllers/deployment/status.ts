import { findCondition, withCondition, withoutCondition } from "../conditions.ts";
import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from "../kinds.ts";
import { sum, withoutZeros } from "../counts.ts";
import { rolloutBudget, totalAvailable, totalReplicas, wantedReplicas } from "./replicas.ts";
import type { Revisions } from "./replicas.ts";
import { timestamp } from "../../timestamp.ts";

/** `progressDeadlineSeconds` that stands for "none", as the v1 API keeps it. */
const noDeadline = 2 ** 31 - 1;

/** A deadline of a rollout in seconds, or `undefined` where progress is not watched. */
export function progressDeadline(deployment: Deployment): number | undefined {
  const seconds = deployment.spec.progressDeadlineSeconds ?? 600;
  return seconds === noDeadline ? undefined : seconds;
}

export function progressing(status: Condition["status"], reason: string, message: string, now: Date): Condition {
  return condition("Progressing", status, reason, message, now);
}

/** The counts and the Available condition, with nothing said about progress: while paused, being scaled or being deleted. */
export function plainStatus(deployment: Deployment, { newest, older }: Revisions, now: Date): DeploymentStatus {
  const all = [...older, ...(newest === undefined ? [] : [newest])];
  const available = totalAvailable(all);
  const enough = available >= wantedReplicas(deployment) - rolloutBudget(deployment).maxUnavailable;
  return withoutZeros({
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: actualReplicas(all),
    updatedReplicas: newest?.status?.replicas ?? 0,
    readyReplicas: sum(all, (each) => each.status?.readyReplicas ?? 0),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, totalReplicas(all) - available),
    conditions: withCondition(
      deployment.status?.conditions ?? [],
      enough
        ? condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
        : condition(
            "Available",
            "False",
            "MinimumReplicasUnavailable",
            "Deployment does not have minimum availability.",
            now,
          ),
    ),
  });
}

/** The status of a rollout: `plainStatus`, whether it progresses, and what keeps a ReplicaSet from creating pods. */
export function rolloutStatus(deployment: Deployment, revisions: Revisions, now: Date): DeploymentStatus {
  const status = plainStatus(deployment, revisions, now);
  const conditions = withProgress(deployment, status, revisions.newest, now);
  const failure = replicaFailure(revisions);
  return {
    ...status,
    conditions:
      failure === undefined ? withoutCondition(conditions, "ReplicaFailure") : withCondition(conditions, failure),
  };
}

/** Complete: every replica is of the newest template and available, and nothing older is left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wanted = wantedReplicas(deployment);
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** In how many milliseconds the progress deadline has to be looked at again; `undefined` when it does not. */
export function progressCheckDelay(deployment: Deployment, status: DeploymentStatus, now: Date): number | undefined {
  const deadline = progressDeadline(deployment);
  const current = findCondition(status.conditions, "Progressing");
  if (deadline === undefined || current?.lastUpdateTime === undefined || isComplete(deployment, status))
    return undefined;
  if (current.reason === "ProgressDeadlineExceeded" || deployment.spec.paused === true) return undefined;
  return Math.max(0, Date.parse(current.lastUpdateTime) + deadline * 1000 - now.getTime()) + 1000;
}

function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  newest: ReplicaSet | undefined,
  now: Date,
): Condition[] {
  const conditions = status.conditions ?? [];
  const deadline = progressDeadline(deployment);
  if (deadline === undefined) return withoutCondition(conditions, "Progressing");
  const current = findCondition(conditions, "Progressing");
  if (current?.reason === "NewReplicaSetAvailable" && (status.replicas ?? 0) === (status.updatedReplicas ?? 0)) {
    return conditions;
  }
  const subject =
    newest === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${newest.metadata.name}"`;
  if (isComplete(deployment, status)) {
    const done = progressing("True", "NewReplicaSetAvailable", `${subject} has successfully progressed.`, now);
    return withCondition(conditions, done);
  }
  if (hasProgressed(deployment.status ?? {}, status)) {
    const going = progressing("True", "ReplicaSetUpdated", `${subject} is progressing.`, now);
    // Said again with every step, for its time: the deadline counts from the last one.
    const since = current?.status === "True" ? current.lastTransitionTime : going.lastTransitionTime;
    return [
      ...withoutCondition(conditions, "Progressing"),
      { ...going, ...(since === undefined ? {} : { lastTransitionTime: since }) },
    ];
  }
  if (!hasTimedOut(current, deadline, now)) return conditions;
  const late = progressing("False", "ProgressDeadlineExceeded", `${subject} has timed out progressing.`, now);
  return withCondition(conditions, late);
}

function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const grew = (["updatedReplicas", "readyReplicas", "availableReplicas"] as const).some(
    (count) => (after[count] ?? 0) > (before[count] ?? 0),
  );
  return grew || olderReplicas(after) < olderReplicas(before);
}

function olderReplicas(status: DeploymentStatus): number {
  return (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
}

function hasTimedOut(current: Condition | undefined, deadline: number, now: Date): boolean {
  if (current?.lastUpdateTime === undefined || current.reason === "NewReplicaSetAvailable") return false;
  if (current.reason === "ProgressDeadlineExceeded") return true;
  return Date.parse(current.lastUpdateTime) + deadline * 1000 < now.getTime();
}

/** A failure of the newest ReplicaSet goes before one of an older. */
function replicaFailure({ newest, older }: Revisions): Condition | undefined {
  for (const replicaSet of [...(newest === undefined ? [] : [newest]), ...older]) {
    const failure = findCondition(replicaSet.status?.conditions, "ReplicaFailure");
    if (failure !== undefined) return { ...failure, ...at(failure.lastTransitionTime) };
  }
  return undefined;
}

function at(time: string | undefined): Pick<Condition, "lastUpdateTime"> {
  return time === undefined ? {} : { lastUpdateTime: time };
}

function actualReplicas(replicaSets: readonly ReplicaSet[]): number {
  return sum(replicaSets, (each) => each.status?.replicas ?? 0);
}

function condition(type: string, status: Condition["status"], reason: string, message: string, now: Date): Condition {
  const time = timestamp(now);
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}
