import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import { makeCertificates } from "../../certificates.ts";
import { AddressPool } from "../addresses.ts";
import { startApiServer } from "../api/server.ts";
import { startServiceProxy } from "./service-proxy.ts";
import { eventually } from "./testing/eventually.ts";

let api: KubernetesApi;
let addresses: AddressPool;
let nodeAddress: string;
const cleanups: (() => unknown)[] = [];

beforeEach(async () => {
  addresses = await AddressPool.open();
  // A node's address of its own, so that nobody else's node ports are in the way.
  nodeAddress = addresses.nextPodAddress();
  const serviceAddresses = { take: () => addresses.nextServiceAddress(), release: () => undefined };
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]), serviceAddresses });
  api = server.inProcess("system:admin");
  const proxy = await startServiceProxy({ api, nodeAddress, signal: new AbortController().signal });
  cleanups.push(
    () => addresses.close(),
    () => server.close(),
    () => proxy.stop(),
  );
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Service {
  spec: { clusterIP: string; ports: { nodePort: number }[] };
}

async function makeService(type = "NodePort"): Promise<Service> {
  const ports = [{ name: "tcp", port: 7000, targetPort: 7001 }];
  const body = { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { type, ports } };
  return api.request<Service>({ method: "POST", path: "/api/v1/namespaces/default/services", body });
}

const slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

interface Endpoint {
  readonly backend: Backend;
  readonly conditions?: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean };
}

/** Makes the service's slice, or replaces it. */
async function setEndpoints(port: number, endpoints: readonly Endpoint[]): Promise<void> {
  const body = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-1", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    ports: [{ name: "tcp", port, protocol: "TCP" }],
    endpoints: endpoints.map(({ backend, conditions }) => ({
      addresses: [backend.address],
      conditions: conditions ?? { ready: true, serving: true, terminating: false },
    })),
  };
  await api.request({ method: "DELETE", path: `${slices}/web-1` }).catch(() => undefined);
  await api.request({ method: "POST", path: slices, body });
}

interface Backend {
  readonly address: string;
  readonly server: Server;
}

/** Says its name to whoever connects, and then what it is told. */
async function backend(name: string, port = 0): Promise<Backend & { readonly port: number }> {
  const address = addresses.nextPodAddress();
  const server = createServer((socket) => {
    socket.write(`${name}\n`);
    socket.pipe(socket);
    socket.on("error", () => undefined);
  });
  server.listen(port, address);
  await once(server, "listening");
  cleanups.push(() => server.close());
  return { address, server, port: (server.address() as AddressInfo).port };
}

async function greeting(host: string, port: number): Promise<{ readonly socket: Socket; readonly text: string }> {
  const socket = connect({ host, port });
  cleanups.push(() => socket.destroy());
  const [data] = (await once(socket, "data")) as [Buffer];
  return { socket, text: data.toString().trim() };
}

/** Who answers, once anybody does. */
function answer(host: string, port: number): Promise<string> {
  return eventually(`${host}:${port}`, () =>
    greeting(host, port).then(
      ({ socket, text }) => {
        socket.destroy();
        return text;
      },
      () => undefined,
    ),
  );
}

describe("startServiceProxy()", () => {
  it("leads connections to the ready endpoints in turn, at the service's address and at its node port", async () => {
    const { spec } = await makeService();
    const one = await backend("one");
    const two = await backend("two", one.port);
    await setEndpoints(one.port, [
      { backend: one },
      { backend: two },
      { backend: { ...one, address: "127.0.0.1" }, conditions: { ready: false, serving: false, terminating: false } },
    ]);
    const nodePort = spec.ports[0]?.nodePort ?? 0;
    const seen = [await answer(nodeAddress, nodePort)];
    for (let times = 0; times < 3; times++) seen.push(await answer(nodeAddress, nodePort));
    expect(seen.sort()).toEqual(["one", "one", "two", "two"]);
    expect(await answer(spec.clusterIP, 7000)).toMatch(/one|two/);
  });

  it("refuses connections while nobody is ready, but lets those that stand go on", async () => {
    const { spec } = await makeService("ClusterIP");
    await expect(greeting(spec.clusterIP, 7000)).rejects.toThrow("ECONNREFUSED");
    const one = await backend("one");
    await setEndpoints(one.port, [{ backend: one }]);
    await answer(spec.clusterIP, 7000);
    const { socket } = await greeting(spec.clusterIP, 7000);
    await setEndpoints(one.port, []);
    await eventually("refusal", () =>
      greeting(spec.clusterIP, 7000).then(
        () => undefined,
        (error: unknown) => String(error).includes("ECONNREFUSED") || undefined,
      ),
    );
    socket.write("still there\n");
    expect(String((await once(socket, "data"))[0])).toBe("still there\n");
  });

  it("turns to endpoints on their way out that serve still, when there is no other", async () => {
    const { spec } = await makeService("ClusterIP");
    const one = await backend("one");
    await setEndpoints(one.port, [{ backend: one, conditions: { ready: false, serving: true, terminating: true } }]);
    expect(await answer(spec.clusterIP, 7000)).toBe("one");
  });

  it("resets a connection whose endpoint refuses it", async () => {
    const { spec } = await makeService("ClusterIP");
    const one = await backend("one");
    await setEndpoints(one.port, [{ backend: one }]);
    await answer(spec.clusterIP, 7000);
    one.server.close();
    await eventually("reset", () =>
      greeting(spec.clusterIP, 7000).then(
        () => undefined,
        (error: unknown) => String(error).includes("ECONNRESET") || undefined,
      ),
    );
  });

  it("passes on that one side has said its last word, and the answer after it", async () => {
    const { spec } = await makeService("ClusterIP");
    const address = addresses.nextPodAddress();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.resume().on("end", () => socket.end("after the end"));
    });
    server.listen(0, address);
    await once(server, "listening");
    cleanups.push(() => server.close());
    await setEndpoints((server.address() as AddressInfo).port, [{ backend: { address, server } }]);
    const socket = await eventually("a connection", async () => {
      const tried = connect({ host: spec.clusterIP, port: 7000, allowHalfOpen: true });
      return once(tried, "connect").then(
        () => tried,
        () => undefined,
      );
    });
    socket.end("question");
    expect(await text(socket)).toBe("after the end");
  });

  it("reports a port that is taken as an event of the service", async () => {
    const { spec } = await makeService();
    const nodePort = spec.ports[0]?.nodePort ?? 0;
    const squatter = createServer().listen(nodePort, nodeAddress);
    await once(squatter, "listening");
    cleanups.push(() => squatter.close());
    const one = await backend("one");
    await setEndpoints(one.port, [{ backend: one }]);
    const message = await eventually("the event", async () => {
      const { items } = await api.request<{ items: { message: string }[] }>({
        method: "GET",
        path: "/api/v1/namespaces/default/events",
      });
      return items[0]?.message;
    });
    expect(message).toContain(`Cannot listen on ${nodeAddress}:${nodePort}`);
    expect(await answer(spec.clusterIP, 7000)).toBe("one");
  });
});
