import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { startInformer } from "../../../../src/kubernetes/watch.ts";
import type { Pod } from "../kinds.ts";
import { controllerOf } from "../cluster.ts";
import type { Given, Scenario, Seen } from "./observed.ts";
import { startTestCluster, waitFor } from "./test-cluster.ts";
import type { TestCluster } from "./test-cluster.ts";

const paths: Readonly<Record<string, string>> = {
  ConfigMap: "/api/v1/namespaces/ns/configmaps",
  Secret: "/api/v1/namespaces/ns/secrets",
  ResourceQuota: "/api/v1/namespaces/ns/resourcequotas",
  Event: "/api/v1/namespaces/ns/events",
  Pod: "/api/v1/namespaces/ns/pods",
  Deployment: "/apis/apps/v1/namespaces/ns/deployments",
  ReplicaSet: "/apis/apps/v1/namespaces/ns/replicasets",
  StatefulSet: "/apis/apps/v1/namespaces/ns/statefulsets",
  DaemonSet: "/apis/apps/v1/namespaces/ns/daemonsets",
  ControllerRevision: "/apis/apps/v1/namespaces/ns/controllerrevisions",
  Job: "/apis/batch/v1/namespaces/ns/jobs",
  HorizontalPodAutoscaler: "/apis/autoscaling/v2/namespaces/ns/horizontalpodautoscalers",
};
const uid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const watched = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "HorizontalPodAutoscaler", "Job"];

interface Event extends KubernetesObject {
  involvedObject: { kind: string; name: string };
  reason: string;
  message: string;
}

export interface Replay {
  /** `Deployment NewReplicaSetCreated …`: what conditions said that nobody saw on the real cluster. */
  readonly unseen: readonly string[];
  /** `ReplicaSet/app-rs1 FailedCreate Error creating: …`, each once, sorted. */
  readonly events: readonly string[];
}

/**
 * Plays a recorded scenario against the sandbox's controllers: does what was given, takes the pods through the recorded statuses, and
 * after each waits until a client sees, in order, every status of Deployments, ReplicaSets and autoscalers that it saw on the real cluster.
 */
export async function replay(scenario: Scenario): Promise<Replay> {
  const cluster = await startTestCluster();
  const ended = new AbortController();
  try {
    const player = new Player(cluster);
    await player.watch(ended.signal);
    await player.play(scenario);
    return { unseen: player.unseen(scenario), events: player.events() };
  } finally {
    ended.abort();
    await cluster.stop();
  }
}

class Player {
  readonly #cluster: TestCluster;
  /** All distinct statuses so far, and how many of them are matched, by `deployment/app`. */
  readonly #statuses = new Map<string, { readonly all: object[]; matched: number }>();
  readonly #replicaSets: string[] = [];
  readonly #pods = new Map<string, Pod>();
  /** Recorded pods and the uid of the pod that plays each. */
  readonly #cast = new Map<string, string>();
  readonly #gone = new Set<string>();
  readonly #events = new Map<string, Event>();

  constructor(cluster: TestCluster) {
    this.#cluster = cluster;
  }

