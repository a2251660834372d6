import { SlipwayError } from "../error.ts";
import type { Clock } from "../runner/clock.ts";
import { ApiError } from "./api-error.ts";
import type { KubernetesApi } from "./api.ts";
import { objectPath } from "./discovery.ts";
import type { Discovery, ResourceKind } from "./discovery.ts";
import type { KubernetesObject } from "./object.ts";
import { podTemplateOf } from "./pod-template.ts";
import { readiness } from "./readiness.ts";
import type { Related, StorageClass, Verdict } from "./readiness.ts";
import { isOwnKind } from "./readiness/custom-kinds.ts";
import { numberOf, specOf } from "./readiness/objects.ts";
import type { Pod } from "./readiness/objects.ts";
import { current, failed, inProgress } from "./readiness/verdict.ts";
import { Absences } from "./rollout/absences.ts";
import { Belongings } from "./rollout/belongings.ts";
import { Nodes } from "./rollout/nodes.ts";
import { ServerTime } from "./rollout/server-time.ts";
import { Warnings } from "./rollout/warnings.ts";
import { isWorkload, Watches } from "./rollout/watches.ts";

export interface RolloutTarget {
  /** As the cluster answered when it was applied or read. */
  readonly object: KubernetesObject;
  /** Its kind, where the cluster may not have had it when it was asked. */
  readonly kind?: ResourceKind;
  /** How long this one may take, from the start of the rollout; without it, until the deadline of all. */
  readonly timeoutMs?: number;
  /** Others wait for it, so that a Job has to complete: to have started is not enough. */
  readonly untilComplete?: boolean;
}

export interface RolloutResult<T extends RolloutTarget> {
  readonly target: T;
  /** As it was last seen. */
  readonly object: KubernetesObject;
  readonly verdict: Verdict;
  /**
   * Which time was up before it was current: that of all, or its `own`. Without one, a verdict in progress means that another object failed
   * first.
   */
  readonly timedOut?: "all" | "own";
}

export interface RolloutOptions<T extends RolloutTarget> {
  readonly api: KubernetesApi;
  readonly discovery: Discovery;
  readonly targets: readonly T[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** When the time is up, on `clock`. */
  readonly deadlineMs: number;
  /** Told of each target that has to be waited for whenever there is something new to say about it. */
  readonly onVerdict?: (target: T, verdict: Verdict) => void;
  /** Told of all pods of the targets whenever something has changed, before what is made of it. */
  readonly onPods?: (pods: readonly Pod[]) => void;
  /** Told what the user may not watch: then failures show later. */
  readonly onBlind?: (what: string, error: ApiError) => void;
}

/** A failure has to last for this long: watches of several kinds do not arrive in step, and what they show together may never have been. */
const settleMs = 250;
/**
 * A container without a readiness probe is ready as soon as it runs, also one that crashes a second later. What nobody probes has to stay
 * current for this long.
 */
const steadyMs = 2_000;
/** Some verdicts change with time alone. */
const tickMs = 1_000;
const burstMs = 20;
const sightLimitMs = 5_000;

/**
 * Watches until every object is current, one has failed, or the time is up, and tells how far each is. Objects that are current as
 * they are given cost no request.
 * @throws the signal's reason, or `unreachable` where the server could not be seen any more when the time was up
 */
export async function watchRollout<T extends RolloutTarget>(
  options: RolloutOptions<T>,
): Promise<readonly RolloutResult<T>[]> {
  const rollout = new Rollout(options);
  if (!rollout.isDone()) await rollout.watch();
  return rollout.results();
}

/** What is known of one target. */
interface Track<T> {
  readonly target: T;
  object: KubernetesObject;
  verdict: Verdict;
  /** What was said about it last. */
  told: string;
  /** Since when it is current without a break, on the clock. */
  currentSince?: number | undefined;
}

class Rollout<T extends RolloutTarget> {
  readonly #options: RolloutOptions<T>;
  readonly #kinds: Pick<Discovery, "find">;
  readonly #tracks: Track<T>[];
  readonly #time: ServerTime;
  readonly #startedMs: number;
  readonly #warnings: Map<string, Warnings>;
  readonly #nodes: Nodes | undefined;
  readonly #absences: Absences;
  #storageClasses: readonly StorageClass[] | undefined;
  #failedSince: number | undefined;
  #isTimeUp = false;
  #wake = (): void => undefined;

