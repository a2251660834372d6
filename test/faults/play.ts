import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { TestCluster } from "./cluster.ts";
import { FaultProxy } from "./fault-proxy.ts";
import type { Script, Sighting } from "./fault-proxy.ts";
import { runAction } from "./run-action.ts";
import type { ActionCall, Told } from "./run-action.ts";
import { MortalClock, passTime, quiet } from "./virtual-clock.ts";
import type { Activity } from "./virtual-clock.ts";

/** One run of an action against a cluster, and all that it asked for. */
export interface Play {
  /** `undefined` where it was killed. */
  readonly told: Told | undefined;
  readonly sightings: readonly Sighting[];
}

/** Runs an action while the script makes its requests go wrong. */
export type Player = (cluster: TestCluster, call: ActionCall, script: Script) => Promise<Play>;

/** Runs it in this process, on a clock that does not wait. Its death is simulated: neither time nor the network go on for it. */
export const play: Player = async (cluster, call, script) => {
  const clock = new MortalClock(cluster.clock);
  let killed = (): void => undefined;
  const death = new Promise<undefined>((resolve) => (killed = () => resolve(undefined)));
  const proxy = await FaultProxy.start({
    target: cluster,
    clock,
    script,
    onKill: () => {
      clock.die();
      proxy.cutOff();
      killed();
    },
  });
  const pending = new PendingRequests(proxy.port);
  const activity: Activity = {
    isBusy: () => pending.count > proxy.held || cluster.activity.isBusy(),
    count: () => proxy.events + pending.changes + cluster.activity.count(),
  };
  try {
    const inputs = { ...call.inputs, kubeconfig: kubeconfigOf(proxy.port, cluster.token) };
    const work = runAction({ ...call, inputs }, clock);
    // What a dead run throws has no reader any more.
    work.catch(() => undefined);
    const told = await passTime(cluster.clock, activity, Promise.race([work, death]));
    await quiet(cluster.activity);
    return { told, sightings: proxy.sightings };
  } finally {
    pending.stop();
    await proxy.close();
  }
};

/** The requests to a port that this process has begun and that were not answered yet. */
class PendingRequests {
  readonly #port: string;
  count = 0;
  /** Grows with each beginning and each end. */
  changes = 0;

  constructor(port: number) {
    this.#port = String(port);
    subscribe("http.client.request.created", this.#onCreated);
  }

  stop(): void {
    unsubscribe("http.client.request.created", this.#onCreated);
  }

  readonly #onCreated = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    if (!String(request.getHeader("host")).endsWith(`:${this.#port}`)) return;
    this.count++;
    this.changes++;
    let isOpen = true;
    const end = (): void => {
      this.changes++;
      if (isOpen) this.count--;
      isOpen = false;
    };
    request.once("response", end);
    request.once("close", end);
  };
}

/** Content of a kubeconfig for the cluster behind a proxy. */
export function kubeconfigOf(port: number, token: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "test",
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    clusters: [{ name: "test", cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: "test", user: { token } }],
  });
}
