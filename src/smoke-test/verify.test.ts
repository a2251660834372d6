import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { release } from "../../test/build/objects.ts";
import { SlipwayError } from "../error.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import { releaseStore } from "../release/record/store.ts";
import type { ReleaseStore } from "../release/record/store.ts";
import { markVerified } from "./verify.ts";

const place = { app: "shop", namespace: "default" };

let server: TestApiServer;
let store: ReleaseStore;
beforeEach(async () => {
  server = await testApiServer();
  store = releaseStore(server.ports.api, place);
  for (const summary of [release(1), release(2)]) await store.create({ summary, objects: [] });
});
afterEach(() => server.close());

async function verifiedRevisions(): Promise<number[]> {
  return (await store.history()).filter(({ verified }) => verified !== undefined).map(({ revision }) => revision);
}

describe("markVerified()", () => {
  it("notes in the newest release's record when its test passed, and changes nothing else", async () => {
    await expect(markVerified({ summary: release(2), store })).resolves.toEqual({
      verified: true,
      text: "r2 is verified",
    });
    const [first, second] = await store.history();
    expect(first).toEqual(release(1));
    expect(second).toEqual({ ...release(2), verified: expect.stringMatching(/^20\d\d-.*Z$/) as unknown });
    expect((await store.read(2)).objects).toEqual([]);
  });

  it("keeps what the record was told while the test ran", async () => {
    await store.annotate({ ...release(2), reason: "an incident" });
    await markVerified({ summary: release(2), store });
    expect((await store.history())[1]).toMatchObject({ reason: "an incident", verified: expect.any(String) });
  });

  it("does not mark a release that another has followed", async () => {
    await store.create({ summary: release(3, { outcome: "pending", actor: "bea" }), objects: [] });
    const text = "r2 is not marked verified, because r3 by bea was deployed meanwhile";
    await expect(markVerified({ summary: release(2), store })).resolves.toEqual({ verified: false, text });
    expect(await verifiedRevisions()).toEqual([]);
  });

  it("does not mark a release whose record is gone", async () => {
    await store.remove(2);
    const text = "r2 is not marked verified, because its record is gone";
    await expect(markVerified({ summary: release(2), store })).resolves.toEqual({ verified: false, text });
    expect(await verifiedRevisions()).toEqual([]);
  });

  it("tells of an API server that does not let it", async () => {
    const denied = new SlipwayError("Cannot patch secrets", { code: "denied" });
    const api: KubernetesApi = {
      ...server.ports.api,
      request: (request) => (request.method === "PATCH" ? Promise.reject(denied) : server.ports.api.request(request)),
    };
    const verdict = await markVerified({ summary: release(2), store: releaseStore(api, place) });
    expect(verdict).toEqual({ verified: false, text: "r2 could not be marked verified", error: denied });
  });
});
