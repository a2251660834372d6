import type { KubernetesApi } from "./api.ts";
import { ApiError } from "./api-error.ts";
import { readLogTail } from "./evidence/log-tail.ts";
import { eventLines, newestEvents } from "./evidence/events.ts";
import type { EvidenceEvent } from "./evidence/events.ts";
import type { KubernetesObject } from "./object.ts";
import { newestReplicaSet } from "./readiness/deployment.ts";
import { describeExit } from "./readiness/exit.ts";
import { isOwnedBy } from "./readiness/objects.ts";
import type { ContainerState, ContainerStatus, Event, Pod, ReplicaSet } from "./readiness/objects.ts";
import { troubleOf } from "./readiness/pod-trouble.ts";
import type { Verdict } from "./readiness/verdict.ts";

/** Pods of one revision fail alike: the states of two and the log of one prove as much as those of ten. */
const mostPods = 2;

/** A container that is not well, as the kubelet tells it. */
export interface EvidenceContainer {
  readonly pod: string;
  readonly container: string;
  readonly image: string;
  /** "waiting: CrashLoopBackOff", "ended: exit code 1". */
  readonly state: string;
  readonly restarts: number;
}

/** The last lines that a container wrote. */
export interface EvidenceLog {
  readonly pod: string;
  readonly container: string;
  /** Whether it is the run before the present one. */
  readonly previous: boolean;
  readonly lines: readonly string[];
}

/** What proves and explains a failed verdict. All of it comes from the cluster: untrusted text. */
export interface Evidence {
  /** The probable cause, one sentence. */
  readonly cause: string;
  readonly containers: readonly EvidenceContainer[];
  /** Oldest first. */
  readonly events: readonly EvidenceEvent[];
  readonly logs: readonly EvidenceLog[];
}

export interface EvidenceRequest {
  readonly api: KubernetesApi;
  /** The object as it was last seen. */
  readonly object: KubernetesObject;
  readonly verdict: Verdict;
  readonly signal?: AbortSignal;
}

/**
 * Collects the proof for a verdict: the states of the newest revision's containers, their last log lines of this run and the one before,
 * and the events of the object, its newest ReplicaSet and those pods. What cannot be read is left out; the rest is still worth telling.
 */
export async function collectEvidence({ api, object, verdict, signal }: EvidenceRequest): Promise<Evidence> {
  const namespace = object.metadata.namespace ?? "";
  const core = `/api/v1/namespaces/${namespace}`;
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const answer = api.request<{ items: T[] }>({ method: "GET", path, ...(signal && { signal }) });
    return (await unlessRefused(answer))?.items ?? [];
  };
  if (namespace === "") return { cause: verdict.message, containers: [], events: [], logs: [] };
  const [pods, replicaSets, events] = await Promise.all([
    list<Pod>(`${core}/pods`),
    object.kind === "Deployment" ? list<ReplicaSet>(`/apis/apps/v1/namespaces/${namespace}/replicasets`) : [],
    list<Event>(`${core}/events`),
  ]);
  const replicaSet = newestReplicaSet(object, replicaSets);
  const own = pods.filter((pod) => pod.metadata.uid === object.metadata.uid || isOwnedBy(pod, replicaSet ?? object));
  const broken = own.filter((pod) => troubleOf(pod, { events, now: new Date() }) !== undefined);
  const told = (broken.length > 0 ? broken : own.filter(isNotReady)).slice(0, mostPods);
  const about = new Set(
    [object, ...(replicaSet === undefined ? [] : [replicaSet]), ...told].map(({ metadata }) => metadata.uid),
  );
  const containers = told.flatMap((pod) => brokenContainers(pod).map((status) => ({ pod: pod.metadata.name, status })));
  return {
    cause: verdict.message,
    containers: containers.map(({ pod, status }) => describeContainer(pod, status)),
    events: newestEvents(events.filter(({ involvedObject }) => about.has(involvedObject?.uid))),
    logs: await readLogs({
      api,
      namespace,
      containers: containers.filter(({ pod }) => pod === told[0]?.metadata.name),
      ...(signal && { signal }),
    }),
  };
}

function isNotReady({ status }: Pod): boolean {
  return !(status?.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");
}

function brokenContainers({ status }: Pod): readonly ContainerStatus[] {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return all.filter(({ ready, state }) => ready !== true && state?.terminated?.exitCode !== 0);
}

function describeContainer(pod: string, status: ContainerStatus): EvidenceContainer {
  const last = status.lastState?.terminated;
  const before = last === undefined ? "" : `, before that ${describeState({ terminated: last })}`;
  return {
    pod,
    container: status.name,
    image: status.image ?? "",
    state: `${describeState(status.state ?? {})}${before}`,
    restarts: status.restartCount ?? 0,
  };
}

function describeState({ waiting, running, terminated }: ContainerState): string {
  if (terminated !== undefined) return `ended with ${describeExit(terminated)}`;
  if (waiting !== undefined) return `waiting: ${[waiting.reason, waiting.message].filter(Boolean).join(": ")}`;
  return running === undefined ? "not started" : "running, not ready";
}

interface LogsRequest {
  readonly api: KubernetesApi;
  readonly namespace: string;
  readonly containers: readonly { readonly pod: string; readonly status: ContainerStatus }[];
  readonly signal?: AbortSignal;
}

/** The present run's lines; those of the run before where the present one has none yet. */
async function readLogs({ containers, ...source }: LogsRequest): Promise<EvidenceLog[]> {
  const logs = containers.map(async ({ pod, status }) => {
    for (const previous of [false, true]) {
      if (previous && status.lastState?.terminated === undefined) break;
      const lines = await unlessRefused(readLogTail({ ...source, pod, container: status.name, previous }));
      if (lines !== undefined && lines.length > 0) return [{ pod, container: status.name, previous, lines }];
    }
    return [];
  });
  return (await Promise.all(logs)).flat();
}

/** Permissions may end before the proof does: no logs for this user, no such container yet. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/**
 * What the program itself said was wrong: the last line that names an error, else the last line. Undefined without a log.
 */
export function lastWords({ logs }: Evidence): string | undefined {
  const lines = logs[0]?.lines ?? [];
  const error = lines.findLast((line) =>
    /^\s*(?:[\w.$]*(?:Error|Exception)\b|(?:uncaught|fatal|panic|error)\b)/i.test(line),
  );
  return (error ?? lines.at(-1))?.trim();
}

/** The proof as lines for a log, at most a screen. The cause is not among them: it is told before. */
export function describeEvidence({ containers, events, logs }: Evidence): string[] {
  return [
    ...containers.map(({ pod, container, image, state, restarts }) => {
      const often = restarts === 0 ? "" : `, ${restarts} ${restarts === 1 ? "restart" : "restarts"}`;
      return `${pod}, container ${container} (${shortImage(image)}): ${state}${often}`;
    }),
    ...(events.length === 0 ? [] : ["Events:", ...eventLines(events)]),
    ...logs.flatMap(({ pod, container, previous, lines }) => [
      `Last lines of ${pod}, container ${container}${previous ? ", the run before" : ""}:`,
      ...lines.map((line) => `  ${line}`),
    ]),
  ];
}

/** Twelve digits of a digest tell images apart. */
function shortImage(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, "$1");
}
