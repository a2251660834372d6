import { SlipwayError } from "../error.ts";
import type { KubernetesApi } from "./api.ts";
import { probableCause } from "./evidence/cause.ts";
import { lackingResources } from "./evidence/causes/scheduling.ts";
import { brokenContainers, containerLine, describeContainer } from "./evidence/containers.ts";
import type { EvidenceContainer } from "./evidence/containers.ts";
import { byTime, eventLines, newestEvents } from "./evidence/events.ts";
import type { EvidenceEvent } from "./evidence/events.ts";
import type { FieldHint } from "./evidence/field.ts";
import { readMostFree } from "./evidence/free-resources.ts";
import { readLogs } from "./evidence/log-tail.ts";
import type { EvidenceLog, LogSource } from "./evidence/log-tail.ts";
import { ownerOfPods, podsToTell } from "./evidence/told-pods.ts";
import type { KubernetesObject } from "./object.ts";
import { podTemplatePath } from "./pod-template.ts";
import { conditionOf } from "./readiness/objects.ts";
import type { Event, Pod, ReplicaSet } from "./readiness/objects.ts";
import type { Verdict } from "./readiness/verdict.ts";
import { selectByLabels, selectByName } from "./rollout/selectors.ts";
import { isWorkload } from "./rollout/watches.ts";

export type { EvidenceContainer, EvidenceEvent, EvidenceLog };

/** Pods of one revision fail alike: the states of two and the log of one prove as much as those of ten. */
const mostPods = 2;

/** What proves and explains a failed verdict. All of it comes from the cluster: untrusted text. */
export interface Evidence {
  /** The probable cause, one sentence. */
  readonly cause: string;
  /** What to change; `undefined` where nothing can be said. */
  readonly remedy?: string;
  /** Where in the object that is, from its root: the last step that its manifest has is the place to look at. */
  readonly field?: FieldHint;
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
 * Collects the proof for a verdict: the states of the newest revision's containers, the last log lines of the worst of them, and the
 * events of the object, its newest ReplicaSet and those pods. What cannot be read is left out; the rest is still worth telling.
 * @throws the signal's reason
 */
export async function collectEvidence(request: EvidenceRequest): Promise<Evidence> {
  const { api, object, verdict, signal = new AbortController().signal } = request;
  const { namespace } = object.metadata;
  if (namespace === undefined) return { cause: verdict.message, containers: [], events: [], logs: [] };
  const read = reader(api, namespace, signal);
  const { pods, owner } = await readPods(object, read);
  const told = podsToTell(object, owner, pods).slice(0, mostPods);
  const [events, logs, mostFree] = await Promise.all([
    readEvents([object, owner, ...told], read),
    readLogsOf(told[0], { api, namespace, signal }),
    readLacking(told[0], { api, signal }),
  ]);
  const { field, ...cause } = probableCause({ verdict, pods: told, events, object, mostFree });
  const root = podTemplatePath(object);
  return {
    ...cause,
    ...(field === undefined || root === undefined ? {} : { field: [...root, "spec", ...field] }),
    containers: told.flatMap((pod) => brokenContainers(pod).map((one) => describeContainer(pod.metadata.name, one))),
    events: newestEvents(events),
    logs,
  };
}

type Query = Readonly<Record<string, string>>;
/** Reads one kind: `root` is `/api/v1` or `/apis/GROUP/VERSION`. */
type Reader = <T>(kind: readonly [root: string, plural: string], query: Query) => Promise<readonly T[]>;

const podKind = ["/api/v1", "pods"] as const;
const eventKind = ["/api/v1", "events"] as const;
const replicaSetKind = ["/apis/apps/v1", "replicasets"] as const;

/** Reads lists of a namespace. One that the server refuses or does not answer is empty: the verdict stands without it. */
function reader(api: KubernetesApi, namespace: string, signal: AbortSignal): Reader {
  return async <T>([root, plural]: readonly [string, string], query: Query) => {
    try {
      const request = { method: "GET" as const, path: `${root}/namespaces/${namespace}/${plural}`, query, signal };
      return (await api.request<{ readonly items?: readonly T[] | null }>(request)).items ?? [];
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SlipwayError) return [];
      throw error;
    }
  };
}

