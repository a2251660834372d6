import { afterEach, describe, expect, it } from "@jest/globals";
import { looseObject, string, unknown } from "valibot";
import { failure } from "../../test/failure.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour } from "../../test/hostile-server.ts";
import { SlipwayError } from "../error.ts";
import { openDigitalOcean } from "./client.ts";

const token = "dop_v1_0123456789abcdef";
const clusters = {
  path: "/v2/kubernetes/clusters",
  answer: unknown(),
  doing: "find the cluster shop",
  scope: "kubernetes:read",
};
const list = { ...clusters, key: "kubernetes_clusters", item: string() };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A DigitalOcean that does what the list says, request by request, and then answers `{ok: true}`. */
async function setUp(behaviours: readonly Behaviour[], prefix = "") {
  const server = await hostileServer((request, response) => {
    const behave = behaviours[request.index] ?? (() => answer(response, 200, { ok: true }));
    return behave(request, response);
  });
  cleanups.push(() => server.close());
  const clock = fastClock();
  const api = openDigitalOcean({ token, env: { DIGITALOCEAN_API_URL: server.url + prefix }, clock });
  cleanups.push(() => api.close());
  return { server, api, clock };
}

const failing = (status: number, message: string, headers = {}, id = "some_id"): Behaviour => {
  return (_, response) => answer(response, status, { id, message, request_id: "r-1" }, headers);
};
const reset: Behaviour = (_, response) => response.socket?.resetAndDestroy();

describe("a request", () => {
  it("carries the token, the query and a JSON body below the API's address", async () => {
    const { server, api } = await setUp([], "/do/");
    const body = { cluster_uuids: ["c"] };
    await api.request({ ...clusters, method: "POST", path: "/v2/kubernetes/registries", query: { a: "b c" }, body });
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      url: "/do/v2/kubernetes/registries?a=b+c",
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
  });

  it("answers undefined where the answer is empty", async () => {
    const { api } = await setUp([(_, response) => response.writeHead(204).end()]);
    expect(await api.request({ ...clusters, method: "DELETE" })).toBeUndefined();
  });
});

describe("a list", () => {
  it("follows its pages, 200 items at a time", async () => {
    const page = (names: string[], next?: string): Behaviour => {
      return (request, response) => {
        const pages = next === undefined ? {} : { next: `http://${request.headers.host ?? ""}${next}` };
        answer(response, 200, { kubernetes_clusters: names, links: { pages } });
      };
    };
    const next = "/v2/kubernetes/clusters?page=2&per_page=200";
    const { server, api } = await setUp([page(["a", "b"], next), page(["c"])]);
    expect(await api.list(list)).toEqual(["a", "b", "c"]);
    expect(server.requests.map(({ url }) => url)).toEqual(["/v2/kubernetes/clusters?per_page=200", next]);
  });

  it("does not take the token to another host, whatever its links name", async () => {
    const away = { kubernetes_clusters: ["a"], links: { pages: { next: "https://evil.example/v2?page=2" } } };
    const { server, api } = await setUp([
      (_, response) => answer(response, 200, away),
      (_, response) => answer(response, 200, { kubernetes_clusters: ["b"] }),
    ]);
    expect(await api.list(list)).toEqual(["a", "b"]);
    expect(server.requests[1]?.url).toBe("/v2/kubernetes/clusters?page=2");
  });

  it("that goes round in circles is an error", async () => {
    const round = { kubernetes_clusters: [], links: { pages: { next: "/v2/kubernetes/clusters?page=1" } } };
    const { server, api } = await setUp(Array<Behaviour>(100).fill((_, response) => answer(response, 200, round)));
    expect((await failure(api.list(list))).message).toContain("DigitalOcean's list has no end: got 50 pages");
    expect(server.requests).toHaveLength(50);
  });

  it.each([
    ["an entry that is none", { kubernetes_clusters: ["a", null] }, "nothing for kubernetes_clusters.1"],
    ["an object where a list should be", { kubernetes_clusters: {} }, "an object for kubernetes_clusters"],
    ["no list at all", { clusters: [] }, "nothing for kubernetes_clusters"],
    ["another document", "hello", "text for the whole answer"],
    ["links that are none", { kubernetes_clusters: [], links: { pages: "2" } }, "text for links.pages"],
  ])("with %s is an error, and never an empty list", async (_, body, got) => {
    const { api } = await setUp([(_, response) => answer(response, 200, body)]);
    const error = await failure(api.list(list));
    expect(error.message).toBe(
      `Cannot find the cluster shop because DigitalOcean's answer is not what its API promises: got ${got}`,
    );
    expect(error.code).toBe("refused");
  });

  it("is empty where the API answers null", async () => {
    const { api } = await setUp([(_, response) => answer(response, 200, { kubernetes_clusters: null })]);
    expect(await api.list(list)).toEqual([]);
  });
});

