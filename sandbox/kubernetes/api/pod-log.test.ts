import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pod, pods, refusal, startTestServer } from "./testing/test-server.ts";
import type { TestServer } from "./testing/test-server.ts";

describe("podLog()", () => {
  let test: TestServer;
  let backend: Server;

  beforeAll(async () => {
    // A kubelet: it tells what it was asked.
    backend = createServer((request, response) => {
      const isWaiting = request.url?.includes("/waiting/") ?? false;
      response.writeHead(isWaiting ? 400 : 200, { "x-backend": "yes" });
      response.end(
        isWaiting
          ? 'container "main" in pod "waiting" is waiting to start: ContainerCreating'
          : `${request.method} ${request.url}`,
      );
    });
    backend.listen(0, "127.0.0.1");
    await once(backend, "listening");
    const { port } = backend.address() as AddressInfo;
    test = await startTestServer();
    const status = {
      addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
    };
    await test.create("/api/v1/nodes", { metadata: { name: "node" }, status });
    for (const name of ["one", "waiting"]) await test.create(pods, pod(name));
    await test.create(
      pods,
      pod("two", {
        containers: [
          { name: "a", image: "i" },
          { name: "b", image: "i" },
        ],
      }),
    );
  });
  afterAll(async () => {
    await test.server.close();
    backend.close();
    backend.closeAllConnections();
  });

  const text = async (path: string, query: Record<string, string> = {}): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of test.api.stream({ method: "GET", path, query })) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
  };

  it("takes a log from the kubelet of the pod's node, with the options a log has", async () => {
    const asked = await text(`${pods}/one/log`, { follow: "true", tailLines: "5", other: "no" });
    expect(asked).toBe("GET /containerLogs/ns/one/main?follow=true&tailLines=5");
  });

  it("asks which container is meant, and says which there are", async () => {
    const { message } = await refusal(text(`${pods}/two/log`));
    expect(message).toBe("a container name must be specified for pod two, choose one of: [a b]");
    expect(await text(`${pods}/two/log`, { container: "b" })).toContain("/containerLogs/ns/two/b");
    expect((await refusal(text(`${pods}/two/log`, { container: "c" }))).message).toBe(
      "container c is not valid for pod two",
    );
  });

  it("passes on what the kubelet refuses", async () => {
    const status = await refusal(text(`${pods}/waiting/log`));
    expect(status).toMatchObject({
      code: 400,
      message: 'container "main" in pod "waiting" is waiting to start: ContainerCreating',
    });
  });
});
