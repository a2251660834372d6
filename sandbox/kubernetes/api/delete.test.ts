import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { configMaps, pod, pods, refusal, startTestServer } from "./testing/test-server.ts";
import type { TestServer } from "./testing/test-server.ts";

describe("a deletion", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(() => test.server.close());

  const isGone = async (path: string): Promise<boolean> => (await refusal(test.get(path))).code === 404;

  it("gives a running pod its grace, and lets the kubelet end it", async () => {
    const path = `${pods}/graceful`;
    await test.create(pods, pod("graceful", { terminationGracePeriodSeconds: 7 }));
    const marked = await test.remove<KubernetesObject>(path);
    expect(marked.metadata.deletionGracePeriodSeconds).toBe(7);
    expect(marked.metadata.generation).toBe(2);
    const shorter = await test.remove<KubernetesObject>(path, { gracePeriodSeconds: 2 });
    expect(shorter.metadata.deletionGracePeriodSeconds).toBe(2);
    const longer = await test.remove<KubernetesObject>(path, { gracePeriodSeconds: 60 });
    expect(longer.metadata.resourceVersion).toBe(shorter.metadata.resourceVersion);
    const uid = { preconditions: { uid: "another" } };
    expect(await refusal(test.remove(path, { gracePeriodSeconds: 0, ...uid }))).toMatchObject({ code: 409 });
    await test.remove(path, { gracePeriodSeconds: 0 });
    expect(await isGone(path)).toBe(true);
  });

  it("needs no grace for a pod that no node has", async () => {
    await test.create(pods, pod("unscheduled", { nodeName: undefined }));
    await test.remove(`${pods}/unscheduled`);
    expect(await isGone(`${pods}/unscheduled`)).toBe(true);
  });

  it("waits for finalizers, and happens with the last of them", async () => {
    const path = `${configMaps}/held`;
    await test.create(configMaps, { metadata: { name: "held", finalizers: ["example.com/a", "example.com/b"] } });
    await test.remove(path);
    await test.merge(path, { metadata: { finalizers: ["example.com/b"] } });
    expect((await test.get(path)).metadata.deletionTimestamp).toBeDefined();
    await test.merge(path, { metadata: { finalizers: null } });
    expect(await isGone(path)).toBe(true);
  });

  it.each([
    ["Foreground", ["foregroundDeletion"]],
    ["Orphan", ["orphan"]],
  ])("leaves %s to the garbage collector", async (propagationPolicy, finalizers) => {
    await test.create(configMaps, { metadata: { name: "owner" } });
    const marked = await test.remove<KubernetesObject>(`${configMaps}/owner`, { propagationPolicy });
    expect(marked.metadata.finalizers).toEqual(finalizers);
    await test.merge(`${configMaps}/owner`, { metadata: { finalizers: null } });
  });

  it("does nothing in a dry run", async () => {
    await test.create(configMaps, { metadata: { name: "dry" } });
    await test.remove(`${configMaps}/dry`, { dryRun: ["All"] });
    expect((await test.get(`${configMaps}/dry`)).metadata.deletionTimestamp).toBeUndefined();
  });

  it("of a collection keeps to its selector", async () => {
    await test.create(configMaps, { metadata: { name: "one", labels: { set: "x" } } });
    await test.create(configMaps, { metadata: { name: "two", labels: { set: "y" } } });
    await test.api.request({ method: "DELETE", path: configMaps, query: { labelSelector: "set=x" } });
    expect(await isGone(`${configMaps}/one`)).toBe(true);
    expect((await test.get(`${configMaps}/two`)).metadata.name).toBe("two");
  });

  it("of a namespace leaves it until it is finalized", async () => {
    const path = "/api/v1/namespaces/leaving";
    await test.create("/api/v1/namespaces", { metadata: { name: "leaving" } });
    const marked = await test.remove<KubernetesObject>(path);
    expect(marked).toMatchObject({ status: { phase: "Terminating" } });
    await test.replace(`${path}/finalize`, { ...marked, spec: { finalizers: [] } });
    expect(await isGone(path)).toBe(true);
    expect((await refusal(test.remove("/api/v1/namespaces/default"))).message).toBe(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});
