import { join } from "node:path";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import { startInformer } from "../../../src/kubernetes/watch.ts";
import type { WatchEvent } from "../../../src/kubernetes/watch.ts";
import { RegistryClient } from "../../../src/registry/registry-client.ts";
import { systemClock } from "../../../src/runner/clock.ts";
import type { MutualTls } from "../../http.ts";
import type { AddressPool } from "../addresses.ts";
import { EventRecorder } from "../controllers/events.ts";
import { BackOff, kubeletBackOffMs } from "./back-off.ts";
import { serviceVariables } from "./environment.ts";
import type { ServiceEntry } from "./environment.ts";
import { ImagePuller } from "./image-puller.ts";
import { ImageStore } from "./image-store.ts";
import type { Kubelet } from "./kubelet.ts";
import { startLogServer } from "./log-server.ts";
import { startNode } from "./node.ts";
import { PodWorker } from "./pod-worker.ts";
import { isTerminal, podKey } from "./pod.ts";
import type { Pod, Quantities } from "./pod.ts";
import { accountToken, references } from "./references.ts";
import { Supervisor } from "./supervisor.ts";

export interface KubeletOptions {
  readonly api: KubernetesApi;
  readonly nodeName: string;
  readonly capacity: { readonly cpu: string; readonly memory: string; readonly pods: string };
  readonly podAddresses: AddressPool;
  /** A folder of the kubelet's own: it is removed in the end, even when this process is killed. */
  readonly rootDir: string;
  readonly signal: AbortSignal;
  /** Where the kubelet's own server listens, and what the node calls its address. 127.0.0.1 by default. */
  readonly nodeAddress?: string;
  /** How the kubelet's own server shows itself to a real API server, and knows it. */
  readonly tls?: MutualTls;
  /** Absolute paths of images that mean a program of this machine, where the image has something at that path. */
  readonly hostPrograms?: Readonly<Record<string, string>>;
  /** The first pause after a failed start or pull; 10 s by default, as in Kubernetes. Tests make it short. */
  readonly backOffMs?: number;
  readonly log?: (line: string) => void;
}

/**
 * Starts a kubelet whose containers are plain processes of this machine, an ordinary client of any Kubernetes API. Resolves when the
 * node is registered. `stop` ends all processes of its pods and removes its files; the pods in the API stay as they are.
 */
export async function startKubelet(o: KubeletOptions): Promise<{ stop(): Promise<void> }> {
  const ending = new AbortController();
  const signal = AbortSignal.any([o.signal, ending.signal]);
  const address = o.nodeAddress ?? "127.0.0.1";
  const log = o.log ?? (() => undefined);
  const supervisor = Supervisor.start(o.rootDir);
  const workers = new Workers();
  const find = (namespace: string, pod: string): PodWorker | undefined => workers.find(`${namespace}/${pod}`);
  const server = await startLogServer({ address, tls: o.tls, find });
  const onProblem = (error: unknown): void => {
    if (!signal.aborted) log(`kubelet: ${String(error)}`);
  };
  try {
    const kubelet = await makeKubelet({ ...o, address, supervisor, signal, log, onProblem });
    const port = Number(server.address.split(":").at(-1));
    const { podRange } = o.podAddresses;
    await startNode({ ...o, address, podRange, port, signal, onProblem });
    await followPods({ kubelet, workers, nodeName: o.nodeName });
  } catch (error) {
    ending.abort(error);
    await Promise.allSettled([server.close(), supervisor.stop()]);
    throw error;
  }
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    ending.abort(new Error("the kubelet was stopped"));
    await workers.stop();
    await server.close();
    await supervisor.stop();
  };
  const stopOnce = (): Promise<void> => (stopped ??= stop());
  o.signal.addEventListener("abort", () => void stopOnce(), { once: true });
  return { stop: stopOnce };
}

/** The pods that are this node's, by namespace/name, and those that are gone from the API but not from here yet. */
class Workers {
  readonly #byKey = new Map<string, PodWorker>();
  readonly #leaving = new Set<PodWorker>();

  find(key: string): PodWorker | undefined {
    return this.#byKey.get(key);
  }

  take(kubelet: Kubelet, { type, object: pod }: WatchEvent<Pod>): void {
    const key = podKey(pod);
    const known = this.#byKey.get(key);
    if (type === "DELETED") {
      if (known === undefined) return;
      this.#byKey.delete(key);
      this.#leaving.add(known);
      void known.remove().finally(() => this.#leaving.delete(known));
    } else if (known !== undefined) known.update(pod);
    else if (!isTerminal(pod.status?.phase)) this.#byKey.set(key, new PodWorker(kubelet, pod));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#byKey.values(), ...this.#leaving].map((worker) => worker.stop()));
  }
}

async function followPods(o: {
  readonly kubelet: Kubelet;
  readonly workers: Workers;
  readonly nodeName: string;
}): Promise<void> {
  const { kubelet, workers } = o;
  const { api, signal } = kubelet;
  await startInformer<Pod>({
    api,
    signal,
    path: "/api/v1/pods",
    query: { fieldSelector: `spec.nodeName=${o.nodeName}` },
    onEvent: (event) => workers.take(kubelet, event),
  });
}

async function makeKubelet(
  o: KubeletOptions & {
    readonly address: string;
    readonly supervisor: Supervisor;
    readonly log: (line: string) => void;
    readonly onProblem: (error: unknown) => void;
  },
): Promise<Kubelet> {
  const { api, signal, nodeName } = o;
  const backOffMs = o.backOffMs ?? kubeletBackOffMs;
  const events = new EventRecorder({ api, component: "kubelet", host: nodeName, signal, onDropped: o.onProblem });
  const services = await startInformer<ServiceEntry>({ api, signal, path: "/api/v1/services" });
  const allocatable: Quantities = { ...o.capacity };
  return {
    api,
    signal,
    hostAddress: o.address,
    allocatable,
    addresses: o.podAddresses,
    rootDir: o.rootDir,
    supervisor: o.supervisor,
    images: new ImagePuller({
      store: new ImageStore(join(o.rootDir, "images")),
      backOff: new BackOff(backOffMs),
      source: (registry, credentials) =>
        new RegistryClient({ registry, credentials, clock: systemClock, signal, env: {}, tries: 1 }),
    }),
    restarts: new BackOff(backOffMs),
    backOffMs,
    hostPrograms: o.hostPrograms ?? {},
    references: (namespace) => references({ api, signal, namespace }),
    accountToken: (pod, source) => accountToken({ api, signal, pod, source }),
    services: (pod) => serviceVariables([...services.objects.values()].filter((service) => isLinked(service, pod))),
    record: (pod, { container, ...happening }) => {
      const list = container && pod.spec.initContainers?.includes(container) ? "initContainers" : "containers";
      const fieldPath = container && { fieldPath: `spec.${list}{${container.name}}` };
      events.record(pod, { ...happening, ...fieldPath });
    },
    log: o.log,
  };
}

/** Every pod is told of the API server, and unless it says otherwise, of the services of its namespace. */
function isLinked({ metadata }: ServiceEntry, pod: Pod): boolean {
  if (metadata.namespace === "default" && metadata.name === "kubernetes") return true;
  return pod.spec.enableServiceLinks !== false && metadata.namespace === pod.metadata.namespace;
}
