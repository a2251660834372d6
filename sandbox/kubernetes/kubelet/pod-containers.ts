import type { Attempt } from "./attempt.ts";
import { goDuration } from "./back-off.ts";
import { ContainerError } from "./container-error.ts";
import type { ContainerLog } from "./container-log.ts";
import type { ContainerEnd } from "./container-process.ts";
import { runHandler } from "./handler.ts";
import type { HandlerTarget } from "./handler.ts";
import type { Happening, Kubelet } from "./kubelet.ts";
import type { Run, StartProblem } from "./pod-status.ts";
import { podTitle } from "./pod.ts";
import type { Container, Pod } from "./pod.ts";
import { ContainerProbes } from "./probes.ts";
import { startContainer } from "./start-container.ts";
import type { Startable } from "./start-order.ts";
import { graceMs, stopContainer } from "./stop-container.ts";
import { unlessAborted } from "./unless-aborted.ts";

type Runs = ReadonlyMap<string, readonly Run[]>;

/** As good as never: a postStart hook has no deadline but the pod's end. */
const longestPostStartMs = 86_400_000;

export interface PodContainersOptions {
  readonly kubelet: Kubelet;
  /** The pod's own folder. */
  readonly directory: string;
  /** The newest state of the pod in the API. */
  readonly pod: () => Pod;
  readonly address: () => string;
  /** Aborted when the pod is to go. */
  readonly signal: AbortSignal;
  /** A container has started or ended. */
  readonly onChange: () => void;
  /** A probe has changed its mind. */
  readonly onProbe: () => void;
}

/** The containers of one pod, and what became of them. */
export class PodContainers {
  /** Why containers could not be started, by name. */
  readonly problems = new Map<string, StartProblem>();
  readonly #options: PodContainersOptions;
  /** Newest first, by container: the latest and the one before. */
  readonly #attempts = new Map<string, Attempt[]>();

  constructor(options: PodContainersOptions) {
    this.#options = options;
  }

