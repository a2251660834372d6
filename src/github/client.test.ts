import { afterEach, describe, expect, it } from "@jest/globals";
import { array, looseObject, number, object, string } from "valibot";
import { failure } from "../../test/failure.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour } from "../../test/hostile-server.ts";
import { SlipwayError } from "../error.ts";
import { openGitHub } from "./client.ts";

const token = "ghs_0123456789abcdef";
const read = { doing: "look for deployments", permission: "deployments: write", path: "/x", answer: looseObject({}) };
const write = { ...read, method: "POST", body: { a: 1 } } as const;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Where a test waits out what takes seconds: not so fast that a busy machine looks like one that is silent. */
const fast = 40;

/** A GitHub that does what the list says, request by request, and then answers `{}`. */
async function setUp(behaviours: readonly Behaviour[], { prefix = "", env = {}, speed = 1 } = {}) {
  const server = await hostileServer((request, response) => {
    const behave = behaviours[request.index] ?? (() => answer(response, 200, {}));
    return behave(request, response);
  });
  cleanups.push(() => server.close());
  const ending = new AbortController();
  const api = openGitHub({
    token,
    env: { GITHUB_API_URL: server.url + prefix, ...env },
    clock: fastClock(speed),
    signal: ending.signal,
  });
  cleanups.push(() => api.close());
  return { server, api, ending };
}

const failing = (status: number, message: string, headers = {}): Behaviour => {
  return (_, response) => answer(response, status, { message }, headers);
};
const reset: Behaviour = (_, response) => response.socket?.resetAndDestroy();
const hang: Behaviour = () => undefined;

describe("a request", () => {
  it("carries the token, the version of the API, the query and a JSON body", async () => {
    const { server, api } = await setUp([], { prefix: "/api/v3/" });
    await api.request({ ...write, path: "/repos/a/b/deployments", query: { sha: "a b", per_page: 5 } });
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      url: "/api/v3/repos/a/b/deployments?sha=a+b&per_page=5",
      body: '{"a":1}',
      headers: {
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
        "content-type": "application/json",
      },
    });
  });

  it.each([
    ["", "/graphql"],
    ["/api/v3", "/api/graphql"],
  ])("of GraphQL goes beside REST at %p", async (prefix, url) => {
    const { server, api } = await setUp([(_, response) => answer(response, 200, { data: "x" })], { prefix });
    await api.query({ doing: "ask", query: "{ viewer }", answer: object({ data: string() }) });
    expect(server.requests[0]).toMatchObject({ method: "POST", url, body: '{"query":"{ viewer }"}' });
  });

  it("goes through the proxy that the environment names", async () => {
    const { server } = await setUp([]);
    const proxied = openGitHub({
      token,
      env: { GITHUB_API_URL: "http://localhost:9", HTTP_PROXY: server.url },
      clock: fastClock(1),
      signal: new AbortController().signal,
    });
    cleanups.push(() => proxied.close());
    await proxied.request(read);
    expect(server.requests[0]?.headers.host).toBe("localhost:9");
  });
});

describe("pages()", () => {
  it("follows the links, and gives the token to no other host", async () => {
    const page = (item: number, link: string): Behaviour => {
      return (_, response) => answer(response, 200, [item], { link });
    };
    const { server, api } = await setUp([
      page(1, `</x?page=2>; rel="next", </x?page=9>; rel="last"`),
      page(2, `<http://127.0.0.1:1/x?page=3>; rel="next"`),
    ]);
    const items: number[] = [];
    for await (const each of api.pages({ ...read, answer: array(number()) })) items.push(...each);
    expect(items).toEqual([1, 2]);
    expect(server.requests.map(({ url }) => url)).toEqual(["/x", "/x?page=2"]);
  });

  it("ends where a page leads to itself", async () => {
    const { server, api } = await setUp([(_, response) => answer(response, 200, [], { link: `</x>; rel="next"` })]);
    for await (const each of api.pages({ ...read, answer: array(number()) })) expect(each).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });
});

