import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../../src/kubernetes/api-error.ts";
import { isRunning } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";
import { goDuration } from "./back-off.ts";
import { ContainerError } from "./container-error.ts";
import type { ContainerLog } from "./container-log.ts";
import type { PodFacts } from "./downward.ts";
import { runHandler } from "./handler.ts";
import type { Happening, Kubelet } from "./kubelet.ts";
import { podStatus, wantsStart } from "./pod-status.ts";
import type { Run, StartProblem } from "./pod-status.ts";
import { podTitle } from "./pod.ts";
import type { Container, ContainerStatus, FileSource, Pod } from "./pod.ts";
import { ContainerProbes } from "./probes.ts";
import { startContainer } from "./start-container.ts";
import { podPath, StatusPublisher } from "./status-publisher.ts";
import { unlessAborted } from "./unless-aborted.ts";
import { handlerTarget, stopContainer } from "./stop-container.ts";
import { MountError, setUpVolumes } from "./volumes.ts";

/**
 * A kubelet hears of what happens to containers by asking the container runtime every second, so on average half a second late. It
 * shows: a container that crashes at once is never seen running. So this kubelet looks as late.
 */
const relistMs = 500;
const firstMountPauseMs = 500;
const longestMountPauseMs = 122_000;
const longestPostStartMs = 3_600_000;

/**
 * Runs one pod, in the steps of the kubelet's own pod workers: one turn at a time, each of which reports what is, and then does
 * what is to be done (pkg/kubelet: syncPod, SyncTerminatingPod, SyncTerminatedPod). So a client sees the same states in the same order.
 */
export class PodWorker {
  readonly #kubelet: Kubelet;
  readonly #directory: string;
  readonly #publisher: StatusPublisher;
  /** Newest first, by container. */
  readonly #attempts = new Map<string, Attempt[]>();
  readonly #problems = new Map<string, StartProblem>();
  /** Ends what a turn waits for, when the pod is to go. */
  readonly #interrupt = new AbortController();
  readonly #cleared = Promise.withResolvers<void>();
  #pod: Pod;
  #address: string | undefined;
  #phase: "running" | "ending" | "ended" = "running";
  #hasVolumes = false;
  #turn: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = Infinity;

  private constructor(kubelet: Kubelet, pod: Pod) {
    this.#kubelet = kubelet;
    this.#pod = pod;
    this.#directory = join(kubelet.rootDir, "pods", pod.metadata.uid);
    this.#publisher = new StatusPublisher({ ...kubelet, initial: pod.status ?? {} });
  }

  static start(kubelet: Kubelet, pod: Pod): PodWorker {
    const worker = new PodWorker(kubelet, pod);
    worker.#wake(0);
    worker.update(pod);
    return worker;
  }

  get pod(): Pod {
    return this.#pod;
  }

