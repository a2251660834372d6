import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { losingAnswers, testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { object, release } from "../../test/build/objects.ts";
import { releaseStore } from "./store.ts";
import type { ReleaseStore } from "./store.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
});
afterEach(() => server.close());

const store = (api = server.ports.api): ReleaseStore => releaseStore(api, { app: "shop", namespace: "default" });
const objects = [{ object: object("ConfigMap", "a", { data: { k: "v" } }), file: "app.yaml", line: 1 }];

describe("releaseStore()", () => {
  it("keeps what was applied and what became of it, and lists histories oldest first", async () => {
    for (const revision of [2, 10, 1]) await store().create({ summary: release(revision), objects });
    await store().annotate(release(2, { verified: "2026-01-02T03:04:05Z" }));
    expect((await store().history()).map(({ revision, verified }) => [revision, verified])).toEqual([
      [1, undefined],
      [2, "2026-01-02T03:04:05Z"],
      [10, undefined],
    ]);
    expect(await store().read(2)).toEqual({ summary: release(2, { verified: "2026-01-02T03:04:05Z" }), objects });
  });

  it("keeps records in Secrets and nowhere else", async () => {
    await store().create({ summary: release(1), objects });
    expect(server.requests).toEqual(["POST /api/v1/namespaces/default/secrets?fieldManager=slipway"]);
  });

  it("writes, updates and removes a record though answers are lost", async () => {
    const lossy = store(losingAnswers(server.ports.api));
    await lossy.create({ summary: release(1, { outcome: "pending" }), objects });
    await lossy.update({ summary: release(1), objects });
    await lossy.annotate(release(1, { reason: "why" }));
    expect(await store().history()).toEqual([release(1, { reason: "why" })]);
    await lossy.remove(1);
    expect(await store().history()).toEqual([]);
  });

  it("refuses what is too large before anything is deployed, never the outcome of what was", async () => {
    const filled = (bytes: number): typeof objects => [
      {
        object: object("ConfigMap", "a", { data: { k: randomBytes(bytes / 2).toString("hex") } }),
        file: "app.yaml",
        line: 1,
      },
    ];
    await expect(store().create({ summary: release(1), objects: filled(1_600_000) })).rejects.toThrow(
      "Cannot keep the record slipway.shop.r1 because its objects are too large",
    );
    await store().create({ summary: release(1), objects: filled(1_300_000) });
    await store().update({ summary: release(1), objects: filled(1_600_000) });
  });

  it("never takes another run's record for its own", async () => {
    await store().create({ summary: release(1, { runId: "7" }), objects });
    await expect(store().create({ summary: release(1, { runId: "8" }), objects })).rejects.toThrow("already exists");
    expect(await store().history()).toEqual([release(1, { runId: "7" })]);
  });

  it("says which record is damaged", async () => {
    await store().create({ summary: release(1), objects });
    await server.other.request({
      method: "PATCH",
      path: "/api/v1/namespaces/default/secrets/slipway.shop.r1",
      contentType: "application/merge-patch+json",
      body: { data: { release: "AAAA" } },
    });
    await expect(store().read(1)).rejects.toThrow("Cannot read the release record slipway.shop.r1");
  });
});