describe("it tries again", () => {
  it.each<[string, Behaviour]>([
    ["a server that is broken", failing(502, "Server Error")],
    ["a connection that is cut", reset],
    ["silence", hang],
  ])("after %s, what can be sent twice", async (_, behaviour) => {
    const { server, api } = await setUp([behaviour, behaviour], { speed: fast });
    await api.request(read);
    await api.request({ ...write, repeatable: true });
    expect(server.requests).toHaveLength(4);
  });

  it.each<[string, Behaviour]>([
    ["a server that is broken", failing(502, "Server Error")],
    ["a connection that is cut", reset],
  ])("but not after %s, what would be made twice", async (_, behaviour) => {
    const { server, api } = await setUp([behaviour]);
    expect(await failure(api.request(write))).toMatchObject({ code: "unreachable" });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Behaviour]>([
    ["when GitHub says so", failing(403, "You have exceeded a secondary rate limit", { "retry-after": "2" })],
    ["after a minute, when it says nothing", failing(403, "You have exceeded a secondary rate limit")],
    [
      "at once, when the hour's limit has begun anew",
      failing(429, "", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }),
    ],
  ])("what was limited, %s", async (_, behaviour) => {
    const { server, api } = await setUp([behaviour], { speed: fast });
    await api.request(write);
    expect(server.requests).toHaveLength(2);
  });

  it("no longer than it is given time", async () => {
    const { api, ending } = await setUp([hang]);
    const asked = failure(api.request(read));
    ending.abort(new SlipwayError("time is up", { code: "unreachable" }));
    expect(await asked).toMatchObject({ message: "time is up" });
  });
});

describe("it says in one sentence what is wrong and who mends it", () => {
  it.each([
    [401, "Bad credentials", "Cannot look for deployments because GitHub does not accept the token", "github.token"],
    [
      403,
      "Resource not accessible by integration",
      "GitHub answered 403: Resource not accessible",
      "`deployments: write`",
    ],
    [404, "Not Found", "GitHub answered 404: Not Found", "`deployments: write`"],
    [422, "Validation Failed", "GitHub answered 422: Validation Failed", "inputs"],
    [403, "API rate limit exceeded", "GitHub limits the requests", "1,000 requests"],
  ])("for %p %s", async (status, message, says, hint) => {
    const { server, api } = await setUp([
      failing(status, message, status === 403 && message.includes("limit") ? { "retry-after": "3600" } : {}),
    ]);
    const error = await failure(api.request(read));
    expect(error.message).toContain(says);
    expect(error.hint).toContain(hint);
    expect(server.requests).toHaveLength(1);
  });

  it("names the fields that GitHub does not like", async () => {
    const errors = [{ field: "state", code: "invalid" }, { message: "description is too long" }, "odd", 7];
    const { api } = await setUp([(_, response) => answer(response, 422, { message: "Validation Failed", errors })]);
    expect((await failure(api.request(read))).message).toMatch(
      /422: Validation Failed, state is invalid, description is too long, odd$/,
    );
  });

  it("never shows the token, whatever a proxy echoes", async () => {
    const { api } = await setUp([
      (request, response) => {
        response.writeHead(400).end(`<h1>Bad</h1> ${String(request.headers.authorization)}`);
      },
    ]);
    expect((await failure(api.request(read))).message).toMatch(/400: Bad Bearer \*\*\*$/);
  });

  it.each([["<html>login</html>"], ["[1]"], ["null"], [""]])("for %p in place of an answer", async (text) => {
    const { api } = await setUp([(_, response) => void response.writeHead(200).end(text)]);
    const error = await failure(api.request({ ...read, answer: object({ id: number() }) }));
    expect(error.message).toContain("GitHub's answer is not what its API promises");
  });

  it.each([
    ["ftp://github.com", "it is not an https:// URL"],
    ["http://github.example.com", "the token would travel unencrypted"],
  ])("for the address %s", (url, says) => {
    const { signal } = new AbortController();
    const open = () => openGitHub({ token, env: { GITHUB_API_URL: url }, clock: fastClock(), signal });
    expect(open).toThrow(says);
  });
});
