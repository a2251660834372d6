import { podConditions, withTransitions } from "./pod-conditions.ts";
import { isTerminal } from "./pod.ts";
import type { Container, ContainerState, ContainerStatus, Phase, Pod, PodStatus } from "./pod.ts";
import { timestamp } from "../timestamp.ts";

/** One attempt at running a container: what became of it so far. Times are milliseconds since the epoch. */
export interface Run {
  readonly id: string;
  /** How many attempts there were before. */
  readonly attempt: number;
  readonly image: string;
  readonly imageId: string;
  readonly startedAt: number;
  readonly end?: { readonly at: number; readonly exitCode: number; readonly reason: string; readonly message?: string };
}

/** Why a container could not be started: it shows as its waiting state. */
export interface StartProblem {
  readonly reason: string;
  readonly message: string;
}

/** What the kubelet knows of a pod at one moment. */
export interface PodObservation {
  readonly pod: Pod;
  /** What was last reported, or what the API server has. */
  readonly previous: PodStatus;
  readonly hostAddress: string;
  /** Set while the pod's network stands. */
  readonly podAddress: string | undefined;
  /** Attempts by container, newest first. */
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  readonly problems: ReadonlyMap<string, StartProblem>;
  readonly probes: { isStarted(container: string): boolean; isReady(container: string): boolean };
  /** No container runs any more, and none will be started again. */
  readonly ended: boolean;
  readonly now: number;
}

/**
 * The status to report, as the kubelet computes it (pkg/kubelet/kubelet_pods.go: generateAPIPodStatus and what it calls).
 * `finished`: the pod is over and its remains are to be cleared; a final phase is reported only once that has been done.
 */
export function podStatus(o: PodObservation): { status: PodStatus; finished: boolean } {
  const initContainers = o.pod.spec.initContainers ?? [];
  const initStatuses = initContainers.map((container) => containerStatus(container, { ...o, isInit: true }));
  const statuses = o.pod.spec.containers
    .map((container) => containerStatus(container, { ...o, isInit: false }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const previous = o.previous.phase ?? "Pending";
  const computed = phaseOf(o, initStatuses, statuses);
  const phase = isTerminal(previous) ? previous : computed;
  const hasNetwork = o.podAddress !== undefined;
  const conditions = podConditions({ pod: o.pod, phase, initStatuses, statuses, hasNetwork });
  const now = timestamp(o.now);
  const address = o.podAddress ?? o.previous.podIP;
  const status: PodStatus = {
    observedGeneration: o.pod.metadata.generation,
    phase: isTerminal(phase) && !o.ended ? previous : phase,
    conditions: withTransitions({ pod: o.pod, conditions, previous: o.previous.conditions ?? [], now }),
    hostIP: o.hostAddress,
    hostIPs: [{ ip: o.hostAddress }],
    ...(address === undefined ? {} : { podIP: address, podIPs: [{ ip: address }] }),
    startTime: o.previous.startTime ?? now,
    ...(initStatuses.length === 0 ? {} : { initContainerStatuses: initStatuses }),
    containerStatuses: statuses,
  };
  return { status, finished: isTerminal(phase) };
}

/** Whether the restart policy asks for another attempt after the latest one. */
export function wantsStart(o: {
  readonly pod: Pod;
  readonly latest: Run | undefined;
  readonly isInit: boolean;
}): boolean {
  const end = o.latest?.end;
  if (o.latest === undefined) return true;
  if (end === undefined || o.pod.metadata.deletionTimestamp !== undefined) return false;
  const policy = o.pod.spec.restartPolicy ?? "Always";
  if (policy === "Never" || (o.isInit && end.exitCode === 0)) return false;
  return policy === "Always" || end.exitCode !== 0;
}

function containerStatus(container: Container, o: PodObservation & { readonly isInit: boolean }): ContainerStatus {
  const { pod, previous, isInit } = o;
  const [latest, before] = o.runs.get(container.name) ?? [];
  const old = (isInit ? previous.initContainerStatuses : previous.containerStatuses)?.find(
    (each) => each.name === container.name,
  );
  if (latest === undefined && old?.state.terminated) return old;
  let state = latest ? stateOf(latest) : firstState(o);
  let lastState = before ? stateOf(before) : latest ? {} : (old?.lastState ?? {});
  const problem = o.problems.get(container.name);
  if (problem !== undefined && !o.ended && wantsStart({ pod, latest, isInit })) {
    if (state.terminated) lastState = state;
    state = { waiting: { ...problem } };
  }
  const running = state.running !== undefined;
  return {
    name: container.name,
    state,
    lastState,
    ready: isInit ? state.terminated?.exitCode === 0 : running && o.probes.isReady(container.name),
    started: running && o.probes.isStarted(container.name),
    restartCount: latest?.attempt ?? old?.restartCount ?? 0,
    image: latest?.image ?? container.image,
    imageID: latest?.imageId ?? "",
    ...(latest === undefined ? {} : { containerID: containerId(latest) }),
  };
}

/** A container that was never started waits; once the pod is over, it counts as lost. */
function firstState({ pod, ended, isInit }: PodObservation & { readonly isInit: boolean }): ContainerState {
  const hasInit = (pod.spec.initContainers ?? []).length > 0;
  if (!ended || isInit || hasInit) return { waiting: { reason: hasInit ? "PodInitializing" : "ContainerCreating" } };
  const message = "The container could not be located when the pod was terminated";
  const never = { startedAt: null, finishedAt: null, containerID: "" };
  return { terminated: { exitCode: 137, reason: "ContainerStatusUnknown", message, ...never } };
}

function stateOf(run: Run): ContainerState {
  const startedAt = timestamp(run.startedAt);
  if (run.end === undefined) return { running: { startedAt } };
  const { at, ...rest } = run.end;
  return { terminated: { ...rest, startedAt, finishedAt: timestamp(at), containerID: containerId(run) } };
}

/** Says that no container runtime made it. */
function containerId(run: Run): string {
  return `process://${run.id}`;
}

/** The kubelet's getPhase(). */
function phaseOf(o: PodObservation, init: readonly ContainerStatus[], main: readonly ContainerStatus[]): Phase {
  const policy = o.pod.spec.restartPolicy ?? "Always";
  const initFailed = init.some(({ state, lastState }) => (state.terminated ?? lastState.terminated)?.exitCode);
  if (initFailed && policy === "Never") return "Failed";
  if (init.some(({ state, lastState }) => !state.terminated && !lastState.terminated) && !o.ended) return "Pending";
  const running = main.filter(({ state }) => state.running).length;
  const stopped = main.filter(({ state, lastState }) => state.terminated ?? (state.waiting && lastState.terminated));
  if (running + stopped.length < main.length) return o.ended ? "Failed" : "Pending";
  if (running > 0) return "Running";
  const allSucceeded = stopped.every(({ state }) => state.terminated?.exitCode === 0);
  if (o.ended) return allSucceeded ? "Succeeded" : "Failed";
  if (policy === "Always") return "Running";
  if (allSucceeded) return "Succeeded";
  return policy === "Never" ? "Failed" : "Running";
}