  /** Takes a newer state of the pod from the API. */
  update(pod: Pod): void {
    const before = this.#pod;
    this.#pod = pod;
    const deleted = pod.metadata.deletionTimestamp !== undefined;
    if (deleted) {
      this.#interrupt.abort();
      if (this.#phase === "ending") for (const attempt of this.#running()) attempt.process?.killAfter(this.#graceMs());
    }
    const isNews = deleted || before.metadata.generation !== pod.metadata.generation || pod.spec.readinessGates;
    if (isNews) this.#wake(0);
  }

  /** The pod is gone from the API, if not from here: somebody deleted it without waiting. */
  async remove(): Promise<void> {
    this.#interrupt.abort();
    this.#wake(0);
    await this.#cleared.promise;
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Ends the pod's processes without a word to the API, when the kubelet itself has stopped. */
  async stop(): Promise<void> {
    this.#interrupt.abort();
    clearTimeout(this.#timer);
    const end = async ({ process, probes }: Attempt): Promise<void> => {
      probes?.stop();
      process?.stop(1_000);
      await process?.ended;
    };
    await Promise.all([this.#turn, ...this.#running().map(end)]);
    // A turn that was under way may have started one more.
    await Promise.all(this.#running().map(end));
  }

  /** ConfigMaps or Secrets that the pod mounts have changed. */
  async refreshVolumes(): Promise<void> {
    if (this.#hasVolumes && this.#phase === "running") await this.#setUpVolumes().catch(() => undefined);
  }

  statusOf(container: string): ContainerStatus | undefined {
    const { containerStatuses = [], initContainerStatuses = [] } = this.#publisher.latest;
    return [...containerStatuses, ...initContainerStatuses].find(({ name }) => name === container);
  }

  /** What a container's latest attempt wrote, or the one before. */
  logOf(container: string, previous: boolean): ContainerLog | undefined {
    return this.#attempts.get(container)?.[previous ? 1 : 0]?.log;
  }

  #running(): Attempt[] {
    return [...this.#attempts.values()].flat().filter((attempt) => isRunning(attempt) && attempt.process);
  }

  /** The next turn begins in `ms`, or earlier if that was agreed already. */
  #wake(ms: number): void {
    const due = Date.now() + ms;
    if (due >= this.#due || this.#kubelet.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      if (this.#turn !== undefined) return;
      this.#due = Infinity;
      this.#turn = this.#takeTurn().finally(() => {
        this.#turn = undefined;
        // Whoever asked during the turn asks for the next one.
        if (this.#due !== Infinity) {
          const rest = Math.max(this.#due - Date.now(), 0);
          this.#due = Infinity;
          this.#wake(rest);
        }
      });
    }, ms);
  }

  async #takeTurn(): Promise<void> {
    try {
      if (this.#kubelet.signal.aborted) return;
      if (this.#phase === "ended") return await this.#deleteFromApi();
      if (this.#interrupt.signal.aborted) return await this.#terminate();
      await this.#sync();
    } catch (error) {
      if (this.#kubelet.signal.aborted || error === this.#interrupt.signal.reason) return;
      this.#kubelet.log(
        `${podTitle(this.#pod)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      this.#wake(this.#retryMs());
    }
  }

  async #sync(): Promise<void> {
    if (this.#report()) return this.#terminate();
    this.#beginProbes();
    if (!(await this.#prepare())) return;
    const runs = this.#runs();
    const restarted = await this.#stopCondemned();
    const wanted = [...restarted, ...containersToStart(this.#pod, runs)];
    let failed = false;
    for (const { container, isInit } of wanted) {
      if (this.#interrupt.signal.aborted) return;
      failed = !(await this.#start({ container, isInit, runs })) || failed;
    }
    if (failed) this.#wake(this.#retryMs());
  }

  /** Reports what is. Whether the pod has come to its end. */
  #report(): boolean {
    const { status, finished } = podStatus({
      pod: this.#pod,
      previous: this.#publisher.latest,
      hostAddress: this.#kubelet.hostAddress,
      podAddress: this.#address,
      runs: this.#runs(),
      problems: this.#problems,
      probes: {
        isStarted: (name) => this.#latest(name)?.probes?.isStarted ?? !this.#latest(name)?.container.startupProbe,
        isReady: (name) => this.#latest(name)?.probes?.isReady ?? !this.#latest(name)?.container.readinessProbe,
      },
      ended: this.#phase === "ended",
      now: Date.now(),
    });
    this.#publisher.publish(this.#pod, status);
    return finished;
  }

  #runs(): Map<string, readonly Run[]> {
    return new Map([...this.#attempts].map(([name, attempts]) => [name, attempts.map(({ run }) => run)]));
  }

  #latest(container: string): Attempt | undefined {
    return this.#attempts.get(container)?.[0];
  }

  /** Volumes, then the network. `false` when the pod is to go before they are there. */
  async #prepare(): Promise<boolean> {
    for (let pauseMs = firstMountPauseMs; !this.#hasVolumes; pauseMs = Math.min(pauseMs * 2, longestMountPauseMs)) {
      try {
        await this.#setUpVolumes();
        this.#hasVolumes = true;
      } catch (error) {
        if (!(error instanceof MountError)) throw error;
        this.#tell({ type: "Warning", reason: "FailedMount", message: error.message });
        await sleep(pauseMs, undefined, { signal: this.#interrupt.signal }).catch(() => undefined);
      }
      if (this.#interrupt.signal.aborted) return false;
    }
    if (this.#address === undefined) {
      const { hostAddress, addresses } = this.#kubelet;
      this.#address = this.#pod.spec.hostNetwork === true ? hostAddress : addresses.nextPodAddress();
      this.#wake(relistMs);
    }
    return true;
  }

  async #setUpVolumes(): Promise<void> {
    await setUpVolumes({
      pod: this.#pod,
      directory: join(this.#directory, "volumes"),
      facts: this.#facts(),
      references: this.#kubelet.references(this.#pod.metadata.namespace),
      token: (source) => this.#accountToken(source),
    });
  }

  #facts(): PodFacts {
    const { hostAddress, allocatable } = this.#kubelet;
    return { podAddress: this.#address ?? "", hostAddress, allocatable };
  }

  async #start(o: {
    readonly container: Container;
    readonly isInit: boolean;
    readonly runs: Map<string, readonly Run[]>;
  }): Promise<boolean> {
    const { container } = o;
    const { name } = container;
    try {
      const [latest] = o.runs.get(name) ?? [];
      this.#checkBackOff(container, o.runs);
      const attempt = await startContainer({
        kubelet: this.#kubelet,
        pod: this.#pod,
        container,
        isInit: o.isInit,
        count: latest === undefined ? 0 : latest.attempt + 1,
        facts: this.#facts(),
        directory: this.#directory,
        signal: this.#interrupt.signal,
        onCreated: (created) => this.#attempts.set(name, [created, ...(this.#attempts.get(name) ?? [])].slice(0, 2)),
      });
      void attempt.process.ended.then((end) => this.#ended(attempt, end));
      this.#wake(relistMs);
      await this.#postStart(attempt);
      this.#problems.delete(name);
      return true;
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error;
      const { reason, message } = error;
      this.#problems.set(name, { reason, message });
      if (reason !== "CrashLoopBackOff" && reason !== "PostStartHookError") {
        const said = /Image/.test(reason) ? reason : message;
        this.#tell({ type: "Warning", reason: "Failed", message: `Error: ${said}`, container });
      }
      if (reason === "RunContainerError") this.#wake(relistMs);
      return false;
    }
  }

  /** @throws ContainerError while a container that failed has to wait. */
  #checkBackOff(container: Container, runs: ReadonlyMap<string, readonly Run[]>): void {
    const failedAt = runs.get(container.name)?.find((run) => run.end)?.end?.at;
    if (failedAt === undefined) return;
    const { restarts } = this.#kubelet;
    const key = `${podTitle(this.#pod)}_${container.name}`;
    if (!restarts.holds(key, { failedAt, now: Date.now() })) return restarts.next(key, { failedAt, now: Date.now() });
    const title = podTitle(this.#pod);
    const message = `Back-off restarting failed container ${container.name} in pod ${title}`;
    this.#tell({ type: "Warning", reason: "BackOff", message, container });
    const delay = goDuration(restarts.delayMs(key));
    throw new ContainerError(
      "CrashLoopBackOff",
      `back-off ${delay} restarting failed container=${container.name} pod=${title}`,
    );
  }

  async #postStart(attempt: Attempt): Promise<void> {
    const handler = attempt.container.lifecycle?.postStart;
    if (!handler) return;
    const target = handlerTarget(attempt, this.#address ?? "");
    const running = runHandler({ handler, target, timeoutMs: longestPostStartMs });
    const result = await unlessAborted(running, this.#interrupt.signal);
    if (result.ok) return;
    const message = "PostStartHook failed";
    this.#tell({ type: "Warning", reason: "FailedPostStartHook", message, container: attempt.container });
    await this.#stopOne(attempt, "FailedPostStartHook");
    throw new ContainerError("PostStartHookError", message);
  }

  #ended(attempt: Attempt, end: { readonly exitCode: number; readonly reason: string }): void {
    attempt.probes?.stop();
    const wantsMessage = end.exitCode !== 0 && attempt.container.terminationMessagePolicy === "FallbackToLogsOnError";
    const message = wantsMessage ? attempt.log.tail() : "";
    attempt.run = { ...attempt.run, end: { at: Date.now(), ...end, ...(message === "" ? {} : { message }) } };
    this.#wake(relistMs);
  }

  /** Probes begin once the container was reported as running. */
  #beginProbes(): void {
    for (const attempt of this.#running()) {
      if (attempt.probes !== undefined || attempt.isInit) continue;
      attempt.probes = new ContainerProbes({
        container: attempt.container,
        target: handlerTarget(attempt, this.#address ?? ""),
        startedAt: attempt.run.startedAt,
        onChange: () => this.#wake(0),
        onFailure: (kind, output) => {
          const message = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} probe failed: ${output}`;
          this.#tell({ type: "Warning", reason: "Unhealthy", message, container: attempt.container });
        },
      });
    }
  }

  /** Ends the containers that a probe has condemned; gives those that are to be started again. */
  async #stopCondemned(): Promise<Startable[]> {
    const condemned = this.#running().filter(({ probes }) => probes?.failed !== undefined);
    await Promise.all(
      condemned.map((attempt) => {
        const fate = this.#pod.spec.restartPolicy === "Never" ? "" : ", will be restarted";
        return this.#stopOne(
          attempt,
          `Container ${attempt.container.name} failed ${attempt.probes?.failed ?? ""} probe${fate}`,
        );
      }),
    );
    return this.#pod.spec.restartPolicy === "Never" ? [] : condemned;
  }

  async #stopOne(attempt: Attempt, message?: string): Promise<void> {
    const address = this.#address ?? "";
    const said = message === undefined ? {} : { message };
    await stopContainer({
      kubelet: this.#kubelet,
      pod: this.#pod,
      attempt,
      address,
      graceMs: this.#graceMs(),
      ...said,
    });
  }

  /** Ends the containers, gives everything back, and says so. */
  async #terminate(): Promise<void> {
    this.#phase = "ending";
    this.#report();
    await Promise.all(this.#running().map((attempt) => this.#stopOne(attempt)));
    if (this.#address !== undefined && this.#pod.spec.hostNetwork !== true)
      this.#kubelet.addresses.release(this.#address);
    this.#address = undefined;
    this.#phase = "ended";
    this.#report();
    this.#cleared.resolve();
    await this.#deleteFromApi();
  }

  /** The kubelet has the last word: only when all has been cleared may the object go. */
  async #deleteFromApi(): Promise<void> {
    const { deletionTimestamp, uid } = this.#pod.metadata;
    if (deletionTimestamp === undefined) return;
    await this.#publisher.flush();
    const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, preconditions: { uid } };
    try {
      await this.#kubelet.api.request({
        method: "DELETE",
        path: podPath(this.#pod),
        body,
        signal: this.#kubelet.signal,
      });
    } catch (error) {
      if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error;
    }
  }

  async #accountToken(source: NonNullable<FileSource["serviceAccountToken"]>): Promise<string> {
    const { namespace } = this.#pod.metadata;
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${this.#pod.spec.serviceAccountName ?? "default"}/token`;
    const { audience, expirationSeconds } = source;
    const spec = { ...(audience === undefined ? {} : { audiences: [audience] }), expirationSeconds };
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec };
    const answer = await this.#kubelet.api.request<{ status: { token: string } }>({ method: "POST", path, body });
    return answer.status.token;
  }

  #graceMs(): number {
    const { metadata, spec } = this.#pod;
    return (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30) * 1_000;
  }

  /** Up to half as long again, so that many pods that failed together do not come back together. */
  #retryMs(): number {
    return this.#kubelet.backOffMs * (1 + Math.random() / 2);
  }

  #tell(happening: Happening): void {
    this.#kubelet.record(this.#pod, happening);
  }
}

interface Startable {
  readonly container: Container;
  readonly isInit: boolean;
}

/** Init containers one after the other; when the last has succeeded, all the others (computePodActions of the kubelet). */
export function containersToStart(pod: Pod, runs: ReadonlyMap<string, readonly Run[]>): Startable[] {
  const latest = (container: Container): Run | undefined => runs.get(container.name)?.[0];
  const wants = (container: Container, isInit: boolean): boolean =>
    wantsStart({ pod, latest: latest(container), isInit });
  const hasBegun = pod.spec.containers.some((container) => latest(container));
  for (const container of hasBegun ? [] : (pod.spec.initContainers ?? [])) {
    if (wants(container, true)) return [{ container, isInit: true }];
    if (latest(container)?.end?.exitCode !== 0) return [];
  }
  return pod.spec.containers
    .filter((container) => wants(container, false))
    .map((container) => ({ container, isInit: false }));
}
