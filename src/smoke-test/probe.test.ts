import { getEventListeners, once } from "node:events";
import net from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../../sandbox/certificates.ts";
import { check } from "../../test/build/checks.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour } from "../../test/hostile-server.ts";
import { SlipwayError } from "../error.ts";
import { systemClock } from "../runner/clock.ts";
import type { Answer, Check } from "./check.ts";
import { probe } from "./probe.ts";
import type { ProbeOptions } from "./probe.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(
  behaviour: Behaviour,
  tls?: Parameters<typeof hostileServer>[1],
): ReturnType<typeof hostileServer> {
  const server = await hostileServer(behaviour, tls);
  closers.push(() => server.close());
  return server;
}

/** A server that does with each connection what the test says, below HTTP. */
async function serveSockets(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    onConnection(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(5_000);
  while (!condition()) await systemClock.sleep(5, deadline);
}

function ask(url: string, rest: Partial<Check> = {}, options: Partial<ProbeOptions> = {}): Promise<Answer> {
  const { signal } = new AbortController();
  return probe(check(url, rest), { signal, resolved: new Map(), env: {}, timeoutMs: 5_000, ...options });
}

async function failure(asked: Promise<Answer>): Promise<SlipwayError> {
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  if (error instanceof SlipwayError) return error;
  throw new Error("expected a SlipwayError", { cause: error });
}

describe("probe()", () => {
  it("sends what the check says and reads the whole answer", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(201, { "X-Version": "v1", "set-cookie": ["a=1", "b=2"] });
      response.write("all ");
      response.end("is well");
    });
    const sent = { method: "PUT", headers: { "X-Extra": "1" }, body: "hello" };
    const got = await ask(`${server.url}/a?b=c`, sent);
    expect(got).toMatchObject({
      status: 201,
      body: "all is well",
      isCut: false,
      headers: { "x-version": "v1", "set-cookie": "a=1, b=2" },
    });
    expect(got.latencyMs).toBeGreaterThan(0);
    expect(server.requests[0]).toMatchObject({
      method: "PUT",
      url: "/a?b=c",
      body: "hello",
      headers: { "x-extra": "1", "accept-encoding": "identity" },
    });
  });

  it("opens a connection of its own for each request", async () => {
    const server = await serve((_request, response) => answer(response, 200, {}));
    for (let request = 0; request < 5; request++) await ask(server.url);
    expect(server.connections()).toBe(5);
  });

  it("takes a redirect as the answer and never goes there", async () => {
    const server = await serve((_request, response) => answer(response, 302, {}, { location: "/elsewhere" }));
    await expect(ask(server.url)).resolves.toMatchObject({ status: 302, headers: { location: "/elsewhere" } });
    expect(server.requests).toHaveLength(1);
  });

  it("reads a mebibyte of an endless body and hangs up", async () => {
    let isGone = false;
    const server = await serve((_request, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536, "y")));
      };
      response.on("drain", more).on("close", () => (isGone = true));
      more();
    });
    const got = await ask(server.url);
    expect([got.body.length, got.isCut]).toEqual([1024 * 1024, true]);
    await until(() => isGone);
  });

  it("reads a body of exactly a mebibyte as a whole", async () => {
    const server = await serve((_request, response) => response.end(Buffer.alloc(1024 * 1024, "y")));
    const got = await ask(server.url);
    expect([got.body.length, got.isCut]).toEqual([1024 * 1024, false]);
  });

  it("asks the address that resolve names, under the check's own name", async () => {
    const server = await serve((_request, response) => answer(response, 200, {}));
    const { port } = new URL(server.url);
    const resolved = new Map([[`shop.example.com:${port}`, "127.0.0.1"]]);
    await expect(ask(`http://shop.example.com:${port}/`, {}, { resolved })).resolves.toMatchObject({ status: 200 });
    expect(server.requests[0]?.headers.host).toBe(`shop.example.com:${port}`);
  });

  it("goes through the proxy of the environment, but not to an address that resolve names", async () => {
    const proxy = await serve((_request, response) => answer(response, 200, "the proxy"));
    const server = await serve((_request, response) => answer(response, 200, "the server"));
    const env = { http_proxy: proxy.url };
    const { port } = new URL(server.url);
    const resolved = new Map([[`shop.example.com:${port}`, "127.0.0.1"]]);
    await expect(ask("http://shop.example.com/", {}, { env })).resolves.toMatchObject({ body: '"the proxy"' });
    await expect(ask(`http://shop.example.com:${port}/`, {}, { env, resolved })).resolves.toMatchObject({
      body: '"the server"',
    });
  });

  it.each([
    ["an address", "169.254.169.254"],
    ["IPv6", "fe80::1"],
    ["IPv4 in IPv6", "::ffff:169.254.169.254"],
  ])("refuses a name that leads to link-local: %s", async (_name, address) => {
    const error = await failure(
      ask("http://shop.example.com/", {}, { resolved: new Map([["shop.example.com:80", address]]) }),
    );
    expect(error.code).toBe("refused");
    expect(error.message).toBe(
      "Cannot ask shop.example.com because it leads to a link-local address, which is never asked",
    );
  });
});

