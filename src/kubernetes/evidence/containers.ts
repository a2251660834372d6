import { describeExit } from "../readiness/exit.ts";
import { causeOf } from "../readiness/kubelet-words.ts";
import type { ContainerState, ContainerStatus, Pod } from "../readiness/objects.ts";
import { shortImage } from "./image-name.ts";

/** A container that is not well, as the kubelet tells it. */
export interface EvidenceContainer {
  readonly pod: string;
  readonly container: string;
  readonly image: string;
  /** "waiting: CrashLoopBackOff, before that ended with exit code 1". */
  readonly state: string;
  /** Kubernetes' own word for the state, "" where it has none. */
  readonly reason: string;
  /** Of this run or the one before, where one of them has ended. */
  readonly exitCode?: number;
  readonly restarts: number;
}

/** Those that are neither ready nor have done what they were there for, in the order in which they run. */
export function brokenContainers({ status }: Pod): readonly ContainerStatus[] {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const broken = all.filter(({ ready, state }) => ready !== true && state?.terminated?.exitCode !== 0);
  // Those that only wait for an init container to end say nothing.
  const telling = broken.filter(({ state }) => state?.waiting?.reason !== "PodInitializing");
  return telling.length > 0 ? telling : broken;
}

export function describeContainer(pod: string, status: ContainerStatus): EvidenceContainer {
  const { state = {}, lastState = {} } = status;
  const last = state.terminated ?? lastState.terminated;
  const before = lastState.terminated === undefined ? "" : `, before that ${describeState(status, lastState)}`;
  return {
    pod,
    container: status.name,
    image: status.image ?? "",
    state: `${describeState(status, state)}${before}`,
    reason: state.terminated?.reason ?? state.waiting?.reason ?? "",
    ...(last === undefined ? {} : { exitCode: last.exitCode }),
    restarts: status.restartCount ?? 0,
  };
}

function describeState({ image = "" }: ContainerStatus, { waiting, running, terminated }: ContainerState): string {
  if (terminated !== undefined) return `ended with ${describeExit(terminated)}`;
  if (running !== undefined) return "running, not ready";
  if (waiting === undefined) return "not started";
  const { reason = "", message = "" } = waiting;
  // How long the back-off is, and of what pod, is no news.
  const words = reason === "CrashLoopBackOff" ? "" : causeOf(message, image);
  return `waiting: ${[reason, words].filter(Boolean).join(": ")}`;
}

export function containerLine({ pod, container, image, state, restarts }: EvidenceContainer): string {
  const often = restarts === 0 ? "" : `, ${restarts} ${restarts === 1 ? "restart" : "restarts"}`;
  return `${pod}, container ${container} (${shortImage(image)}): ${state}${often}`;
}
