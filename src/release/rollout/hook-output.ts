import { SlipwayError } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { isOwnedBy } from "../../kubernetes/readiness/objects.ts";
import type { Pod } from "../../kubernetes/readiness/objects.ts";
import { selectByLabels } from "../../kubernetes/rollout/selectors.ts";
import { followLog } from "./follow-log.ts";
import type { ReleasePorts } from "../ports.ts";
import { nameOf } from "../release-object.ts";

/** Lines of the hooks of one step that are shown as they come; a migration of thousands of steps has all of them in the cluster. */
const mostLines = 200;
/** Of what comes after them, the last of each container are shown when it has ended. */
const lastLines = 50;
/** What has ended was mostly read by then; a node that is gone must not keep the verdict from being told. */
const patienceMs = 5_000;

type Ports = Pick<ReleasePorts, "api" | "clock" | "log" | "signal">;

/** One run of a container. */
interface Source {
  readonly title: string;
  /** What its lines begin with, where those of others come between them. */
  readonly prefix: string;
  readonly path: string;
  readonly container: string;
}

/** Shows what Jobs write while they write it. Where that cannot be read one line says why: a Job's verdict does not depend on it. */
export class HookOutput {
  readonly #ports: Ports;
  readonly #jobs: readonly KubernetesObject[];
  readonly #followed = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #left = mostLines;

  constructor(ports: Ports, jobs: readonly KubernetesObject[]) {
    this.#ports = ports;
    this.#jobs = jobs;
    this.#signal = AbortSignal.any([ports.signal, this.#stop.signal]);
  }

  /** Told of pods whenever something of them changes: follows the containers of the Jobs' pods from their start. */
  see(pods: readonly Pod[]): void {
    for (const pod of pods) this.#see(pod);
  }

  /** Waits until all that the given Jobs wrote is shown, for a few seconds at most. They have ended. */
  async end(jobs: readonly KubernetesObject[]): Promise<void> {
    if (jobs.length === 0) return;
    const isShown = new AbortController();
    void this.#ports.clock.sleep(patienceMs, isShown.signal).then(
      () => this.#stop.abort(),
      () => undefined,
    );
    await this.#seeAll(jobs);
    await Promise.all(this.#followed.values());
    isShown.abort();
  }

  /** Follows nothing any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#followed.values());
  }

  #see(pod: Pod): void {
    const job = this.#jobs.find((each) => isOwnedBy(pod, each));
    if (job === undefined) return;
    const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
    for (const { name, state, restartCount = 0 } of statuses) {
      const key = `${pod.metadata.uid ?? ""} ${name} ${restartCount}`;
      if ((state?.running ?? state?.terminated) === undefined || this.#followed.has(key)) continue;
      const followed = this.#follow(this.#sourceOf(job, pod, name));
      // What it throws is thrown by whoever ends this.
      followed.catch(() => undefined);
      this.#followed.set(key, followed);
    }
  }

  /** The pods of a Job that was faster than those who watch it. */
  async #seeAll(jobs: readonly KubernetesObject[]): Promise<void> {
    if (this.#followed.size > 0) return;
    await this.#unlessUnreadable(async () => {
      for (const job of jobs) {
        const path = `/api/v1/namespaces/${job.metadata.namespace ?? ""}/pods`;
        const request = { method: "GET", path, query: selectByLabels([job]), signal: this.#signal } as const;
        const { items } = await this.#ports.api.request<{ items: Pod[] }>(request);
        this.see(items);
      }
    });
  }

  #sourceOf(job: KubernetesObject, pod: Pod, container: string): Source {
    const count = (pod.spec?.initContainers ?? []).length + (pod.spec?.containers ?? []).length;
    const label = [...(this.#jobs.length > 1 ? [job.metadata.name] : []), ...(count > 1 ? [container] : [])].join(" ");
    return {
      title: `Output of ${nameOf(job)}${count > 1 ? `, container ${container}` : ""}`,
      prefix: label === "" ? "" : `${label}: `,
      path: `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/pods/${pod.metadata.name}/log`,
      container,
    };
  }

  async #follow(source: Source): Promise<void> {
    const { api, clock, log } = this.#ports;
    await this.#unlessUnreadable(async () => {
      const lines = followLog({ api, clock, signal: this.#signal }, source);
      const first = await lines.next();
      if (first.done === true) return;
      await log.group(source.title, () => this.#tell(source, first.value, lines));
    });
  }

  async #tell({ prefix }: Source, first: string, others: AsyncIterable<string>): Promise<void> {
    const { log } = this.#ports;
    const tail: string[] = [];
    let hidden = 0;
    const tell = (line: string): void => {
      if (this.#left-- > 0) log.info(`${prefix}${line}`);
      else tail.push(`${prefix}${line}`);
      if (tail.length <= lastLines) return;
      tail.shift();
      hidden++;
    };
    try {
      tell(first);
      for await (const line of others) tell(line);
    } finally {
      // What a Job said last tells the most of one that does not end.
      if (hidden > 0) log.info(`… ${hidden} lines that are not shown: the cluster has them`);
      if (tail.length > 0) log.info(tail.join("\n"));
    }
  }

  async #unlessUnreadable(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (this.#signal.aborted) return;
      if (!(error instanceof SlipwayError)) throw error;
      this.#ports.log.info(`The output of hooks could not be read: ${error.message}`);
    }
  }
}
