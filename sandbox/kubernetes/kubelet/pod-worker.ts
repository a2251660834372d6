import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { ContainerLog } from "./container-log.ts";
import type { Kubelet } from "./kubelet.ts";
import { PodContainers } from "./pod-containers.ts";
import { podStatus } from "./pod-status.ts";
import { podTitle } from "./pod.ts";
import type { ContainerStatus, Pod } from "./pod.ts";
import { containersToStart } from "./start-order.ts";
import { podPath, StatusPublisher } from "./status-publisher.ts";
import { graceMs } from "./stop-container.ts";
import { Turns } from "./turns.ts";
import { MountError, setUpVolumes } from "./volumes.ts";

/**
 * A kubelet hears of what happens to containers by asking the container runtime every second, so on average half a second late. It
 * shows: a container that crashes at once is never seen running. So this kubelet looks as late.
 */
const relistMs = 500;
const firstMountPauseMs = 500;
const longestMountPauseMs = 122_000;

/**
 * Runs one pod, in the steps of the kubelet's own pod workers: one turn at a time, each of which reports what is, and then does
 * what is to be done (pkg/kubelet: syncPod, SyncTerminatingPod, SyncTerminatedPod). So a client sees the same states in the same order.
 */
export class PodWorker {
  readonly #kubelet: Kubelet;
  readonly #directory: string;
  readonly #publisher: StatusPublisher;
  readonly #containers: PodContainers;
  readonly #turns = new Turns(() => this.#take());
  /** Ends what a turn waits for, when the pod is to go. */
  readonly #leave = new AbortController();
  readonly #cleared = Promise.withResolvers<unknown>();
  #pod: Pod;
  #address: string | undefined;
  #phase: "running" | "ending" | "ended" = "running";
  #hasVolumes = false;