async function readPods(object: KubernetesObject, read: Reader) {
  if (object.kind === "Pod") return { pods: await read<Pod>(podKind, selectByName([object])), owner: object };
  if (!isWorkload(object)) return { pods: [], owner: object };
  const selection = selectByLabels([object]);
  const [pods, replicaSets] = await Promise.all([
    read<Pod>(podKind, selection),
    object.kind === "Deployment" ? read<ReplicaSet>(replicaSetKind, selection) : [],
  ]);
  return { pods, owner: ownerOfPods(object, replicaSets) };
}

async function readEvents(about: readonly KubernetesObject[], read: Reader): Promise<readonly Event[]> {
  const uids = new Set(about.flatMap(({ metadata }) => metadata.uid ?? []));
  const lists = [...uids].map((uid) => read<Event>(eventKind, { fieldSelector: `involvedObject.uid=${uid}` }));
  return (await Promise.all(lists)).flat().sort(byTime);
}

/** What there is of the resources that no node has enough of. */
async function readLacking(pod: Pod | undefined, o: { readonly api: KubernetesApi; readonly signal: AbortSignal }) {
  const { status, message = "" } = (pod && conditionOf(pod, "PodScheduled")) ?? {};
  const resources = status === "False" ? lackingResources(message) : [];
  return resources.length === 0 ? undefined : readMostFree(o.api, { resources, signal: o.signal });
}

async function readLogsOf(pod: Pod | undefined, source: Omit<LogSource, "pod">): Promise<readonly EvidenceLog[]> {
  if (pod === undefined) return [];
  const logs = brokenContainers(pod).map((status) => readLogs({ ...source, pod: pod.metadata.name }, status));
  return (await Promise.all(logs)).flat();
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

/** The proof as lines. The cause is not among them: it is told before. */
export function describeEvidence({ containers, events, logs }: Evidence): string[] {
  return [
    ...containers.map(containerLine),
    ...(events.length === 0 ? [] : ["Events:", ...eventLines(events)]),
    ...logs.flatMap(({ pod, container, previous, lines }) => [
      `Last lines of ${pod}, container ${container}${previous ? ", the run before" : ""}:`,
      ...lines.map((line) => `  ${line}`),
    ]),
  ];
}

/** How much of the proof fits on a screen: the first log tells the most. */
const brief = { containers: 3, events: 4, logs: [14, 5], columns: 240 } as const;

/** The most telling part of the proof, at most a screen. */
export function inBrief({ containers, events, logs, ...rest }: Evidence): Evidence {
  const cut = (text: string): string => (text.length > brief.columns ? `${text.slice(0, brief.columns - 1)}…` : text);
  return {
    ...rest,
    containers: containers.slice(0, brief.containers).map((each) => ({ ...each, state: cut(each.state) })),
    events: events.slice(-brief.events).map((each) => ({ ...each, message: cut(each.message) })),
    logs: brief.logs.flatMap((most, index) => {
      const log = logs[index];
      return log === undefined ? [] : [{ ...log, lines: log.lines.slice(-most).map(cut) }];
    }),
  };
}

/** The proof with each text of the cluster's changed by `hide`: containers print what they were given in confidence. */
export function conceal(evidence: Evidence, hide: (text: string) => string): Evidence {
  const { cause, remedy, containers, events, logs } = evidence;
  return {
    ...evidence,
    cause: hide(cause),
    ...(remedy === undefined ? {} : { remedy: hide(remedy) }),
    containers: containers.map((each) => ({ ...each, state: hide(each.state) })),
    events: events.map((each) => ({ ...each, message: hide(each.message) })),
    logs: logs.map((each) => ({ ...each, lines: each.lines.map(hide) })),
  };
}
