import { afterEach, describe, expect, it } from "@jest/globals";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import { connect } from "./client.ts";
import { listObjects } from "./list.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const path = "/api/v1/namespaces/shop/configmaps";
const names = Array.from({ length: 1_200 }, (_, index) => `config-${index}`);

/** A server with 1,200 ConfigMaps that forgets a list's moment after so many of its pages, `times` times. */
async function setUp(o: { forgetsAfter: number; times: number }) {
  let left = o.times;
  const server = await hostileServer(({ url }, response) => {
    const query = new URL(url, "http://server").searchParams;
    const start = Number(query.get("continue") ?? 0);
    const size = Number(query.get("limit") ?? names.length);
    if (start >= o.forgetsAfter * 500 && left-- > 0) {
      answer(response, 410, { kind: "Status", apiVersion: "v1", code: 410, reason: "Expired", message: "too old" });
      return;
    }
    const end = Math.min(start + size, names.length);
    const more = end < names.length ? { continue: String(end) } : {};
    const items = names.slice(start, end).map((name) => ({ metadata: { name } }));
    const metadata = { resourceVersion: "7", ...more };
    answer(response, 200, { kind: "ConfigMapList", apiVersion: "v1", metadata, items });
  });
  cleanups.push(() => server.close());
  const api = connect({ server: server.url }, { clock: fastClock() });
  cleanups.push(() => api.close());
  return { server, api };
}

interface Item {
  readonly metadata: { readonly name: string };
}

describe("listObjects()", () => {
  it("reads all pages as one list", async () => {
    const { server, api } = await setUp({ forgetsAfter: 1, times: 0 });
    const list = await listObjects<Item>({ api, path, query: { labelSelector: "a=b" } });
    expect(list.items.map(({ metadata }) => metadata.name)).toEqual(names);
    expect(list).toMatchObject({ kind: "ConfigMapList", apiVersion: "v1", resourceVersion: "7" });
    expect(server.requests.map(({ url }) => url)).toEqual([
      `${path}?labelSelector=a%3Db&limit=500`,
      `${path}?labelSelector=a%3Db&limit=500&continue=500`,
      `${path}?labelSelector=a%3Db&limit=500&continue=1000`,
    ]);
  });

  it("reads it in one piece where the server forgot the moment between two pages, and each object once", async () => {
    const { server, api } = await setUp({ forgetsAfter: 2, times: 1 });
    const { items } = await listObjects<Item>({ api, path });
    expect(items.map(({ metadata }) => metadata.name)).toEqual(names);
    expect(server.requests.at(-1)?.url).toBe(path);
    expect(server.requests).toHaveLength(4);
  });

  it("gives up where even that is forgotten", async () => {
    const { api } = await setUp({ forgetsAfter: 0, times: Infinity });
    await expect(listObjects({ api, path })).rejects.toMatchObject({ status: 410 });
  });

  it("is empty where the server answers null", async () => {
    const body = { kind: "ConfigMapList", apiVersion: "v1", metadata: {}, items: null };
    const server = await hostileServer((_, response) => answer(response, 200, body));
    cleanups.push(() => server.close());
    const api = connect({ server: server.url });
    cleanups.push(() => api.close());
    expect((await listObjects({ api, path })).items).toEqual([]);
  });
});
