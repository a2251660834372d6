import { afterEach, describe, expect, it } from "@jest/globals";
import { failure } from "../../test/failure.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour, HostileServer } from "../../test/hostile-server.ts";
import { SlipwayError } from "../error.ts";
import { ApiError } from "./api-error.ts";
import { withDeadline } from "./api.ts";
import type { ApiRequest } from "./api.ts";
import { connect } from "./client.ts";
import type { ConnectOptions, Connection, KubernetesClient } from "./client.ts";

const token = "sesame-0123456789";
const get: ApiRequest = { method: "GET", path: "/api/v1/pods" };
const create: ApiRequest = { method: "POST", path: "/api/v1/namespaces/x/configmaps", body: { kind: "ConfigMap" } };
const replace: ApiRequest = { ...create, method: "PUT" };
const remove: ApiRequest = { method: "DELETE", path: "/api/v1/namespaces/x/configmaps/a" };
const apply: ApiRequest = {
  method: "PATCH",
  path: "/api/v1/namespaces/x/configmaps/a",
  body: { kind: "ConfigMap" },
  contentType: "application/apply-patch+yaml",
};

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(behaviour: Behaviour): Promise<HostileServer> {
  const server = await hostileServer(behaviour);
  cleanups.push(() => server.close());
  return server;
}

function client(connection: Connection, options: ConnectOptions = {}): KubernetesClient {
  const made = connect(connection, { clock: fastClock(), ...options });
  cleanups.push(() => made.close());
  return made;
}

/** A server that does what the list says, request by request, and then answers `{ok: true}`; and a client of it. */
async function setUp(behaviours: readonly Behaviour[], options: ConnectOptions = {}) {
  const server = await serve((request, response) => {
    const behave = behaviours[request.index] ?? (() => answer(response, 200, { ok: true }));
    return behave(request, response);
  });
  return { server, api: client({ server: server.url, token }, options) };
}

const status = (code: number, message: string, reason = "", headers = {}): Behaviour => {
  return (_, response) => answer(response, code, { kind: "Status", apiVersion: "v1", code, message, reason }, headers);
};
const reset: Behaviour = (_, response) => response.socket?.resetAndDestroy();
const silence: Behaviour = () => undefined;
const cutBody: Behaviour = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
  response.write('{"ok":', () => response.socket?.destroy());
};

describe("a request", () => {
  it("carries method, path, encoded query, JSON body, content type and token", async () => {
    const { server, api } = await setUp([]);
    const query = { labelSelector: "a in (b,c)", limit: 5, watch: false, absent: undefined };
    await api.request({ ...apply, query });
    expect(server.requests[0]).toMatchObject({
      method: "PATCH",
      url: "/api/v1/namespaces/x/configmaps/a?labelSelector=a%20in%20(b%2Cc)&limit=5&watch=false",
      body: '{"kind":"ConfigMap"}',
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/apply-patch+yaml",
        accept: "application/json",
      },
    });
  });

  it("keeps the prefix of the server's address and the case of the path", async () => {
    const { server } = await setUp([]);
    await client({ server: `${server.url}/k8s/clusters/c-1/` }).request({ ...get, path: "/apis/x/MyRole%3AAdmin" });
    expect(server.requests[0]?.url).toBe("/k8s/clusters/c-1/apis/x/MyRole%3AAdmin");
  });

  it("answers with parsed JSON, and with text where the server sends text or nothing", async () => {
    const { api } = await setUp([
      (_, response) => response.end("line 1\nline 2\n"),
      (_, response) => response.writeHead(204).end(),
    ]);
    expect(await api.request(get)).toBe("line 1\nline 2\n");
    expect(await api.request(get)).toBe("");
    expect(await api.request(get)).toEqual({ ok: true });
  });

  it("hands on each of the server's warnings", async () => {
    const warnings: string[] = [];
    const headers = { Warning: ['299 - "old \\"v1beta1\\", use v1", 299 - "unknown field \\"a\\""', '299 - "third"'] };
    const { api } = await setUp([(_, response) => answer(response, 200, {}, headers)], {
      onWarning: (text, request) => warnings.push(`${request.path}: ${text}`),
    });
    await api.request(get);
    expect(warnings).toEqual(
      ['old "v1beta1", use v1', 'unknown field "a"', "third"].map((text) => `${get.path}: ${text}`),
    );
  });

  it("keeps to a bounded number of connections, which it uses again", async () => {
    const { server, api } = await setUp([], { clock: fastClock(20) });
    await Promise.all(Array.from({ length: 200 }, () => api.request(get)));
    await api.request(get);
    expect(server.requests).toHaveLength(201);
    expect(server.connections()).toBeLessThanOrEqual(24);
  });
});

