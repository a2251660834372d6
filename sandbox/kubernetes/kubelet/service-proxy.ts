import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import { startInformer } from "../../../src/kubernetes/watch.ts";
import { EventRecorder } from "../controllers/events.ts";
import type { RecordEvent } from "../controllers/events.ts";
import type { EndpointSlice } from "../controllers/kinds.ts";
import { BackendChoice } from "./backend-choice.ts";
import { desiredListeners } from "./service-listeners.ts";
import type { Listener, Service } from "./service-listeners.ts";

/**
 * Does for loopback what kube-proxy does with the kernel's tables: connections to a service's address, to its node ports and to its
 * load balancer go to its ready endpoints in turn. Without any, nothing listens, so that connections are refused. What is connected
 * stays connected, whatever becomes of the endpoint. UDP is not served.
 */
export async function startServiceProxy(o: {
  readonly api: KubernetesApi;
  /** Where node ports listen. */
  readonly nodeAddress?: string;
  /** Which addresses of services are this machine's to listen at: those of loopback, unless said otherwise. */
  readonly isOwn?: (address: string) => boolean;
  readonly signal: AbortSignal;
}): Promise<{ stop(): Promise<void> }> {
  const ending = new AbortController();
  const signal = AbortSignal.any([o.signal, ending.signal]);
  const events = new EventRecorder({ api: o.api, component: "kube-proxy", signal, onDropped: () => undefined });
  const doors = new Doors(events.record);
  let begin = (): void => undefined;
  const reconcile = (): void => begin();
  const services = await startInformer<Service>({ api: o.api, path: "/api/v1/services", signal, onEvent: reconcile });
  const slices = await startInformer<EndpointSlice>({
    api: o.api,
    path: "/apis/discovery.k8s.io/v1/endpointslices",
    signal,
    onEvent: reconcile,
  });
  begin = () => {
    const wanted = desiredListeners({
      services: services.objects.values(),
      slices: [...slices.objects.values()],
      nodeAddress: o.nodeAddress ?? "127.0.0.1",
      isOwn: o.isOwn ?? ((address) => address.startsWith("127.")),
    });
    doors.update(wanted);
  };
  begin();
  const stop = async (): Promise<void> => {
    begin = () => undefined;
    ending.abort(new Error("the service proxy was stopped"));
    await doors.close();
  };
  o.signal.addEventListener("abort", () => void stop(), { once: true });
  return { stop };
}

/** What listens, by address and port. */
class Doors {
  readonly #open = new Map<string, Door>();
  readonly #closing = new Set<Promise<void>>();
  readonly #sockets = new Set<Socket>();
  readonly #record: RecordEvent;

  constructor(record: RecordEvent) {
    this.#record = record;
  }

  update(wanted: ReadonlyMap<string, Listener>): void {
    for (const [key, door] of this.#open) if (!wanted.has(key)) this.#shut(key, door);
    for (const [key, listener] of wanted) {
      const known = this.#open.get(key);
      if (known !== undefined) known.choice.update(listener);
      else this.#open.set(key, this.#listen(key, listener));
    }
  }

  async close(): Promise<void> {
    this.update(new Map());
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#closing);
  }

  #listen(key: string, listener: Listener): Door {
    const { address, port, service } = listener;
    const choice = new BackendChoice(listener);
    const door: Door = { choice, server: createServer({ allowHalfOpen: true, pauseOnConnect: true }) };
    door.server.on("connection", (client) => this.#connect(client, door));
    door.server.on("error", (error) => {
      this.#open.delete(key);
      this.#record(service, {
        type: "Warning",
        reason: "FailedToListen",
        message: `Cannot listen on ${address}:${port} of this machine: ${error.message}`,
      });
    });
    door.server.listen(port, address);
    return door;
  }

  #shut(key: string, { server }: Door): void {
    this.#open.delete(key);
    // Resolves when the last connection has ended, which may be long after nothing listens any more.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.#closing.add(closed);
    void closed.then(() => this.#closing.delete(closed));
  }

  #connect(client: Socket, door: Door): void {
    const backend = door.choice.next(client.remoteAddress ?? "");
    if (backend === undefined) return void client.resetAndDestroy();
    const server = connect({ host: backend.address, port: backend.port, allowHalfOpen: true, noDelay: true });
    client.setNoDelay(true);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.resetAndDestroy());
      one.on("close", () => this.#sockets.delete(one));
    }
    server.once("connect", () => {
      client.pipe(server).pipe(client);
      client.resume();
    });
  }
}

interface Door {
  readonly choice: BackendChoice;
  readonly server: Server;
}