  runs(): Runs {
    return new Map([...this.#attempts].map(([name, attempts]) => [name, attempts.map(({ run }) => run)]));
  }

  /** A container without the probe in question passes it. */
  isStarted(name: string): boolean {
    const latest = this.#attempts.get(name)?.[0];
    return latest?.probes?.isStarted ?? !latest?.container.startupProbe;
  }

  isReady(name: string): boolean {
    const latest = this.#attempts.get(name)?.[0];
    return latest?.probes?.isReady ?? !(latest?.container.startupProbe ?? latest?.container.readinessProbe);
  }

  /** What a container's latest attempt wrote, or the one before. */
  logOf(container: string, previous: boolean): ContainerLog | undefined {
    return this.#attempts.get(container)?.[previous ? 1 : 0]?.log;
  }

  /** Begins to probe the containers that run. */
  beginProbes(): void {
    for (const attempt of this.#running()) {
      const { container, isInit, run } = attempt;
      if (attempt.probes !== undefined || isInit) continue;
      attempt.probes = new ContainerProbes({
        container,
        target: this.#target(attempt),
        startedAt: run.startedAt,
        onChange: this.#options.onProbe,
        onFailure: (kind, output) => {
          const message = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} probe failed: ${output}`;
          this.#tell(container, { type: "Warning", reason: "Unhealthy", message });
        },
      });
    }
  }

  /** Starts a container, unless it has to wait. Whether it runs now; if not, `problems` says why. */
  async start({ container, isInit }: Startable, runs: Runs): Promise<boolean> {
    const { name } = container;
    try {
      this.#checkBackOff(container, runs);
      await this.#start({ container, isInit }, runs);
      this.problems.delete(name);
      return true;
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error;
      const { reason, message } = error;
      this.problems.set(name, { reason, message });
      if (reason === "RunContainerError") this.#options.onChange();
      if (reason !== "CrashLoopBackOff" && reason !== "PostStartHookError") {
        const said = reason.includes("Image") ? reason : message;
        this.#tell(container, { type: "Warning", reason: "Failed", message: `Error: ${said}` });
      }
      return false;
    }
  }

  /** Ends the containers that a probe has condemned; gives those that are to be started again. */
  async stopCondemned(): Promise<Startable[]> {
    const isFinal = this.#options.pod().spec.restartPolicy === "Never";
    const condemned = this.#running().filter(({ probes }) => probes?.failed !== undefined);
    const fate = isFinal ? "" : ", will be restarted";
    const stops = condemned.map((attempt) => {
      const probe = attempt.probes?.failed ?? "";
      return this.#stop(attempt, `Container ${attempt.container.name} failed ${probe} probe${fate}`);
    });
    await Promise.all(stops);
    return isFinal ? [] : condemned;
  }

  /** Ends all of them, with all the ceremony that the pod asks for. */
  async stopAll(): Promise<void> {
    const stop = (attempt: Attempt): Promise<void> =>
      this.#stop(attempt, `Stopping container ${attempt.container.name}`);
    await Promise.all(this.#running().map(stop));
  }

  /** Those that are on their way out have this long still. */
  killAfter(ms: number): void {
    for (const { process } of this.#running()) process?.killAfter(ms);
  }

  /** Ends all of them without ceremony: the kubelet goes. */
  async abandon(): Promise<void> {
    const end = async ({ process, probes }: Attempt): Promise<void> => {
      probes?.stop();
      process?.stop(1_000);
      await process?.ended;
    };
    await Promise.all(this.#running().map(end));
  }

  #running(): Attempt[] {
    return [...this.#attempts.values()].flat().filter((attempt) => attempt.process && attempt.run.end === undefined);
  }

  async #start({ container, isInit }: Startable, runs: Runs): Promise<void> {
    const { kubelet, directory, signal, address, onChange } = this.#options;
    const { name } = container;
    const last = runs.get(name)?.[0]?.attempt;
    const attempt = await startContainer({
      kubelet,
      pod: this.#options.pod(),
      container,
      isInit,
      count: last === undefined ? 0 : last + 1,
      facts: { podAddress: address(), hostAddress: kubelet.hostAddress, allocatable: kubelet.allocatable },
      directory,
      signal,
      onCreated: (created) => this.#attempts.set(name, [created, ...(this.#attempts.get(name) ?? [])].slice(0, 2)),
    });
    void attempt.process.ended.then((end) => this.#ended(attempt, end));
    onChange();
    await this.#postStart(attempt);
  }

  /** @throws ContainerError while a container that has ended before has to wait. */
  #checkBackOff(container: Container, runs: Runs): void {
    const failedAt = runs.get(container.name)?.find((run) => run.end)?.end?.at;
    if (failedAt === undefined) return;
    const { restarts } = this.#options.kubelet;
    const title = podTitle(this.#options.pod());
    const key = `${title}_${container.name}`;
    const times = { failedAt, now: Date.now() };
    if (!restarts.holds(key, times)) {
      restarts.next(key, times);
      return;
    }
    const message = `Back-off restarting failed container ${container.name} in pod ${title}`;
    this.#tell(container, { type: "Warning", reason: "BackOff", message });
    const said = `restarting failed container=${container.name} pod=${title}`;
    throw new ContainerError("CrashLoopBackOff", `back-off ${goDuration(restarts.delayMs(key))} ${said}`);
  }

  async #postStart(attempt: Attempt): Promise<void> {
    const handler = attempt.container.lifecycle?.postStart;
    if (!handler) return;
    const running = runHandler({ handler, target: this.#target(attempt), timeoutMs: longestPostStartMs });
    const result = await unlessAborted(running, this.#options.signal);
    if (result.ok) return;
    const message = "PostStartHook failed";
    this.#tell(attempt.container, { type: "Warning", reason: "FailedPostStartHook", message });
    await this.#stop(attempt, "FailedPostStartHook");
    throw new ContainerError("PostStartHookError", message);
  }

  async #stop(attempt: Attempt, message: string): Promise<void> {
    const pod = this.#options.pod();
    const target = this.#target(attempt);
    await stopContainer({ kubelet: this.#options.kubelet, pod, attempt, target, graceMs: graceMs(pod), message });
  }

  #ended(attempt: Attempt, end: ContainerEnd): void {
    attempt.probes?.stop();
    const wantsLog = end.exitCode !== 0 && attempt.container.terminationMessagePolicy === "FallbackToLogsOnError";
    const message = wantsLog ? attempt.log.tail() : "";
    attempt.run = { ...attempt.run, end: { at: Date.now(), ...end, ...(message === "" ? {} : { message }) } };
    this.#options.onChange();
  }

  #target(attempt: Attempt): HandlerTarget {
    return {
      address: this.#options.address(),
      container: attempt.container,
      exec: async (command, timeoutMs) => {
        return attempt.process?.exec(command, timeoutMs) ?? { exitCode: 126, output: "container not running" };
      },
    };
  }

  #tell(container: Container, happening: Omit<Happening, "container">): void {
    this.#options.kubelet.record(this.#options.pod(), { ...happening, container });
  }
}