  async watch(signal: AbortSignal): Promise<void> {
    const { api } = this.#cluster;
    const follow = <T extends KubernetesObject>(kind: string, onEvent: (object: T) => void) =>
      startInformer<T>({ api, path: paths[kind] ?? "", signal, onEvent: ({ object }) => onEvent(object) });
    for (const kind of watched) await follow(kind, (object) => this.#see(object));
    await follow("ControllerRevision", ({ metadata }) => this.#name(metadata.name));
    await follow<Pod>("Pod", (pod) => this.#pods.set(pod.metadata.uid ?? "", pod));
    await follow<Event>("Event", (event) => this.#events.set(event.metadata.name, event));
  }

  async play({ given, seen }: Scenario): Promise<void> {
    let now = 0;
    const left = [...seen];
    for (const step of given) {
      if ("wait" in step) now += step.wait;
      else await this.#do(step);
      const until = now;
      if (!("wait" in step)) continue;
      while (left[0] !== undefined && left[0].at < until) await this.#expect(left.shift());
    }
    for (const each of left) await this.#expect(each);
  }

  unseen({ seen }: Scenario): string[] {
    const known = new Set(seen.flatMap((each) => sayings(each.what.split("/")[0] ?? "", each.status ?? {})));
    const said = Array.from(this.#statuses, ([what, { all }]) =>
      all.flatMap((status) => sayings(what.split("/")[0] ?? "", this.#renamed(status))),
    );
    return [...new Set(said.flat().filter((each) => !known.has(each)))];
  }

  events(): string[] {
    const all = Array.from(this.#events.values(), ({ involvedObject: { kind, name }, reason, message }) =>
      this.#renamed(`${kind}/${name} ${reason} ${message}`),
    );
    return [...new Set(all)].sort();
  }

  #see(object: KubernetesObject): void {
    const { kind, metadata, status = {} } = object;
    if (kind === "ReplicaSet") this.#name(metadata.name);
    const what = `${kind.toLowerCase()}/${metadata.name}`;
    const known = this.#statuses.get(what) ?? { all: [], matched: 0 };
    const said = JSON.parse(
      JSON.stringify(status, (key, value: unknown) => (isTime(key) ? undefined : value)),
    ) as object;
    if (!isDeepStrictEqual(known.all.at(-1), said)) known.all.push(said);
    this.#statuses.set(what, known);
  }

  /** Notes a name that is `app-rs1`, `app-rs2` … in the recording: of ReplicaSets, and of what StatefulSets have in their place. */
  #name(name: string): void {
    if (!this.#replicaSets.includes(name)) this.#replicaSets.push(name);
  }

  async #do(step: Exclude<Given, { wait: number }>): Promise<void> {
    if ("create" in step) await this.#cluster.create(paths[step.create.kind] ?? "", step.create);
    else await this.#cluster.patch(`/apis/apps/v1/namespaces/ns/${step.patch}`, step.body);
  }

  async #expect(seen: Seen | undefined): Promise<void> {
    if (seen === undefined || seen.what === "event") return;
    if (isPod(seen)) await this.#playPod(seen);
    else await this.#match(seen);
  }

  /** Waits for the next status that is as recorded; what comes between, a real client did not happen to see. */
  async #match({ what, status }: Seen): Promise<void> {
    const find = (): number => {
      const known = this.#statuses.get(this.#played(what));
      return (
        known?.all.findIndex(
          (each, index) => index >= known.matched && isDeepStrictEqual(this.#renamed(each), status),
        ) ?? -1
      );
    };
    const look = () => ({ wanted: status, found: find(), all: this.#statuses.get(this.#played(what)) });
    const { found, all } = await waitFor(what, look, (looked) => looked.found >= 0);
    if (all !== undefined) all.matched = found;
  }

  async #playPod({ what, status = {}, deleting = false, gone = false }: Seen): Promise<void> {
    const pod = await waitFor(
      what,
      () => this.#actor(what, deleting),
      (found) => found !== undefined,
    );
    const path = `${paths.Pod ?? ""}/${pod?.metadata.name ?? ""}`;
    const conditions = (status.conditions ?? []) as { type: string; status: string; message?: string }[];
    if (gone) {
      await this.#cluster.delete(path, { gracePeriodSeconds: 0 });
      this.#gone.add(pod?.metadata.uid ?? "");
    } else if (conditions.length > 1) {
      const live = await this.#cluster.get<Pod>(path);
      // Long enough ago that nobody has to wait for a back-off of ten seconds.
      const now = new Date(Date.now() - 9_000).toISOString();
      const played = JSON.parse(JSON.stringify(status).replaceAll("<time>", now)) as object;
      await this.#cluster.api.request({ method: "PUT", path: `${path}/status`, body: { ...live, status: played } });
    } else if (conditions[0] !== undefined) {
      const [wanted] = conditions;
      const scheduled = () => pod && this.#pods.get(pod.metadata.uid ?? "")?.status?.conditions?.[0];
      await waitFor(what, scheduled, (is) => is?.status === wanted.status && is.message === wanted.message);
    }
  }

  /** The pod that plays a recorded one. Which of its ReplicaSet's pods that is, is settled when it is first needed, and when one has to go. */
  #actor(what: string, deleting: boolean): Pod | undefined {
    const owner = this.#played(what.replace(/-p\d+$/, "").replace("pod/", "")).replace("replicaset/", "");
    const found = this.#pods.get(this.#cast.get(what) ?? "");
    const isNamed = /\/app-\d+$/.test(what);
    const named = [...this.#pods.values()].findLast((pod) => `pod/${pod.metadata.name}` === what);
    if (isNamed) return this.#gone.has(named?.metadata.uid ?? "") ? undefined : named;
    const fits = (pod: Pod | undefined) => (pod?.metadata.deletionTimestamp !== undefined) === deleting;
    if (found !== undefined && (!deleting || fits(found))) return found;
    const free = [...this.#pods.values()].filter((pod) => controllerOf(pod)?.name === owner && fits(pod));
    const taken = new Map(Array.from(this.#cast, ([name, uid]) => [uid, name]));
    const next = free.find((pod) => deleting || !taken.has(pod.metadata.uid ?? ""));
    if (next === undefined) return undefined;
    // Another pod was chosen to go than on the real cluster: the two change parts.
    const other = taken.get(next.metadata.uid ?? "");
    if (other !== undefined) this.#cast.set(other, this.#cast.get(what) ?? "");
    this.#cast.set(what, next.metadata.uid ?? "");
    return next;
  }

  /** The name here of what is `app-rs1` in the recording. */
  #played(what: string): string {
    return what.replace(/app-rs(\d+)/, (_, number: string) => this.#replicaSets[Number(number) - 1] ?? "none");
  }

  /** The same with the recording's names. */
  #renamed<T>(value: T): T {
    let text = JSON.stringify(value);
    for (const [name, uid] of this.#cast) {
      const pod = this.#pods.get(uid);
      if (pod !== undefined) text = text.replaceAll(pod.metadata.name, name.replace("pod/", ""));
    }
    for (const [index, name] of this.#replicaSets.entries()) text = text.replaceAll(name, `app-rs${index + 1}`);
    return withoutRefused(JSON.parse(text.replaceAll(uid, "<uid>")) as T);
  }
}

/** The same without the names of pods that were refused: nothing else tells what they would have been called. */
export function withoutRefused<T>(value: T): T {
  const text = JSON.stringify(value).replaceAll(/(pods \\"app-rs\d+-)[a-z0-9]+(\\" is forbidden)/g, "$1<name>$2");
  return JSON.parse(text) as T;
}

function isPod({ what }: Seen): boolean {
  return what.startsWith("pod/");
}

function isTime(key: string): boolean {
  return key.endsWith("Time");
}

/** What the conditions of a status say, a line each. */
function sayings(kind: string, status: object): string[] {
  const { conditions = [] } = status as {
    conditions?: { type: string; status: string; reason: string; message: string }[];
  };
  return conditions.map((each) => [kind, each.type, each.status, each.reason, each.message].join(" "));
}
