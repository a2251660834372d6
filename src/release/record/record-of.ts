import type { KubernetesObject } from "../../kubernetes/object.ts";
import { ownedHash } from "../fields/owned-fields.ts";
import type { Plan, PlannedObject } from "../plan/plan.ts";
import { leftoversAfter } from "../plan/prune.ts";
import type { RecordedObject, ReleaseRecord, ReleaseSummary } from "./record.ts";
import { keyOf } from "../release-object.ts";
import { place } from "../server-problems.ts";

/** The record of a release that carries a plan out. `live` has what is in the cluster as the release has it, by `keyOf`. */
export function recordOf(
  plan: Plan,
  summary: ReleaseSummary,
  live: ReadonlyMap<string, KubernetesObject>,
): ReleaseRecord {
  const isOver = summary.outcome !== "pending";
  const objects = plan.objects.map((planned) => recordObject(planned, { live, isOver }));
  const hooks = plan.hooks.map(({ released }) => ({ object: released.object, ...place(released) }));
  return { summary, objects: [...objects, ...hooks], leftovers: leftoversAfter(plan, summary.outcome) };
}

/** What a plan may go by is only said of a release that is over: until then anything may still happen to the object. */
function recordObject(
  { released, adoptedFrom, onceOf = adoptedFrom }: PlannedObject,
  { live, isOver }: { readonly live: ReadonlyMap<string, KubernetesObject>; readonly isOver: boolean },
): RecordedObject {
  const { object, autoscaledBy } = released;
  const found = live.get(keyOf(object));
  const applied = found && isOver ? ownedHash(found, { withoutReplicas: autoscaledBy !== undefined }) : undefined;
  return {
    object,
    ...place(released),
    ...(autoscaledBy === undefined ? {} : { autoscaledBy }),
    ...(applied === undefined ? {} : { applied }),
    ...(found?.metadata.uid === undefined ? {} : { uid: found.metadata.uid }),
    ...(onceOf === undefined ? {} : { adoptedFrom: onceOf }),
  };
}