describe("retries", () => {
  const unavailable = status(503, "try later", "ServiceUnavailable");
  const busy = status(429, "too many requests", "TooManyRequests", { "retry-after": "1" });
  const webhook = status(500, 'Internal error occurred: failed calling webhook "w"', "InternalError");
  const table: readonly (readonly [what: string, request: ApiRequest, behaviours: readonly Behaviour[]])[] = [
    ["429 of a read", get, [busy, busy]],
    ["429 of a create", create, [busy]],
    ["429 of a delete, without Retry-After", remove, [status(429, "x")]],
    ["503 of a read", get, [unavailable, unavailable, unavailable]],
    ["500 of a read", get, [status(500, "etcdserver: leader changed")]],
    ["502 that a load balancer words", get, [(_, response) => response.writeHead(502).end("<h1>Bad</h1>")]],
    ["503 of server-side apply", apply, [unavailable]],
    ["504 of a dry run", { ...create, query: { dryRun: "All" } }, [status(504, "x")]],
    ["a webhook that could not be called, even of a create", create, [webhook]],
    ["a reset of a read", get, [reset, reset]],
    ["a reset of server-side apply", apply, [reset]],
    ["a reset of a delete that may be repeated", { ...remove, repeatable: true }, [reset]],
    ["a 500 of a replace that may be repeated", { ...replace, repeatable: true }, [status(500, "boom")]],
    ["an answer cut short", get, [cutBody]],
    ["a silent connection", get, [silence]],
  ];
  it.each(table)("mend %s", async (_, request, behaviours) => {
    const greeting: Behaviour = (_, response) => answer(response, 200, {});
    const { server, api } = await setUp([greeting, ...behaviours]);
    await api.request(get);
    expect(await api.request(request)).toEqual({ ok: true });
    expect(server.requests).toHaveLength(1 + behaviours.length + 1);
  });

  const unmended: readonly (readonly [what: string, request: ApiRequest, behaviour: Behaviour, message: string])[] = [
    ["a 503 of a create", create, unavailable, "try later"],
    ["a 500 of a replace", replace, status(500, "boom"), "boom"],
    ["a reset of a create", create, reset, "the connection was cut"],
    ["a reset of a replace", replace, reset, "the connection was cut"],
    ["a reset of a delete", remove, reset, "the connection was cut"],
    ["a create without an answer", create, silence, "it went silent"],
    ["a merge patch cut short", { ...apply, contentType: "application/merge-patch+json" }, cutBody, "was cut"],
    ["an object that breaks the schema", apply, status(500, "failed to create typed patch object (/p): .x"), ".x"],
    ["a quantity that is none", apply, status(500, "failed to convert new object (/e)"), "(/e)"],
    ["a webhook's denial", apply, status(500, 'admission webhook "w" denied the request: no'), "denied"],
    ["a conflict", apply, status(409, 'conflict with "one": .data.a', "Conflict"), 'conflict with "one"'],
    ["a 404", get, status(404, 'pods "a" not found', "NotFound"), 'pods "a" not found'],
    ["a wait that is longer than anybody waits", get, status(429, "busy", "", { "retry-after": "3600" }), "busy"],
    ["a redirect", get, (_, response) => response.writeHead(302, { location: "/login" }).end(), "answered 302"],
  ];
  it.each(unmended)("leave %s alone", async (_, request, behaviour, message) => {
    const { server, api } = await setUp([behaviour]);
    expect((await failure(api.request(request))).message).toContain(message);
    expect(server.requests).toHaveLength(1);
  });

  it("end with the server's last word when it never recovers", async () => {
    const { server, api } = await setUp(Array<Behaviour>(100).fill(unavailable), { clock: fastClock(30) });
    const error = await failure(api.request(get));
    expect(error).toMatchObject({ status: 503, code: "unreachable", outcome: "unknown", message: "try later" });
    expect(server.requests.length).toBeGreaterThan(5);
  });

  it.each([
    ["a read", get],
    ["a write", apply],
  ])("of %s do not begin after the caller's deadline", async (_, request) => {
    const { server, api } = await setUp(Array<Behaviour>(100).fill(unavailable));
    const clock = fastClock();
    const start = clock.now();
    const error = await failure(api.request({ ...request, deadlineMs: start + 5_000 }));
    expect(error).toMatchObject({ status: 503, outcome: "unknown" });
    expect(clock.now() - start).toBeLessThan(30_000);
    expect(server.requests.length).toBeGreaterThan(1);
    await failure(withDeadline(api, start).request(request));
    await failure(withDeadline(api, start).request({ ...request, deadlineMs: Infinity }));
    const { length } = server.requests;
    expect(length).toBeLessThan(20);
  });

  it("wait at least as long as Retry-After asks", async () => {
    const { api } = await setUp([status(429, "x", "", { "retry-after": "7" })]);
    const clock = fastClock();
    const start = clock.now();
    await api.request(get);
    expect(clock.now() - start).toBeGreaterThanOrEqual(7_000);
  });
});

