import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { Clock } from "../../../src/runner/clock.ts";
import { autoscalerController } from "./autoscaler.ts";
import { Cluster } from "./cluster.ts";
import { runController } from "./controller.ts";
import type { Controller } from "./controller.ts";
import { daemonSetController } from "./daemon-set/daemon-set.ts";
import { deploymentController } from "./deployment/deployment.ts";
import { disruptionController } from "./disruption.ts";
import { garbageCollector } from "./garbage/collector.ts";
import { jobController } from "./job/job.ts";
import { namespaceController } from "./namespace/deletion.ts";
import { furnishingController } from "./namespace/furnishing.ts";
import { replicaSetController } from "./replica-set/replica-set.ts";
import { scheduler } from "./scheduler/scheduler.ts";
import { endpointSliceController } from "./service/endpoint-slices.ts";
import { loadBalancerController } from "./service/load-balancers.ts";
import { statefulSetController } from "./stateful-set/stateful-set.ts";
import { volumeBinder } from "./volume-binder.ts";

/**
 * Starts the sandbox's controllers and scheduler, ordinary clients of the API. Resolves once they have seen all there is.
 * `stop` resolves when no watch, timer or request of theirs is left; an abort of `signal` stops them too.
 */
export async function startControllers(o: {
  readonly api: KubernetesApi;
  readonly signal: AbortSignal;
  /** The API server's CA, for the ConfigMap `kube-root-ca.crt` of every namespace; none without it. */
  readonly caPem?: string;
  /** Where load balancers listen; 127.0.0.1 if not given. */
  readonly nodeAddress?: string;
  /** Told of each reconcile that failed and will be tried again. */
  readonly log?: (line: string) => void;
  /** What their waits are measured on; the machine's own, if not given. */
  readonly clock?: Clock;
}): Promise<{ stop(): Promise<void> }> {
  const ending = new AbortController();
  const signal = AbortSignal.any([o.signal, ending.signal]);
  const cluster = new Cluster(o.api, signal);
  const options = { cluster, signal, log: o.log ?? (() => undefined), clock: o.clock };
  const controllers: readonly Controller[] = [
    deploymentController,
    replicaSetController,
    statefulSetController,
    daemonSetController,
    jobController,
    volumeBinder,
    scheduler,
    endpointSliceController,
    loadBalancerController(o.nodeAddress ?? "127.0.0.1"),
    autoscalerController,
    disruptionController,
    furnishingController(o.caPem),
    namespaceController,
    garbageCollector,
  ];
  const running: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    ending.abort(new Error("the controllers were stopped"));
    cluster.stop();
    await Promise.all(running.map((stopOne) => stopOne()));
  };
  signal.addEventListener("abort", () => void stop(), { once: true });
  try {
    for (const controller of controllers) running.push(await runController(controller, options));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
