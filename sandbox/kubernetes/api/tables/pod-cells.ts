import type { V1ContainerStatus, V1Pod } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Draft, Loose } from "../kinds/rules.ts";
import type { Cell } from "./cells.ts";
import { age, none, orNone } from "./text.ts";

type Pod = Draft<V1Pod> & KubernetesObject;
type Status = Loose<V1ContainerStatus>;

/** printPod of k8s.io/kubernetes/pkg/printers/internalversion. */
export function podCells(pod: Pod): Cell[] {
  const { spec = {}, status = {} } = pod;
  const sidecars = new Set((spec.initContainers ?? []).filter((c) => c.restartPolicy === "Always").map((c) => c.name));
  const counted = [
    ...(status.initContainerStatuses ?? []).filter((s) => sidecars.has(s.name)),
    ...(status.containerStatuses ?? []),
  ];
  const gates = (spec.readinessGates ?? []).map((gate) => gate.conditionType);
  const open = gates.filter((type) => status.conditions?.some((c) => c.type === type && c.status === "True"));
  return [
    pod.metadata.name,
    `${counted.filter((s) => s.ready === true).length}/${(spec.containers ?? []).length + sidecars.size}`,
    statusText(pod, sidecars),
    restarts(isInitialising(pod, sidecars) ? (status.initContainerStatuses ?? []) : counted),
    age(pod.metadata.creationTimestamp),
    orNone(status.podIP),
    orNone(spec.nodeName),
    orNone(status.nominatedNodeName),
    gates.length === 0 ? none : `${open.length}/${gates.length}`,
  ];
}

function restarts(statuses: readonly Status[]): string {
  const count = statuses.reduce((sum, status) => sum + (status.restartCount ?? 0), 0);
  const ends = statuses.flatMap((status) => status.lastState?.terminated?.finishedAt ?? []).sort();
  const last = ends.at(-1);
  return count > 0 && last !== undefined ? `${count} (${age(last)} ago)` : String(count);
}

function statusText(pod: Pod, sidecars: ReadonlySet<string | undefined>): string {
  const { status = {} } = pod;
  if (pod.metadata.deletionTimestamp !== undefined) return status.reason === "NodeLost" ? "Unknown" : "Terminating";
  const gated = status.conditions?.some((c) => c.type === "PodScheduled" && c.reason === "SchedulingGated") ?? false;
  const reason = status.reason || (gated ? "SchedulingGated" : (status.phase ?? ""));
  return initialising(pod, sidecars) ?? running(pod, reason);
}

function isInitialising(pod: Pod, sidecars: ReadonlySet<string | undefined>): boolean {
  return initialising(pod, sidecars) !== undefined;
}

/** `Init:…` for the first init container that is not done; undefined once all are. */
function initialising(pod: Pod, sidecars: ReadonlySet<string | undefined>): string | undefined {
  const statuses = pod.status?.initContainerStatuses ?? [];
  for (const [index, { name, state, started }] of statuses.entries()) {
    if (state?.terminated?.exitCode === 0 || (sidecars.has(name) && started === true)) continue;
    if (state?.terminated !== undefined) return `Init:${ended(state.terminated)}`;
    const waiting = state?.waiting?.reason ?? "";
    if (waiting !== "" && waiting !== "PodInitializing") return `Init:${waiting}`;
    return `Init:${index}/${(pod.spec?.initContainers ?? []).length}`;
  }
  return undefined;
}

/** The first container that is waiting or has ended gives the word. */
function running(pod: Pod, reason: string): string {
  const statuses = pod.status?.containerStatuses ?? [];
  let word = reason;
  let isRunning = false;
  for (const { state, ready } of [...statuses].reverse()) {
    if (state?.waiting?.reason) word = state.waiting.reason;
    else if (state?.terminated !== undefined) word = ended(state.terminated);
    else if (ready === true && state?.running !== undefined) isRunning = true;
  }
  if (word !== "Completed" || !isRunning) return word;
  const isReady = pod.status?.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
  return isReady ? "Running" : "NotReady";
}

interface Ended {
  readonly reason?: string | undefined;
  readonly signal?: number | undefined;
  readonly exitCode?: number | undefined;
}

function ended({ reason, signal, exitCode }: Ended): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`);
}