describe("retries", () => {
  it("mend the limit of a minute, server errors, resets and silence", async () => {
    const { server, api } = await setUp([
      failing(429, "API Rate limit exceeded.", { "retry-after": "2" }),
      failing(500, "Server Error"),
      failing(503, "x"),
      reset,
      () => undefined,
    ]);
    expect(await api.request(clusters)).toEqual({ ok: true });
    expect(server.requests).toHaveLength(6);
  });

  it("do not repeat a write that may have been done", async () => {
    for (const behaviour of [failing(500, "x"), reset]) {
      const { server, api } = await setUp([behaviour]);
      await failure(api.request({ ...clusters, method: "POST" }));
      expect(server.requests).toHaveLength(1);
    }
  });

  it("do not wait for the limit of an hour, and say when it ends", async () => {
    const headers = {
      "ratelimit-limit": "5000",
      "ratelimit-remaining": "0",
      "ratelimit-reset": String(Date.UTC(2026, 10, 20, 14, 5) / 1000),
      date: new Date(Date.UTC(2026, 10, 20, 13, 25)).toUTCString(),
    };
    const { server, api } = await setUp([failing(429, "API Rate limit exceeded.", headers)]);
    const error = await failure(api.request(clusters));
    expect(error.message).toBe(
      "Cannot find the cluster shop because this token has used up 5000 requests of this hour (request r-1)",
    );
    expect(error.hint).toContain("again at 14:05 UTC, in 40 min. Give");
    expect(server.requests).toHaveLength(1);
  });

  it("do not go on for longer than a minute, and say which limit it was", async () => {
    const burst = failing(429, "API Rate limit exceeded.", { "retry-after": "90", "ratelimit-remaining": "0" });
    const { server, api } = await setUp([burst]);
    expect((await failure(api.request(clusters))).message).toContain("too many requests within a minute");
    expect(server.requests).toHaveLength(1);
  });
});

describe("an error", () => {
  it.each([
    [
      401,
      "Unable to authenticate you",
      "DigitalOcean does not accept the token",
      "has expired or was revoked",
      "denied",
    ],
    [403, "You are not authorized", "answered 403: You are not authorized", "the scope kubernetes:read", "denied"],
    [404, "The resource was not found", "answered 404: The resource", "the same team", "configuration"],
    [412, "several registries", "answered 412: several registries", "inputs", "refused"],
  ])("says what a %d means", async (status, message, why, hint, code) => {
    const { api } = await setUp([failing(status, message)]);
    const error = await failure(api.request(clusters));
    expect(error.message).toContain(`Cannot find the cluster shop because `);
    expect(error.message).toContain(why);
    expect(error.message).toContain("(request r-1)");
    expect(error.hint).toContain(hint);
    expect(error).toMatchObject({ code, status, id: "some_id" });
  });

  it("shows the words of something else that answered, but never the token", async () => {
    const page = `<html><h1>Blocked</h1> Authorization: Bearer ${token}</html>`;
    const { api } = await setUp([(_, response) => response.writeHead(451).end(page)]);
    const error = await failure(api.request(clusters));
    expect(error.message).toContain("answered 451: Blocked Authorization: Bearer ***");
  });

  it("says that nothing answers", async () => {
    const { server, api } = await setUp([]);
    await server.close();
    cleanups.pop();
    const error = await failure(api.request(clusters));
    expect(error.message).toMatch(
      /^Cannot find the cluster shop because http:.* gave no answer: nothing listens there/,
    );
    expect(error.outcome).toBe("unknown");
  });

  it("names the place where an answer is not what it should be, and shows no value", async () => {
    const credentials = looseObject({ token: looseObject({ value: string() }) });
    const { api } = await setUp([(_, response) => answer(response, 200, { token: "hvs.secret" })]);
    const error = await failure(api.request({ ...clusters, answer: credentials }));
    expect(error.message).toMatch(/is not what its API promises: got text for token$/);
  });

  it("says that an answer is not JSON", async () => {
    const { api } = await setUp([(_, response) => response.end("<html>")]);
    expect((await failure(api.request(clusters))).message).toContain("is not JSON: got <html>");
  });

  it.each([
    ["http://api.example.com", "would travel unencrypted"],
    ["api.digitalocean.com", "is not an https:// URL"],
  ])("refuses the address %s", (url, message) => {
    expect(() => openDigitalOcean({ token, env: { DIGITALOCEAN_API_URL: url } })).toThrow(message);
  });

  it("refuses a token with a line end, without showing it", () => {
    expect(() => openDigitalOcean({ token: `${token}\n` })).toThrow(/^Cannot use digitalocean-token because it holds/);
  });
});

describe("revoke()", () => {
  it("sends the token as the form that DigitalOcean asks for, with its own authority", async () => {
    const { server, api } = await setUp([]);
    await api.revoke("dockr+token");
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      url: "/v1/oauth/revoke",
      body: "token=dockr%2Btoken",
      headers: { authorization: "Bearer dockr+token", "content-type": "application/x-www-form-urlencoded" },
    });
  });
});

describe("cancelling", () => {
  it("ends a call with the signal's reason", async () => {
    const stop = new AbortController();
    const server = await hostileServer(() => stop.abort(new SlipwayError("stopped", { code: "cancelled" })));
    cleanups.push(() => server.close());
    const api = openDigitalOcean({ token, env: { DIGITALOCEAN_API_URL: server.url }, signal: stop.signal });
    expect(await failure(api.request(clusters))).toMatchObject({ message: "stopped" });
  });
});
