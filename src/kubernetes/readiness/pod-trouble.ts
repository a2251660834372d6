import { absenceIn } from "./absence.ts";
import type { Absence } from "./absence.ts";
import { containerTrouble } from "./container-trouble.ts";
import { schedulingCause } from "./kubelet-words.ts";
import { conditionOf, msSince } from "./objects.ts";
import type { ContainerSpec, ContainerStatus, Event, Pod, Related } from "./objects.ts";

/**
 * What keeps a pod from getting ready.
 * `final`: only a change will help. `repeated`: it fails again and again, which a dependency that comes up late may still mend.
 * `passing`: it may pass by itself.
 */
export interface Trouble {
  readonly weight: "final" | "repeated" | "passing";
  /** Kubernetes' word for it. */
  readonly reason: string;
  /** Begins with what is in trouble, without the pod's name. */
  readonly message: string;
  readonly pod: Pod;
  readonly container?: ContainerStatus;
  /** Too young to be worth a word: most of these are gone in a moment. */
  readonly isYoung?: boolean;
  /** What it lacks, where it lacks something of its namespace. */
  readonly absence?: Absence;
  /** It may be the trouble of one node only: another pod of the same revision that is past it proves that it can be done. */
  readonly isLocal?: boolean;
}

/** A container with what its spec says of it. */
export interface PodContainer {
  readonly status: ContainerStatus;
  readonly spec: ContainerSpec | undefined;
  /** Whether it is meant to go on for ever: a container of a service, or a sidecar. */
  readonly isLasting: boolean;
}

const weights: readonly Trouble["weight"][] = ["final", "repeated", "passing"];

/** The worst that can be said of a pod; `undefined` while nothing is wrong with it. */
export function troubleOf(pod: Pod, related: Pick<Related, "events" | "now">): Trouble | undefined {
  const { now, events = [] } = related;
  const own = events.filter(({ involvedObject }) => involvedObject?.uid === pod.metadata.uid);
  const found = [
    schedulingTrouble(pod, now),
    mountTrouble(pod, own),
    ...podContainers(pod).map((container) => containerTrouble(pod, container, { now, events: own })),
  ].filter((trouble) => trouble !== undefined);
  return found.sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight))[0];
}

/** Init containers first, as they run. */
function podContainers({ spec, status }: Pod): readonly PodContainer[] {
  const restarts = (spec?.restartPolicy ?? "Always") === "Always";
  const initial = (status?.initContainerStatuses ?? []).map((one) => {
    const itsSpec = spec?.initContainers?.find(({ name }) => name === one.name);
    return { status: one, spec: itsSpec, isLasting: itsSpec?.restartPolicy === "Always" };
  });
  const main = (status?.containerStatuses ?? []).map((one) => {
    return { status: one, spec: spec?.containers?.find(({ name }) => name === one.name), isLasting: restarts };
  });
  return [...initial, ...main];
}

/** A cluster autoscaler takes minutes to add a node. Pods that leave often make room within seconds. */
const schedulePatienceMs = 300_000;
const youngMs = 15_000;

function schedulingTrouble(pod: Pod, now: Date): Trouble | undefined {
  const condition = conditionOf(pod, "PodScheduled");
  if (condition?.status !== "False" || condition.reason !== "Unschedulable") return undefined;
  const ageMs = msSince(condition.lastTransitionTime, now);
  const absence = absenceIn(condition.message ?? "");
  return {
    weight: absence !== undefined || ageMs > schedulePatienceMs ? "final" : "passing",
    reason: "Unschedulable",
    message: `no node takes it: ${schedulingCause(condition.message ?? "")}`,
    pod,
    isYoung: ageMs <= youngMs,
    ...(absence === undefined ? {} : { absence }),
  };
}

/** A volume that cannot be mounted shows in events only: the pod's status says ContainerCreating for ever. */
function mountTrouble(pod: Pod, events: readonly Event[]): Trouble | undefined {
  if (podContainers(pod).some(({ status }) => hasRun(status))) return undefined;
  const event = events.findLast(({ reason }) => reason === "FailedMount" || reason === "FailedAttachVolume");
  if (event === undefined) return undefined;
  const message = event.message ?? "";
  const absence = absenceIn(message, pod.spec?.volumes);
  return {
    weight: absence === undefined ? "passing" : "final",
    reason: event.reason ?? "FailedMount",
    message,
    pod,
    ...(absence === undefined ? {} : { absence }),
  };
}

/** Then its volumes are mounted, whatever events tell of the time before. */
function hasRun({ state, lastState, restartCount = 0 }: ContainerStatus): boolean {
  return (
    state?.running !== undefined ||
    state?.terminated !== undefined ||
    lastState?.terminated !== undefined ||
    restartCount > 0
  );
}
