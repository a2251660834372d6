import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { losingAnswers, testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import { object, release } from "../../../test/build/objects.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
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
    expect(await store().read(2)).toEqual({
      summary: release(2, { verified: "2026-01-02T03:04:05Z" }),
      objects,
      leftovers: [],
    });
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

  const filled = (bytes: number): typeof objects => {
    const data = { k: randomBytes(bytes / 2).toString("hex") };
    return [{ object: object("ConfigMap", "a", { data }), file: "app.yaml", line: 1 }];
  };
  const secretNames = async (): Promise<string[]> => {
    const path = "/api/v1/namespaces/default/secrets";
    const { items } = await server.other.request<{ items: KubernetesObject[] }>({ method: "GET", path });
    return items.map(({ metadata }) => metadata.name);
  };

  it("splits what is too large for one Secret, and removes all of it", async () => {
    const record = { summary: release(1, { outcome: "pending" as const }), objects: filled(3_000_000) };
    await store(losingAnswers(server.ports.api)).create(record);
    expect(await secretNames()).toEqual([
      "slipway.shop.r1",
      ...[1, 2, 3].map((part) => expect.stringMatching(`^slipway\\.shop\\.r1\\.[0-9a-f]{16}\\.${part}$`)),
    ]);
    const ended = { summary: release(1), objects: record.objects.map((each) => ({ ...each, applied: "a", uid: "b" })) };
    await store().update(ended);
    expect(await store().read(1)).toEqual({ ...ended, leftovers: [] });
    const another = store();
    expect(await another.history()).toEqual([release(1)]);
    await another.remove(1);
    expect(await secretNames()).toEqual([]);
  });

  it("has no record where it was cut off while it wrote one, and tells what remains of it", async () => {
    const { api } = server.ports;
    const cut: KubernetesApi = {
      ...api,
      request: (request) => {
        const { metadata } = (request.body ?? {}) as Partial<KubernetesObject>;
        if (metadata?.name === "slipway.shop.r1") throw new Error("killed");
        return api.request(request);
      },
    };
    const record = { summary: release(1), objects: filled(3_000_000) };
    await expect(store(cut).create(record)).rejects.toThrow("killed");
    const { releases, orphans } = await store().list();
    expect([releases.length, orphans.length]).toEqual([0, 3]);
    await expect(store().read(1)).rejects.toThrow("not found");
    await store().create(record);
    expect((await store().list()).orphans).toEqual([]);
    expect((await store().read(1)).objects).toEqual(record.objects);
  });

  it("never reads a set that lacks a part, or has another's", async () => {
    await store().create({ summary: release(1), objects: filled(3_000_000) });
    const part = (await secretNames()).at(-1) ?? "";
    const path = `/api/v1/namespaces/default/secrets/${part}`;
    const contentType = "application/merge-patch+json";
    await server.other.request({ method: "PATCH", path, contentType, body: { data: { part: "AAAA" } } });
    await expect(store().read(1)).rejects.toThrow("is damaged: its parts are not as they were written");
    await server.other.request({ method: "DELETE", path });
    await expect(store().read(1)).rejects.toThrow(`is damaged: it lacks its part ${part}`);
    expect(await store().history()).toEqual([release(1, { damaged: `it lacks its part ${part}` })]);
  });

  it("keeps what earlier releases may have left", async () => {
    const leftovers = [{ object: object("ConfigMap", "old"), uid: "1" }];
    await store().create({ summary: release(1, { outcome: "pending" }), objects, leftovers });
    expect((await store().read(1)).leftovers).toEqual(leftovers);
    await store().update({ summary: release(1), objects });
    expect((await store().read(1)).leftovers).toEqual([]);
  });

  it.each([
    ["no summary", {}, "it has no summary"],
    ["no JSON", { "slipway.dev/release": "r1" }, "its summary is no JSON object: got r1"],
    ["a field of another shape", { runId: "7; rm" }, `its summary has no good "runId": got "7; rm"`],
    ["an outcome that there is not", { outcome: "fine" }, `its summary has no good "outcome": got "fine"`],
    ["images of another shape", { images: { web: 1 } }, `its summary has no good "images": got {"web":1}`],
    ["the summary of another release", { revision: 2 }, "its summary is that of shop r2"],
  ])("says of a record with %s that it is damaged, and lists the others", async (_what, change, damaged) => {
    for (const revision of [1, 3]) await store().create({ summary: release(revision), objects });
    const isSummary = Object.keys(change).length > 0 && !("slipway.dev/release" in change);
    const annotations = isSummary ? { "slipway.dev/release": JSON.stringify({ ...release(1), ...change }) } : change;
    const path = "/api/v1/namespaces/default/secrets/slipway.shop.r1";
    const secret = await server.other.request<KubernetesObject>({ method: "GET", path });
    const body = { ...secret, metadata: { ...secret.metadata, annotations } };
    await server.other.request({ method: "PUT", path, body });
    expect(await store().history()).toMatchObject([{ revision: 1, outcome: "unknown", damaged }, { revision: 3 }]);
    await expect(store().read(1)).rejects.toThrow(
      `Cannot read the release record slipway.shop.r1 because it is damaged: ${damaged}`,
    );
  });

  it("never follows names of parts that somebody else has written", async () => {
    await store().create({ summary: release(1), objects });
    const path = "/api/v1/namespaces/default/secrets/slipway.shop.r1";
    const annotations = { "slipway.dev/parts": "x/../../../../namespaces/default 1" };
    const contentType = "application/merge-patch+json";
    await server.other.request({ method: "PATCH", path, contentType, body: { metadata: { annotations } } });
    const again = store();
    await again.history();
    server.requests.length = 0;
    await expect(again.read(1)).rejects.toThrow("its parts are not as they were written");
    await again.remove(1);
    expect(server.requests).toEqual([`GET ${path}`, `DELETE ${path}`]);
  });

  it("takes nothing for its own record that has the name of one", async () => {
    const body = { metadata: { name: "slipway.shop.r1" } };
    await server.other.request({ method: "POST", path: "/api/v1/namespaces/default/secrets", body });
    await expect(store().create({ summary: release(1), objects })).rejects.toThrow("already exists");
  });

  it("passes over a copy that somebody has made of a record", async () => {
    await store().create({ summary: release(1), objects });
    const path = "/api/v1/namespaces/default/secrets";
    const { metadata, ...secret } = await server.other.request<KubernetesObject>({
      method: "GET",
      path: `${path}/slipway.shop.r1`,
    });
    const { labels = {}, annotations = {} } = metadata;
    await server.other.request({
      method: "POST",
      path,
      body: { ...secret, metadata: { name: "backup", labels, annotations } },
    });
    expect(await store().list()).toMatchObject({ releases: [{ revision: 1 }], orphans: [] });
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