describe("an error", () => {
  it("keeps Kubernetes' status, reason and words", async () => {
    const words = 'configmaps is forbidden: User "limited" cannot list resource "configmaps" in API group ""';
    const { api } = await setUp([status(403, words, "Forbidden")]);
    const error = await failure(api.request(get));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 403, reason: "Forbidden", message: words, code: "denied" });
    expect(error.hint).toContain("RoleBinding");
  });

  it("says that nothing listens", async () => {
    const server = await serve(silence);
    await server.close();
    cleanups.length = 0;
    const error = await failure(client({ server: server.url, token }).request(get));
    expect(error.message).toContain(`${server.url} gave no answer: nothing listens there (connection refused) (tried`);
    expect(error).toMatchObject({ code: "unreachable", outcome: "unknown" });
  });

  it("is the one of who knows why there is no answer, but not where a certificate is wrong", async () => {
    const upgraded = new SlipwayError("it is being upgraded", { code: "unreachable" });
    const explainSilence = () => Promise.resolve(upgraded);
    const server = await serve(silence);
    await server.close();
    cleanups.length = 0;
    expect(await failure(client({ server: server.url }, { explainSilence }).request(get))).toBe(upgraded);
    const { api } = await setUp([reset, status(503, "x")], { explainSilence });
    expect(await failure(api.request(create))).toBe(upgraded);
    expect((await failure(api.request(create))).message).toBe("x");
    const plain = await serve(() => undefined);
    const untrusted = client({ server: plain.url.replace("http:", "https:") }, { explainSilence });
    expect((await failure(untrusted.request(get))).message).toContain("does not speak TLS");
  });

  it("refuses an answer that is too large before it is read", async () => {
    const { api } = await setUp([
      (_, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": 300 * 2 ** 20 });
        response.write("{");
      },
    ]);
    expect((await failure(api.request(get))).message).toContain("more than 256 MiB");
  });

  it("says that JSON was promised and did not come", async () => {
    const { api } = await setUp([
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).end("<html>"),
    ]);
    expect((await failure(api.request(get))).message).toContain("is not JSON: got <html>");
  });

  it("never shows the token, even if a proxy sends it back", async () => {
    const echo: Behaviour = (request, response) => response.writeHead(400).end(request.headers.authorization);
    const { api } = await setUp([echo]);
    const error = await failure(api.request(get));
    expect(error.message).toBe("the server answered 400: Bearer ***");
    for (const bad of [`${token}\n`, `${token} `, "ключ"]) {
      expect(() => connect({ server: "https://127.0.0.1", token: bad })).toThrow("its token holds characters");
    }
  });

  it.each([
    ["ftp://h", "not an https:// URL"],
    ["not a url", "not an https:// URL"],
    ["http://10.0.0.1:6443", "unencrypted over http"],
    ["http://localhost.example.com", "unencrypted over http"],
    ["https://user:pass@h", "more than host, port and path"],
    ["https://h/?x=1", "more than host, port and path"],
  ])("refuses the server %s", (server, message) => {
    expect(() => connect({ server })).toThrow(message);
  });
});