  constructor(kubelet: Kubelet, pod: Pod) {
    this.#kubelet = kubelet;
    this.#pod = pod;
    this.#directory = join(kubelet.rootDir, "pods", pod.metadata.uid);
    this.#publisher = new StatusPublisher({ ...kubelet, initial: pod.status ?? {} });
    this.#containers = new PodContainers({
      kubelet,
      directory: this.#directory,
      pod: () => this.#pod,
      address: () => this.#address ?? "",
      signal: this.#leave.signal,
      onChange: () => this.#turns.wake(relistMs),
      onProbe: () => this.#turns.wake(0),
    });
    if (pod.metadata.deletionTimestamp !== undefined) this.#leave.abort();
    this.#turns.wake(0);
  }

  /** Takes a newer state of the pod from the API. */
  update(pod: Pod): void {
    const before = this.#pod;
    this.#pod = pod;
    const isDeleted = pod.metadata.deletionTimestamp !== undefined;
    if (isDeleted) this.#leave.abort();
    // Who deletes a pod again may give it less time than before.
    if (isDeleted && this.#phase === "ending") this.#containers.killAfter(graceMs(pod));
    const isNews = isDeleted || before.metadata.generation !== pod.metadata.generation;
    if (isNews || pod.spec.readinessGates) this.#turns.wake(0);
  }

  /** The pod is gone from the API; its processes may not be, if somebody has deleted it without waiting. */
  async remove(): Promise<void> {
    this.#leave.abort();
    this.#turns.wake(0);
    await this.#cleared.promise;
    await this.#turns.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Ends the pod's processes without a word to the API: the kubelet itself has stopped. */
  async stop(): Promise<void> {
    this.#leave.abort();
    await Promise.all([this.#turns.stop(), this.#containers.abandon()]);
    // The turn that was under way may have started one more.
    await this.#containers.abandon();
    this.#cleared.resolve(undefined);
  }

  statusOf(container: string): ContainerStatus | undefined {
    const { containerStatuses = [], initContainerStatuses = [] } = this.#publisher.latest;
    return [...containerStatuses, ...initContainerStatuses].find(({ name }) => name === container);
  }

  logOf(container: string, previous: boolean): ContainerLog | undefined {
    return this.#containers.logOf(container, previous);
  }

  async #take(): Promise<void> {
    try {
      if (this.#kubelet.signal.aborted) return;
      if (this.#phase === "ended") await this.#deleteFromApi();
      else if (this.#leave.signal.aborted) await this.#terminate();
      else await this.#sync();
    } catch (error) {
      if (error === this.#leave.signal.reason) return;
      this.#complain(error);
      this.#turns.wake(this.#retryMs());
    }
  }

  async #sync(): Promise<void> {
    if (this.#report()) {
      await this.#terminate();
      return;
    }
    this.#containers.beginProbes();
    if (!(await this.#prepare())) return;
    const runs = this.#containers.runs();
    const wanted = [...(await this.#containers.stopCondemned()), ...containersToStart(this.#pod, runs)];
    let failed = false;
    for (const startable of wanted) failed = !(await this.#containers.start(startable, runs)) || failed;
    if (failed) this.#turns.wake(this.#retryMs());
  }

  /** Reports what is. Whether the pod has come to its end. */
  #report(): boolean {
    const { status, finished } = podStatus({
      pod: this.#pod,
      previous: this.#publisher.latest,
      hostAddress: this.#kubelet.hostAddress,
      podAddress: this.#address,
      runs: this.#containers.runs(),
      problems: this.#containers.problems,
      probes: this.#containers,
      ended: this.#phase === "ended",
      now: Date.now(),
    });
    this.#publisher.publish(this.#pod, status);
    return finished;
  }

  /** Volumes, then the network. `false` when the pod is to go before they are there. */
  async #prepare(): Promise<boolean> {
    for (let pauseMs = firstMountPauseMs; !this.#hasVolumes; pauseMs = Math.min(pauseMs * 2, longestMountPauseMs)) {
      try {
        await this.#setUpVolumes();
        this.#hasVolumes = true;
      } catch (error) {
        if (!(error instanceof MountError)) throw error;
        this.#tellMountFailure(error);
        await sleep(pauseMs, undefined, { signal: this.#leave.signal }).catch(() => undefined);
      }
      if (this.#leave.signal.aborted) return false;
    }
    if (this.#address === undefined) {
      const { hostAddress, addresses } = this.#kubelet;
      this.#address = this.#pod.spec.hostNetwork === true ? hostAddress : addresses.nextPodAddress();
      this.#turns.wake(relistMs);
    }
    return true;
  }

  async #setUpVolumes(): Promise<void> {
    const { hostAddress, allocatable } = this.#kubelet;
    await setUpVolumes({
      pod: this.#pod,
      directory: join(this.#directory, "volumes"),
      claims: join(this.#kubelet.rootDir, "claims"),
      facts: { podAddress: this.#address ?? "", hostAddress, allocatable },
      references: this.#kubelet.references(this.#pod.metadata.namespace),
      token: (source) => this.#kubelet.accountToken(this.#pod, source),
    });
  }

  /** Ends the containers, gives everything back, and says so. */
  async #terminate(): Promise<void> {
    this.#phase = "ending";
    this.#report();
    await this.#containers.stopAll();
    if (this.#address !== undefined && this.#address !== this.#kubelet.hostAddress) {
      this.#kubelet.addresses.release(this.#address);
    }
    this.#address = undefined;
    this.#phase = "ended";
    this.#report();
    this.#cleared.resolve(undefined);
    await this.#deleteFromApi();
  }

  /** The kubelet has the last word: only when all has been cleared may the object go. */
  async #deleteFromApi(): Promise<void> {
    const { deletionTimestamp, uid } = this.#pod.metadata;
    await this.#publisher.flush();
    if (deletionTimestamp === undefined) return;
    const { api, signal } = this.#kubelet;
    const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, preconditions: { uid } };
    try {
      await api.request({ method: "DELETE", path: podPath(this.#pod), body, signal });
    } catch (error) {
      if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error;
    }
  }

  /** Up to half as long again, so that many pods that failed together do not come back together. */
  #retryMs(): number {
    return this.#kubelet.backOffMs * (1 + Math.random() / 2);
  }

  #tellMountFailure({ message }: MountError): void {
    this.#kubelet.record(this.#pod, { type: "Warning", reason: "FailedMount", message });
  }

  #complain(error: unknown): void {
    if (this.#kubelet.signal.aborted) return;
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#kubelet.log(`${podTitle(this.#pod)}: ${what}`);
  }
}
