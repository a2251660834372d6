import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { losingAnswers, testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { fastClock } from "../../../test/fast-clock.ts";
import { systemClock } from "../../runner/clock.ts";
import type { Clock } from "../../runner/clock.ts";
import type { Lock } from "./held-lock.ts";
import { acquireLock } from "./lock.ts";
import type { LockOptions, Waiting } from "./lock.ts";

/** A holder that lives and does nothing: as if it had been killed. */
const frozenClock: Clock = { now: () => 0, sleep: (_ms, signal) => systemClock.sleep(3_600_000, signal) };

let server: TestApiServer;
const held: Lock[] = [];
beforeEach(async () => {
  server = await testApiServer();
});
afterEach(async () => {
  await Promise.all(held.splice(0).map((lock) => lock.release()));
  await server.close();
});

async function acquire(holder: string, rest: Partial<LockOptions> = {}): Promise<Lock> {
  const { api, signal } = server.ports;
  const options = {
    api,
    signal,
    clock: frozenClock,
    app: "shop",
    namespace: "default",
    waitMs: 0,
    onWait: () => undefined,
    onTakeOver: () => undefined,
  };
  const lock = await acquireLock({ ...options, holder, ...rest });
  held.push(lock);
  return lock;
}

const lease = (): Promise<KubernetesObject> =>
  server.other.request({ method: "GET", path: "/apis/coordination.k8s.io/v1/namespaces/default/leases/slipway.shop" });

/** Requests of this method get no answer until they are given up. */
function answerless(api: KubernetesApi, method: string): KubernetesApi {
  return {
    stream: (request) => api.stream(request),
    request: (request) =>
      request.method !== method
        ? api.request(request)
        : new Promise((_, reject) => request.signal?.addEventListener("abort", () => reject(new Error("given up")))),
  };
}

describe("acquireLock()", () => {
  it("holds a Lease that says who holds it, and frees it", async () => {
    const lock = await acquire("acme/shop run 1");
    expect((await lease()).spec).toMatchObject({
      holderIdentity: expect.stringMatching(/^acme\/shop run 1 \[/),
      leaseDurationSeconds: 30,
    });
    await lock.release();
    expect((await lease()).spec).toMatchObject({ holderIdentity: "" });
    await acquire("acme/shop run 2");
  });

  it("lets one of several have it, and says for whom the others wait", async () => {
    const results = await Promise.allSettled(["run 1", "run 2", "run 3"].map((holder) => acquire(holder)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    for (const message of refused)
      expect(message).toMatch(/Cannot deploy shop because another run is deploying it: .* held by run \d$/);
  });

  it("waits until the other run has finished", async () => {
    const first = await acquire("run 1");
    const told: string[] = [];
    const waiting = acquire("run 2", {
      waitMs: 60_000,
      clock: fastClock(200),
      onWait: ({ holder }) => {
        told.push(holder);
        void first.release();
      },
    });
    await waiting;
    expect(told).toEqual(["run 1"]);
  });

  it("takes over from a run that was killed, once it has not renewed for 30 s, and says so", async () => {
    await acquire("killed run");
    const clock = fastClock(200);
    const started = clock.now();
    const told: string[] = [];
    await acquire("run 2", { waitMs: 120_000, clock, onTakeOver: (holder) => void told.push(holder) });
    expect(clock.now() - started).toBeGreaterThanOrEqual(30_000);
    expect(told).toEqual(["killed run"]);
  });

  it("says when the lock of a silent holder will be free, where the time is up before", async () => {
    await acquire("killed run");
    const waiting = acquire("run 2", { waitMs: 20_000, clock: fastClock(100) });
    await expect(waiting).rejects.toMatchObject({
      hint: expect.stringMatching(/no sign of life for 2\d s: if it was killed, its lock is free in \d/),
    });
  });

  it("tells again each minute for whom it waits, since when and for how long", async () => {
    const holder = fastClock(200);
    await acquire("run 1", { clock: holder });
    const told: Waiting[] = [];
    const clock = fastClock(200);
    const before = Date.now();
    const waiting = acquire("run 2", { waitMs: 150_000, clock, onWait: (each) => void told.push(each) });
    await expect(waiting).rejects.toThrow("held by run 1");
    expect(told.map(({ holder: name }) => name)).toEqual(["run 1", "run 1", "run 1"]);
    expect(Math.abs((told[0]?.since?.getTime() ?? 0) - before)).toBeLessThan(5_000);
    expect(told.map(({ leftMs }) => Math.ceil(leftMs / 60_000))).toEqual([3, 2, 1]);
  });

  it("never takes over from a run that renews", async () => {
    const clock = fastClock(50);
    await acquire("run 1", { clock });
    await expect(acquire("run 2", { waitMs: 120_000, clock })).rejects.toThrow("held by run 1");
  });

  it("tells the holder when another run took its lock", async () => {
    const { lost } = await acquire("run 1", { clock: fastClock(200) });
    const taken = await lease();
    await server.other.request({
      method: "PATCH",
      path: "/apis/coordination.k8s.io/v1/namespaces/default/leases/slipway.shop",
      contentType: "application/merge-patch+json",
      body: { spec: { holderIdentity: "run 2" } },
    });
    expect(taken.spec).toBeDefined();
    await new Promise<void>((resolve) => (lost.aborted ? resolve() : lost.addEventListener("abort", () => resolve())));
    expect(String(lost.reason)).toContain("its lock was lost: another run has taken it");
    expect(lost.reason).toMatchObject({ outcome: "failed" });
  });

  it("tells the holder when somebody has deleted its lock", async () => {
    const { lost } = await acquire("run 1", { clock: fastClock(200) });
    const path = "/apis/coordination.k8s.io/v1/namespaces/default/leases/slipway.shop";
    await server.other.request({ method: "DELETE", path });
    await new Promise<void>((resolve) => (lost.aborted ? resolve() : lost.addEventListener("abort", () => resolve())));
    expect(String(lost.reason)).toContain("its lock was lost");
  });

  it("is lost before anybody else may take it, when the server has been away, and is not waited for then", async () => {
    const clock = fastClock(200);
    const lock = await acquire("run 1", { api: answerless(server.ports.api, "PUT"), clock });
    const started = clock.now();
    await new Promise<void>((resolve) => lock.lost.addEventListener("abort", () => resolve()));
    expect(clock.now() - started).toBeLessThan(30_000);
    expect(String(lock.lost.reason)).toContain("its lock was lost: the API server took no renewal for 25 s");
    // What nobody could see has neither failed nor succeeded.
    expect(lock.lost.reason).toMatchObject({ outcome: "unknown" });
    await lock.release();
  });

  it("is taken by the next try where the connection of the first one has died silently", async () => {
    const clock = fastClock(100);
    let tries = 0;
    const stuck = answerless(server.ports.api, "POST");
    const api: KubernetesApi = {
      ...server.ports.api,
      request: (request) => (request.method === "POST" && ++tries === 1 ? stuck : server.ports.api).request(request),
    };
    const started = clock.now();
    const lock = await acquire("run 1", { api, clock });
    expect(clock.now() - started).toBeLessThan(20_000);
    expect(() => lock.check()).not.toThrow();
  });

  it("is given up where the server answers no write", async () => {
    const waiting = acquire("run 1", { api: answerless(server.ports.api, "POST"), clock: fastClock(200) });
    await expect(waiting).rejects.toMatchObject({ code: "unreachable", outcome: "unknown" });
  });

  it("outlives a connection that has died silently: the next try goes through", async () => {
    const clock = fastClock(100);
    let tries = 0;
    const stuck = answerless(server.ports.api, "PUT");
    const api: KubernetesApi = {
      ...server.ports.api,
      request: (request) => (request.method === "PUT" && ++tries === 1 ? stuck : server.ports.api).request(request),
    };
    const lock = await acquire("run 1", { api, clock });
    await clock.sleep(60_000);
    expect(tries).toBeGreaterThan(3);
    expect(() => lock.check()).not.toThrow();
  });

  it("knows that it is lost as soon as a process goes on that was stopped for a while", async () => {
    let now = 0;
    const lock = await acquire("run 1", { clock: { ...frozenClock, now: () => now } });
    expect(() => lock.check()).not.toThrow();
    now = 26_000;
    expect(() => lock.check()).toThrow("its lock was lost");
    expect(lock.lost.aborted).toBe(true);
  });

  it("is taken, renewed and given back though answers are lost", async () => {
    const clock = fastClock(200);
    const lock = await acquire("run 1", { api: losingAnswers(server.ports.api), clock });
    const before = (await lease()).metadata.resourceVersion;
    await clock.sleep(65_000);
    expect((await lease()).metadata.resourceVersion).not.toBe(before);
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
    expect((await lease()).spec).toMatchObject({ holderIdentity: "" });
  });

  it("stops waiting when the job is cancelled", async () => {
    await acquire("run 1");
    const cancel = new AbortController();
    const waiting = acquire("run 2", {
      clock: fastClock(200),
      waitMs: 60_000,
      signal: cancel.signal,
      onWait: () => cancel.abort(new Error("cancelled")),
    });
    await expect(waiting).rejects.toThrow(/cancelled|aborted/);
  });
});