describe("probe() says why there is no answer when", () => {
  it("nothing listens", async () => {
    const server = await serve(() => undefined);
    await server.close();
    closers.length = 0;
    const error = await failure(ask(server.url));
    expect(error).toMatchObject({ code: "unreachable", message: "nothing listens there (connection refused)" });
    expect(error.hint).toContain("Check the address");
  });

  it.each<[string, Behaviour, string]>([
    ["the connection is reset", (_request, response) => response.socket?.resetAndDestroy(), "the connection was cut"],
    ["it is closed without a word", (_request, response) => response.socket?.end(), "the connection was cut"],
    ["a body breaks off", (_request, response) => { response.writeHead(200, { "content-length": "100" }); response.write("x", () => response.socket?.destroy()); }, "the connection was cut"], // prettier-ignore
    [
      "the answer is not HTTP",
      (_request, response) => response.socket?.end("SSH-2.0-OpenSSH_9.7\r\n"),
      "what it answered is not HTTP",
    ],
    [
      "two lengths contradict each other",
      (_request, response) =>
        response.socket?.end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
      "what it answered is not HTTP",
    ],
    [
      "headers have no end",
      (_request, response) => response.socket?.write(`HTTP/1.1 200 OK\r\n${"x-more: of it\r\n".repeat(2_000)}`),
      "its headers are larger than 16 KiB",
    ],
    [
      "another protocol is switched to",
      (_request, response) =>
        response.socket?.end("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
      "it switched to another protocol (status 101)",
    ],
  ])("%s", async (_name, behaviour, why) => {
    const server = await serve(behaviour);
    const error = await failure(ask(server.url));
    expect(error.code).toBe("unreachable");
    expect(error.message).toContain(why);
  });

  it.each<[string, Behaviour, string]>([
    ["it stays silent", () => undefined, "nothing came within 300 ms"],
    [
      "it stops after the headers",
      (_request, response) => response.writeHead(200).flushHeaders(),
      "it did not end within 300 ms",
    ],
    [
      "its body drips on and on",
      (_request, response) => {
        const drip = setInterval(() => response.write("x"), 50);
        response.on("close", () => clearInterval(drip));
      },
      "it did not end within 300 ms",
    ],
  ])("%s", async (_name, behaviour, why) => {
    const server = await serve(behaviour);
    const started = performance.now();
    expect((await failure(ask(server.url, {}, { timeoutMs: 300 }))).message).toBe(why);
    expect(performance.now() - started).toBeLessThan(1_300);
  });

  it("a server takes the connection but not the TLS handshake", async () => {
    const port = await serveSockets(() => undefined);
    const error = await failure(ask(`https://127.0.0.1:${port}/`, {}, { timeoutMs: 300 }));
    expect(error.message).toBe("no connection could be made within 300 ms");
  });

  it("its certificate is not signed by a CA that is trusted here", async () => {
    const { certPem: cert, keyPem: key } = await makeCertificates(["127.0.0.1"]);
    const server = await serve((_request, response) => answer(response, 200, {}), { cert, key });
    const error = await failure(ask(server.url));
    expect(error.message).toBe("its certificate is not signed by a CA that is trusted here");
    expect(error.hint).toContain("NODE_EXTRA_CA_CERTS");
    expect(server.requests).toEqual([]);
  });

  it("it does not speak TLS", async () => {
    const server = await serve((_request, response) => answer(response, 200, {}));
    const error = await failure(ask(server.url.replace("http:", "https:")));
    expect(error.message).toContain("it does not speak TLS as expected");
  });
});

describe("probe() leaves nothing behind", () => {
  it("when it is cancelled, which it tells in the canceller's words", async () => {
    const server = await serve(() => undefined);
    const controller = new AbortController();
    const asked = ask(server.url, {}, { signal: controller.signal });
    const refused = expect(asked).rejects.toBe("enough");
    await until(() => server.requests.length > 0);
    controller.abort("enough");
    await refused;
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    await expect(ask(server.url, {}, { signal: controller.signal })).rejects.toBe("enough");
    expect(server.requests).toHaveLength(1);
  });

  it("after a thousand requests, good and bad", async () => {
    const server = await serve(({ index }, response) => {
      if (index % 3 === 0) response.socket?.destroy();
      else answer(response, 200, { index });
    });
    const { signal } = new AbortController();
    const before = process.getActiveResourcesInfo().length;
    for (let round = 0; round < 50; round++) {
      await Promise.allSettled(Array.from({ length: 20 }, () => ask(server.url, {}, { signal })));
    }
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await until(() => process.getActiveResourcesInfo().length <= before);
  });
});
