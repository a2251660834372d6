import type { ContainerSpec, ContainerStatus, Event, Pod } from "../readiness/objects.ts";
import type { Verdict } from "../readiness/verdict.ts";
import type { FieldHint } from "./field.ts";

/** By resource, what the node with the most of it has left, in thousandths. */
export type MostFree = ReadonlyMap<string, { readonly node: string; readonly milli: number }>;

export interface Cause {
  /** One sentence without its full stop, to follow the object's name and a colon. */
  readonly cause: string;
  /** What to change, a sentence or two; `undefined` where nothing can be said. */
  readonly remedy?: string;
  /** The field to change, below the spec of the pods where it is about a pod. */
  readonly field?: FieldHint;
}

/** What is known about the object and the pod of it that is worst off. */
export interface Facts {
  readonly verdict: Verdict;
  readonly pod: Pod | undefined;
  readonly container: ContainerStatus | undefined;
  readonly spec: ContainerSpec | undefined;
  /** Those of the pod, oldest first. */
  readonly events: readonly Event[];
  /** `undefined` where nobody looked, or nobody may. */
  readonly mostFree?: MostFree;
}

/** Init containers first, as they run. */
export function specsOf(pod: Pod | undefined): readonly ContainerSpec[] {
  return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])];
}