  constructor(options: RolloutOptions<T>) {
    const { targets, clock, api } = options;
    this.#options = options;
    this.#kinds = withKindsOf(targets, options.discovery);
    this.#startedMs = clock.now();
    this.#time = new ServerTime(clock);
    this.#absences = new Absences({ api, clock });
    for (const { object } of targets) this.#time.learn(object);
    // No storage classes: not read yet, which is not the same as not readable.
    const related = { pods: [], replicaSets: [], storageClasses: [], now: this.#time.now() };
    this.#tracks = targets.map((target) => {
      const hasStatus = this.#hasStatus(target.object);
      const isWatchable = this.#isWatchable(target.object);
      const verdict = isWatchable ? judged(target, target.object, { ...related, hasStatus }) : current("NotWatched");
      return { target, object: target.object, verdict, told: "" };
    });
    const makers = this.#waitedFor().filter(({ object }) => isWorkload(object) || object.kind === "Pod");
    const namespaces = new Set(makers.map(({ object }) => object.metadata.namespace ?? ""));
    const onEvent = (): void => this.#wake();
    this.#warnings = new Map(
      [...namespaces].map((namespace) => [namespace, new Warnings({ api, namespace, clock, onEvent })]),
    );
    const isForNodes = makers.some(({ object }) => object.kind === "DaemonSet");
    this.#nodes = isForNodes ? new Nodes({ api, clock }) : undefined;
  }

  /** Of a kind that cannot be watched, applied is all that can be known. */
  #isWatchable({ apiVersion, kind }: KubernetesObject): boolean {
    return this.#kinds.find(apiVersion, kind)?.verbs.includes("watch") === true;
  }

  #hasStatus({ apiVersion, kind }: KubernetesObject): boolean {
    return this.#kinds.find(apiVersion, kind)?.subresources.includes("status") === true;
  }

  isDone(): boolean {
    return this.#waitedFor().length === 0;
  }

  results(): readonly RolloutResult<T>[] {
    return this.#tracks.map((track) => {
      const { target, object, verdict } = track;
      const timedOut = this.#isOverdue(track) ? "own" : this.#isTimeUp ? "all" : undefined;
      return {
        target,
        object,
        verdict,
        ...(timedOut === undefined || verdict.status !== "in-progress" ? {} : { timedOut }),
      };
    });
  }

  async watch(): Promise<void> {
    const { api, clock, onBlind } = this.#options;
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, stop.signal]);
    const onChange = (object: KubernetesObject) => {
      this.#time.learn(object);
      this.#wake();
    };
    const watches = new Watches({
      api,
      kinds: this.#kinds,
      clock,
      signal,
      onChange,
      onBlind: onBlind ?? (() => undefined),
    });
    const watched = this.#waitedFor();
    try {
      await Promise.all([watches.start(watched.map(({ object }) => object)), this.#readStorageClasses(signal)]);
      for (const warnings of this.#warnings.values()) void warnings.follow(signal);
      while (!this.#judge(watched, watches, signal) && !this.#isTimeUp) {
        await this.#pause(signal);
        this.#isTimeUp = clock.now() >= this.#options.deadlineMs;
      }
    } finally {
      stop.abort();
      watches.stop();
    }
    if (this.#isTimeUp) await this.#proveSight();
  }

  #waitedFor(): Track<T>[] {
    return this.#tracks.filter(({ verdict }) => verdict.status !== "current");
  }

  /** Looks at everything that is watched. Returns whether the rollout has come to its end. */
  #judge(watched: readonly Track<T>[], watches: Watches, signal: AbortSignal): boolean {
    this.#options.signal.throwIfAborted();
    watches.throwIfFailed();
    const { pods } = watches;
    this.#options.onPods?.(pods);
    const belongings = new Belongings(pods, watches.replicaSets);
    for (const track of watched) {
      this.#judgeOne(track, watches.find(track.object), belongings);
      this.#confirmAbsence(track, signal);
    }
    if (watched.some((track) => this.#isOverdue(track))) return true;
    const isFailed = isLost(watched);
    this.#failedSince = isFailed ? (this.#failedSince ?? this.#options.clock.now()) : undefined;
    const isSettled = isFailed && this.#settlesInMs() <= 0;
    for (const track of watched) if (track.verdict.status !== "failed" || isSettled) this.#tell(track);
    return isSettled || watched.every(({ verdict }) => verdict.status === "current");
  }

  #judgeOne(track: Track<T>, object: KubernetesObject | undefined, belongings: Belongings): void {
    // A Job that has started is current, whatever becomes of it while others are still waited for.
    if (track.verdict.reason === "Started") return;
    if (object === undefined || object.metadata.uid !== track.object.metadata.uid) {
      const what = object === undefined ? "deleted" : "deleted and made anew";
      track.verdict = failed("Deleted", `it was ${what} by somebody else while it was rolled out`);
      return;
    }
    const pods = belongings.podsOf(object);
    const replicaSets = belongings.replicaSetsOf(object);
    const related: Related = {
      pods,
      replicaSets,
      events: this.#warnings.get(object.metadata.namespace ?? "")?.about([object, ...replicaSets, ...pods]) ?? [],
      hasStatus: this.#hasStatus(object),
      now: this.#time.now(),
      ...(this.#nodes?.nodes === undefined ? {} : { nodes: this.#nodes.nodes }),
      ...(this.#storageClasses === undefined ? {} : { storageClasses: this.#storageClasses }),
    };
    track.object = object;
    track.verdict = this.#steady(track, judged(track.target, object, related));
  }

  /** Takes a failure back whose cause is gone by now: the kubelet has not looked again yet. */
  #confirmAbsence(track: Track<T>, signal: AbortSignal): void {
    const { verdict, object } = track;
    if (verdict.status !== "failed" || verdict.absence === undefined) return;
    const namespace = object.metadata.namespace ?? "";
    const onAnswer = (): void => this.#wake();
    const isAbsent = this.#absences.isAbsent(verdict.absence, { namespace, signal, onAnswer });
    if (isAbsent === true) return;
    const { kind, name } = verdict.absence;
    track.verdict =
      isAbsent === undefined
        ? inProgress("NotObserved", verdict.message)
        : inProgress("Absent", `needs the ${kind} ${name}, which is there now, and which its node will see soon`);
  }

  /** Its own time is up, and it is not current. */
  #isOverdue({ target, verdict }: Track<T>): boolean {
    const elapsedMs = this.#options.clock.now() - this.#startedMs;
    return verdict.status !== "current" && elapsedMs >= (target.timeoutMs ?? Infinity);
  }

  #steady(track: Track<T>, verdict: Verdict): Verdict {
    const now = this.#options.clock.now();
    track.currentSince = verdict.status === "current" ? (track.currentSince ?? now) : undefined;
    if (track.currentSince === undefined || now - track.currentSince >= steadyMs || isProbed(track.object))
      return verdict;
    return inProgress("Unprobed", `${verdict.message}; nothing probes whether that is true, so it has to last`);
  }

  /** That a controller has not seen a change yet is true of everything for a moment, and not worth a line. */
  #tell(track: Track<T>): void {
    const { status, reason, message } = track.verdict;
    const text = `${status}: ${message}`;
    if (text === track.told || reason === "NotObserved") return;
    track.told = text;
    this.#options.onVerdict?.(track.target, track.verdict);
  }

  #settlesInMs(): number {
    const { clock } = this.#options;
    return (this.#failedSince ?? clock.now()) + settleMs - clock.now();
  }

  /** Until something changes, or a look is due anyway. A burst of changes is one. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { clock, deadlineMs } = this.#options;
    void this.#nodes?.refresh(signal).then((isNew) => {
      if (isNew) this.#wake();
    });
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    const untilMs = this.#failedSince === undefined ? tickMs : this.#settlesInMs();
    const limitMs = Math.max(0, Math.min(untilMs, deadlineMs - clock.now()));
    // Whichever comes first ends the pause; the caller looks at the signal itself.
    await clock.sleep(limitMs, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    await clock.sleep(Math.min(burstMs, limitMs), signal).catch(() => undefined);
  }

  async #readStorageClasses(signal: AbortSignal): Promise<void> {
    if (!this.#waitedFor().some(({ object }) => object.kind === "PersistentVolumeClaim")) return;
    try {
      const { items } = await this.#options.api.request<{ readonly items?: readonly StorageClass[] | null }>({
        method: "GET",
        path: "/apis/storage.k8s.io/v1/storageclasses",
        signal,
      });
      this.#storageClasses = items ?? [];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#options.onBlind?.("storageclasses", error);
    }
  }

  /** A rollout that was not current in time is one thing, a server that we could not see any more another. */
  async #proveSight(): Promise<void> {
    const { api, clock, signal } = this.#options;
    const object = this.#waitedFor()[0]?.object;
    const kind = object && this.#kinds.find(object.apiVersion, object.kind);
    if (object === undefined || kind === undefined) return;
    const path = objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
    const limit = new AbortController();
    const timer = clock.sleep(sightLimitMs, limit.signal).then(
      () => limit.abort(blind(path)),
      () => undefined,
    );
    try {
      // The client's own reason tells more, so it is given the time to find one.
      const deadlineMs = clock.now() + sightLimitMs / 2;
      await api.request({ method: "GET", path, deadlineMs, signal: AbortSignal.any([signal, limit.signal]) });
    } catch (error) {
      if (error instanceof ApiError && error.code !== "unreachable") return;
      const isUnexplained = limit.signal.aborted || !(error instanceof SlipwayError) || error.code !== "unreachable";
      throw isUnexplained ? error : blind(path, error);
    } finally {
      limit.abort();
      await timer;
    }
  }
}