describe("cancelling", () => {
  it("ends a request under way with the signal's reason", async () => {
    const stop = new AbortController();
    const { api } = await setUp([() => stop.abort(new SlipwayError("stopped", { code: "cancelled" }))], {
      signal: stop.signal,
    });
    expect(await failure(api.request(get))).toMatchObject({ message: "stopped", outcome: "cancelled" });
    expect(await failure(api.request(get))).toMatchObject({ message: "stopped" });
  });

  it("ends the pause between two attempts", async () => {
    const stop = new AbortController();
    const { server, api } = await setUp([status(429, "x", "", { "retry-after": "50" })], { clock: fastClock(1) });
    const asked = api.request({ ...get, signal: stop.signal });
    setTimeout(() => stop.abort(new SlipwayError("stopped", { code: "cancelled" })), 50);
    expect(await failure(asked)).toMatchObject({ message: "stopped" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("expired credentials", () => {
  const accepts =
    (good: string): Behaviour =>
    (request, response) =>
      request.headers.authorization === `Bearer ${good}`
        ? answer(response, 200, { ok: true })
        : status(401, "Unauthorized", "Unauthorized")(request, response);

  it("are renewed once, however many requests find out", async () => {
    const server = await serve(accepts("fresh"));
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      await new Promise(setImmediate);
      return { server: server.url, token: "fresh" };
    };
    const api = client({ server: server.url, token }, { renew });
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.request(create)));
    expect(answers).toEqual(Array(20).fill({ ok: true }));
    expect(renewals).toBe(1);
  });

  it("are renewed again when those expire, and for streams too", async () => {
    const tokens = ["first", "second", "third"];
    const server = await serve((request, response) => accepts(tokens[0] ?? "")(request, response));
    const renew = () => Promise.resolve({ server: server.url, token: tokens[0] ?? "" });
    const api = client({ server: server.url, token: "first" }, { renew });
    expect(await api.request(get)).toEqual({ ok: true });
    tokens.shift();
    let streamed = "";
    for await (const chunk of api.stream(get)) streamed += Buffer.from(chunk).toString();
    expect(streamed).toBe('{"ok":true}');
    tokens.shift();
    expect(await api.request(create)).toEqual({ ok: true });
  });

  it("that cannot be renewed leave what was begun unknown, and say so", async () => {
    const server = await serve(accepts("fresh"));
    const used = new SlipwayError("Cannot get credentials because the limit is used up", {
      code: "refused",
      hint: "Wait.",
    });
    const api = client({ server: server.url, token }, { renew: () => Promise.reject(used) });
    expect(await failure(api.request(apply))).toMatchObject({
      message: "Cannot get credentials because the limit is used up; those that it had have expired",
      code: "refused",
      hint: "Wait.",
      outcome: "unknown",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("are an error when the fresh ones are no better", async () => {
    const server = await serve(accepts("other"));
    const api = client(
      { server: server.url, token },
      { renew: () => Promise.resolve({ server: server.url, token: "fresh" }) },
    );
    const error = await failure(api.request(get));
    expect(error).toMatchObject({ status: 401, code: "denied" });
    expect(error.hint).toContain("renew the credentials");
    expect(server.requests).toHaveLength(2);
  });
});

describe("a stream", () => {
  const read = async (api: KubernetesClient) => {
    const chunks: string[] = [];
    for await (const chunk of api.stream(get)) chunks.push(Buffer.from(chunk).toString());
    return chunks.join("");
  };

  it("yields bytes as they come, and its opening is retried", async () => {
    const { server, api } = await setUp([status(503, "x"), reset, (_, response) => response.end("all of it")]);
    expect(await read(api)).toBe("all of it");
    expect(server.requests).toHaveLength(3);
  });

  it("ends with an error when it is cut", async () => {
    const { api } = await setUp([
      (_, response) => response.write("some", () => response.socket?.destroy()) && undefined,
    ]);
    expect((await failure(read(api))).message).toContain("the connection was cut");
  });

  it("may be silent for longer than a request, and closes its connection when its reader leaves", async () => {
    const closed = Promise.withResolvers<undefined>();
    const { api } = await setUp([
      (_, response) => {
        response.on("close", () => closed.resolve(undefined));
        response.flushHeaders();
        setTimeout(() => response.write("late"), 600); // a minute on the client's clock
      },
    ]);
    for await (const chunk of api.stream(get)) {
      expect(Buffer.from(chunk).toString()).toBe("late");
      break;
    }
    await closed.promise;
  });
});
