import { afterEach, describe, expect, it } from "@jest/globals";
import { connect } from "../../../src/kubernetes/client.ts";
import type { KubernetesClient } from "../../../src/kubernetes/client.ts";
import { makeCertificates } from "../../certificates.ts";
import type { Fault } from "../../http.ts";
import { startApiServer } from "./server.ts";
import { configMaps, refusal, startTestServer } from "./testing/test-server.ts";
import type { TestServer } from "./testing/test-server.ts";

describe("the API server's connections", () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function start(faults: Fault[] = []): Promise<{ test: TestServer; client: KubernetesClient }> {
    const test = await startTestServer({ onFault: () => faults.shift() });
    const token = test.server.issueToken({ user: "admin", groups: ["system:masters"] });
    const client = connect({ server: test.server.url, ca: test.server.caPem, token });
    ends.push(
      () => test.server.close(),
      () => client.close(),
    );
    return { test, client };
  }

  it("are of loopback only", async () => {
    const certificates = await makeCertificates(["127.0.0.1"]);
    await expect(startApiServer({ certificates, address: "0.0.0.0" })).rejects.toThrow("Cannot listen beyond loopback");
  });

  it("can be told to fail, for a client to overcome", async () => {
    const faults: Fault[] = [{ status: 429, headers: { "retry-after": "0" } }, { reset: true }, { delayMs: 1 }];
    const { client } = await start(faults);
    expect(await client.request({ method: "GET", path: configMaps })).toMatchObject({ kind: "ConfigMapList" });
    expect(faults.length).toBeLessThan(2);
  });

  it("can be cut in the middle of a watch", async () => {
    const { test, client } = await start();
    const query = { watch: true, allowWatchBookmarks: true };
    const chunks = client.stream({ method: "GET", path: configMaps, query })[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value as Uint8Array).toString()).toContain("BOOKMARK");
    test.server.disconnect();
    await expect(chunks.next()).rejects.toThrow();
    expect(await client.request({ method: "GET", path: configMaps })).toMatchObject({ kind: "ConfigMapList" });
  });

  it("end with the server, watches included", async () => {
    const { test, client } = await start();
    const chunks = client.stream({
      method: "GET",
      path: configMaps,
      query: { watch: true, allowWatchBookmarks: true },
    });
    const iterator = chunks[Symbol.asyncIterator]();
    await iterator.next();
    await test.server.close();
    await expect(
      iterator.next().then(
        ({ done }) => done === true,
        () => true,
      ),
    ).resolves.toBe(true);
  });

  it("take bodies up to a limit", async () => {
    const { client } = await start();
    const body = { metadata: { name: "big" }, data: { a: "x".repeat(4 * 1024 * 1024) } };
    const status = await refusal(client.request({ method: "POST", path: configMaps, body }));
    expect(status).toMatchObject({ code: 413, reason: "RequestEntityTooLarge" });
  });

  it("share nothing with a client in the same process", async () => {
    const { test } = await start();
    const body = { metadata: { name: "mine", labels: { a: "1" } } };
    const made = await test.create<{ metadata: { labels: Record<string, string> } }>(configMaps, body);
    made.metadata.labels.a = "2";
    body.metadata.labels.a = "3";
    expect((await test.get(`${configMaps}/mine`)).metadata.labels).toEqual({ a: "1" });
  });
});

describe("another API server", () => {
  it("goes on from what the first one held, kinds of its own included", async () => {
    const first = await startTestServer();
    await first.create(configMaps, { metadata: { name: "a" }, data: { key: "value" } });
    await first.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      metadata: { name: "features.example.com" },
      spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { plural: "features", singular: "feature", kind: "Feature" },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
      },
    });
    const written = await first.get(`${configMaps}/a`);
    await first.server.close();

    const certificates = await makeCertificates(["127.0.0.1"]);
    const second = await startApiServer({ certificates, contents: first.server.contents() });
    const api = second.inProcess("tester");
    expect(await api.request({ method: "GET", path: `${configMaps}/a` })).toEqual(written);
    const features = "/apis/example.com/v1/namespaces/ns/features";
    expect(await api.request({ method: "GET", path: features })).toMatchObject({ kind: "FeatureList", items: [] });
    const stale = api.stream({ method: "GET", path: configMaps, query: { watch: true, resourceVersion: "2" } });
    let told = "";
    for await (const chunk of stale) told += Buffer.from(chunk).toString();
    expect(told).toContain('"code":410');
    await second.close();
  });
});
