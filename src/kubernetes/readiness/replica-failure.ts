import type { KubernetesObject } from "../object.ts";
import { conditionOf, lastChange, msSince } from "./objects.ts";
import type { Related } from "./objects.ts";
import { failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** In ms. Old pods may take their time to go. */
const patience = { passing: 60_000, quota: 180_000 } as const;

/** Refusals that pass by themselves: a fresh namespace has neither its default ServiceAccount nor its quota counted yet. */
const passing =
  /serviceaccount "default" not found|status unknown for quota|failed calling webhook|timed out|timeout|connection refused|etcdserver|object has been modified/;

/**
 * The verdict where the API server refuses the pods that `creator` wants to make: quota, admission, LimitRange. `undefined` where it
 * refuses none.
 * @param o.mayFree whether pods are still to go whose share of a quota the new ones are to have
 */
export function replicaFailure(
  creator: KubernetesObject,
  o: { readonly progress: string; readonly mayFree: boolean; readonly related: Pick<Related, "events" | "now"> },
): Verdict | undefined {
  const refusal = refusalOf(creator, o.related);
  if (refusal === undefined) return undefined;
  const ageMs = msSince(refusal.since, o.related.now);
  const mayPass = passing.test(refusal.message)
    ? ageMs < patience.passing
    : o.mayFree && refusal.message.includes("exceeded quota") && ageMs < patience.quota;
  return mayPass
    ? inProgress("FailedCreate", `${o.progress}; ${refusal.message}`)
    : failed("FailedCreate", refusal.message);
}

interface Refusal {
  readonly message: string;
  readonly since: string | undefined;
}

/** ReplicaSets say it in a condition; StatefulSets, DaemonSets and Jobs in events only. */
function refusalOf(creator: KubernetesObject, { events = [] }: Pick<Related, "events">): Refusal | undefined {
  const condition = conditionOf(creator, "ReplicaFailure");
  if (condition?.status === "True") {
    return { message: condition.message ?? "pods cannot be created", since: condition.lastTransitionTime };
  }
  // Events outlive what they tell of by an hour: those from before the last change of the object's spec say nothing about it.
  const changed = lastChange(creator);
  const event = events.findLast(
    (one) =>
      one.reason === "FailedCreate" &&
      one.involvedObject?.uid === creator.metadata.uid &&
      msBetween(changed, one.lastTimestamp ?? one.eventTime) >= 0,
  );
  if (event === undefined || creator.metadata.uid === undefined) return undefined;
  const message = (event.message ?? "")
    .replace(/^\(combined from similar events\): /, "")
    .replace(/^(Error creating: |create Pod \S+ in StatefulSet \S+ failed error: )/, "");
  return { message, since: event.firstTimestamp ?? event.eventTime ?? undefined };
}

function msBetween(from: string | undefined, to: string | null | undefined): number {
  const ms = Date.parse(to ?? "") - Date.parse(from ?? "");
  return Number.isNaN(ms) ? 0 : ms;
}