function judged({ untilComplete = false }: RolloutTarget, object: KubernetesObject, related: Related): Verdict {
  const verdict = readiness(object, related);
  const isEarly =
    untilComplete && object.kind === "Job" && verdict.status === "current" && verdict.reason !== "Complete";
  return isEarly ? inProgress("Incomplete", `${verdict.message}; others wait until it is complete`) : verdict;
}

/** The kinds of the cluster, and those that came with the targets. */
function withKindsOf(targets: readonly RolloutTarget[], discovery: Discovery): Pick<Discovery, "find"> {
  const brought = new Map(targets.map(({ object, kind }) => [`${object.apiVersion} ${object.kind}`, kind]));
  return { find: (apiVersion, kind) => discovery.find(apiVersion, kind) ?? brought.get(`${apiVersion} ${kind}`) };
}

/** Whether being ready means more than that the processes run: each container has a readiness probe, or has to last by itself. */
function isProbed(object: KubernetesObject): boolean {
  const { minReadySeconds, replicas } = specOf(object);
  if (!isWorkload(object) || object.kind === "Job" || (numberOf(minReadySeconds) ?? 0) > 0 || replicas === 0)
    return true;
  const containers = podTemplateOf(object)?.spec?.containers ?? [];
  return containers.every((container) => "readinessProbe" in container);
}

/**
 * Whether an object has failed for good. A program that may recover is given as long as something that it may wait for is on its way:
 * another workload, or a custom resource whose operator makes one; what an operator may still make is waited for likewise.
 */
function isLost(watched: readonly Track<unknown>[]): boolean {
  const onTheirWay = watched.filter(({ verdict }) => verdict.status === "in-progress");
  const isForOperator = onTheirWay.some(({ object }) => !isOwnKind(object));
  const mayRecover = isForOperator || onTheirWay.some(({ object }) => isWorkload(object));
  return watched.some(({ verdict }) => {
    if (verdict.status !== "failed") return false;
    return verdict.absence === undefined ? verdict.mayRecover !== true || !mayRecover : !isForOperator;
  });
}

function blind(path: string, cause?: SlipwayError): SlipwayError {
  const message = `Cannot tell how the rollout ended because the API server gave no answer: got nothing for ${path}`;
  return new SlipwayError(message, {
    code: "unreachable",
    hint: "The cluster goes on by itself; run this again to see.",
    cause,
  });
}
