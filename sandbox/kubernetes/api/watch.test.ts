import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configMaps, startTestServer } from "./testing/test-server.ts";
import type { TestServer, Watch } from "./testing/test-server.ts";

describe("a watch", () => {
  let test: TestServer;
  const open: Watch[] = [];
  const watch = (query: Parameters<TestServer["watch"]>[1]): Watch => {
    const started = test.watch(configMaps, query);
    open.push(started);
    return started;
  };

  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(async () => {
    for (const each of open) each.stop();
    await test.server.close();
  });

  it("goes on from a resourceVersion with everything that happened since", async () => {
    const made = await test.create(configMaps, { metadata: { name: "since" }, data: { a: "1" } });
    await test.merge(`${configMaps}/since`, { data: { a: "2" } });
    await test.remove(`${configMaps}/since`);
    const events = watch({ resourceVersion: made.metadata.resourceVersion });
    expect(await events.next()).toMatchObject({ type: "MODIFIED", object: { data: { a: "2" } } });
    const last = await events.next();
    expect(last).toMatchObject({ type: "DELETED", object: { metadata: { name: "since" } } });
    expect(Number(last?.object.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion) + 1);
  });

  it("sees an object come into its selector as added, and leave it as deleted", async () => {
    const { metadata } = await test.get("/api/v1/namespaces/ns/configmaps");
    const events = watch({ labelSelector: "in=view", resourceVersion: metadata.resourceVersion });
    await test.create(configMaps, { metadata: { name: "mover" } });
    await test.merge(`${configMaps}/mover`, { metadata: { labels: { in: "view" } } });
    expect(await events.next()).toMatchObject({ type: "ADDED", object: { metadata: { name: "mover" } } });
    await test.merge(`${configMaps}/mover`, { data: { a: "1" } });
    expect(await events.next()).toMatchObject({ type: "MODIFIED" });
    await test.merge(`${configMaps}/mover`, { metadata: { labels: { in: null } }, data: { a: "2" } });
    expect(await events.next()).toMatchObject({ type: "DELETED", object: { data: { a: "1" } } });
  });

  it("starts with what is there when asked to, and says where that ends", async () => {
    await test.create(configMaps, { metadata: { name: "there", labels: { initial: "yes" } } });
    const query = { labelSelector: "initial=yes", sendInitialEvents: true, allowWatchBookmarks: true };
    const events = watch({ ...query, resourceVersionMatch: "NotOlderThan" });
    expect(await events.next()).toMatchObject({ type: "ADDED", object: { metadata: { name: "there" } } });
    const bookmark = await events.next();
    expect(bookmark).toMatchObject({ type: "BOOKMARK", object: { kind: "ConfigMap", apiVersion: "v1" } });
    expect(bookmark?.object.metadata.annotations).toEqual({ "k8s.io/initial-events-end": "true" });
  });

  it("is told with 410 that its version is too old, and ends", async () => {
    const made = await test.create(configMaps, { metadata: { name: "old" } });
    await test.merge(`${configMaps}/old`, { data: { a: "1" } });
    test.server.compact();
    const events = watch({ resourceVersion: made.metadata.resourceVersion });
    const error = await events.next();
    expect(error).toMatchObject({ type: "ERROR", object: { code: 410, reason: "Expired" } });
    expect(await events.next()).toBeUndefined();
  });

  it("keeps to its namespace, and sees all of them without one", async () => {
    const { metadata } = await test.get("/api/v1/configmaps");
    const everywhere = test.watch("/api/v1/configmaps", { resourceVersion: metadata.resourceVersion });
    open.push(everywhere);
    const here = watch({ resourceVersion: metadata.resourceVersion });
    await test.create("/api/v1/namespaces/default/configmaps", { metadata: { name: "elsewhere" } });
    await test.create(configMaps, { metadata: { name: "here" } });
    expect(await everywhere.next()).toMatchObject({ object: { metadata: { name: "elsewhere" } } });
    expect(await everywhere.next()).toMatchObject({ object: { metadata: { name: "here" } } });
    expect(await here.next()).toMatchObject({ object: { metadata: { name: "here" } } });
  });

  it("ends after its timeoutSeconds", async () => {
    const { metadata } = await test.get("/api/v1/namespaces/ns/configmaps");
    expect(await watch({ resourceVersion: metadata.resourceVersion, timeoutSeconds: 1 }).next()).toBeUndefined();
  });
});
