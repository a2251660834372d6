import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import { startInformer } from "../../../src/kubernetes/watch.ts";
import type { EndpointSlice } from "../../../sandbox/kubernetes/controllers/kinds.ts";
import { desiredListeners } from "../../../sandbox/kubernetes/kubelet/service-listeners.ts";
import type { Service } from "../../../sandbox/kubernetes/kubelet/service-listeners.ts";
import { publish } from "./gate.ts";
import type { Gate } from "./gate.ts";

/**
 * Makes the cluster's NodePorts this machine's: each that has a ready endpoint is listened to at `host` and leads through the gate to the
 * same port of the cluster's loopback, where its own proxy takes over.
 */
export async function publishServices(o: {
  readonly api: KubernetesApi;
  readonly host: string;
  readonly gate: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}): Promise<{ close(): Promise<void> }> {
  const { api, signal, host, gate } = o;
  const doors = new Map<number, Promise<Gate | undefined>>();
  const open = (port: number): Promise<Gate | undefined> =>
    publish({ host, port, gate, to: port }).catch((error: unknown) => {
      o.log(`NodePort ${port}: ${String(error)}`);
      return undefined;
    });
  let begin = (): void => undefined;
  const onEvent = (): void => begin();
  const services = await startInformer<Service>({ api, path: "/api/v1/services", signal, onEvent });
  const path = "/apis/discovery.k8s.io/v1/endpointslices";
  const slices = await startInformer<EndpointSlice>({ api, path, signal, onEvent });
  begin = () => {
    const wanted = wantedPorts(services.objects.values(), [...slices.objects.values()]);
    for (const [port, door] of doors) {
      if (wanted.has(port)) continue;
      doors.delete(port);
      void door.then((gate) => gate?.close());
    }
    for (const port of wanted) if (!doors.has(port)) doors.set(port, open(port));
  };
  begin();
  return {
    async close() {
      begin = () => undefined;
      await Promise.all([...doors.values()].map(async (door) => (await door)?.close()));
    },
  };
}

function wantedPorts(services: Iterable<Service>, slices: readonly EndpointSlice[]): Set<number> {
  const listeners = desiredListeners({ services, slices, nodeAddress: "", isOwn: () => false });
  return new Set([...listeners.values()].map(({ port }) => port));
}
