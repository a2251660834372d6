import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startRegistry, type Registry } from "../../sandbox/registry/server.ts";
import { SlipwayError } from "../error.ts";
import type { Clock } from "../runner/clock.ts";
import type { Credentials } from "./access.ts";
import { sha256 } from "./digest.ts";
import { mediaType } from "./media-types.ts";
import { RegistryClient, type Blob } from "./registry-client.ts";

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Waits are noted and do not take time. */
function patientClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    sleep: (ms) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

function client(
  registry: string,
  o: { readonly credentials?: Credentials; readonly clock?: Clock } = {},
): RegistryClient {
  const made = new RegistryClient({
    registry,
    credentials: o.credentials,
    clock: o.clock ?? patientClock(),
    signal: new AbortController().signal,
    env: {},
  });
  cleanups.push(() => made.close());
  return made;
}

async function registry(options: Parameters<typeof startRegistry>[0] = {}): Promise<Registry> {
  const started = await startRegistry(options);
  cleanups.push(() => started.close());
  return started;
}

async function server(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const started: Server = createServer(handle);
  started.listen(0, "127.0.0.1");
  await once(started, "listening");
  cleanups.push(() => {
    started.closeAllConnections();
    started.close();
  });
  return `127.0.0.1:${(started.address() as AddressInfo).port}`;
}

function blob(bytes: Buffer): Blob {
  return {
    digest: sha256(bytes),
    size: bytes.byteLength,
    async *open() {
      yield await Promise.resolve(bytes);
    },
  };
}

async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** An image of nothing but a config, which is the least a registry takes. */
function manifestOf(config: Blob) {
  const document = {
    schemaVersion: 2,
    mediaType: mediaType.manifest,
    config: { mediaType: mediaType.config, digest: config.digest, size: config.size },
    layers: [],
  };
  const bytes = Buffer.from(JSON.stringify(document));
  return { mediaType: mediaType.manifest, bytes, digest: sha256(bytes) };
}

async function failure(work: Promise<unknown>): Promise<SlipwayError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SlipwayError) return error;
  throw new Error(`expected a SlipwayError, got ${String(error)}`);
}

const hello = blob(Buffer.from("hello"));
const writer = { username: "writer", password: "correct horse", origin: "input password" };

describe("RegistryClient", () => {
  it("pushes and reads blobs and manifests, and sends nothing twice", async () => {
    const sandbox = await registry();
    const { address } = sandbox;
    const acme = client(address);
    expect(await acme.blobSize("acme/app", hello.digest)).toBeUndefined();
    expect(await acme.pushBlob("acme/app", hello)).toBe("uploaded");
    expect(await acme.pushBlob("acme/app", hello)).toBe("there already");
    expect(await read(acme.readBlob("acme/app", hello))).toBe("hello");

    const manifest = manifestOf(hello);
    expect(await acme.findManifest("acme/app", "v1")).toBeUndefined();
    await acme.pushManifest("acme/app", manifest.digest, manifest);
    await acme.pushManifest("acme/app", "v1", manifest);
    expect(await acme.findManifest("acme/app", "v1")).toBe(manifest.digest);
    expect((await acme.readManifest("acme/app", "v1")).bytes).toEqual(manifest.bytes);
    expect(await acme.tags("acme/app")).toEqual(["v1"]);
    expect(await acme.tags("acme/none")).toEqual([]);
    expect(sandbox.counts()["PUT upload 201"]).toBe(1);
  });

  it("mounts a blob that another repository of the registry has", async () => {
    const sandbox = await registry({ credentials: [{ ...writer, readWrite: true }] });
    const { address } = sandbox;
    const acme = client(address, { credentials: writer });
    await acme.pushBlob("acme/base", hello);
    expect(await acme.pushBlob("acme/app", hello, "acme/base")).toBe("mounted");
    expect(await acme.pushBlob("acme/other", blob(Buffer.from("new")), "acme/base")).toBe("uploaded");
    expect(sandbox.counts()["PUT upload 201"]).toBe(2);
  });

  it("logs in by Basic where that is what the registry asks for", async () => {
    const { address } = await registry({ credentials: [{ ...writer, readWrite: true }], challenge: "Basic" });
    expect(await client(address, { credentials: writer }).pushBlob("acme/app", hello)).toBe("uploaded");
  });

  it("sends a long blob in chunks where one piece is too large for what stands before the registry", async () => {
    const long = blob(Buffer.alloc(20 * 1024 * 1024, "slipway"));
    const sandbox = await registry();
    const { address } = sandbox;
    const [, port] = address.split(":");
    const proxy = await server((request, response) => {
      if (Number(request.headers["content-length"] ?? 0) > 10 * 1024 * 1024) {
        request.resume();
        response.writeHead(413).end("<html>too large</html>");
        return;
      }
      void forward(request, response, Number(port));
    });
    expect(await client(proxy).pushBlob("acme/app", long)).toBe("uploaded");
    expect(sandbox.counts()).toMatchObject({ "PATCH upload 202": 3, "PUT upload 201": 1 });
  });

  it.each([
    ["429 and waits as long as it is told", { status: 429, headers: { "retry-after": "7" } }, 7000],
    ["503", { status: 503 }, undefined],
    ["a connection that is cut", { reset: true as const }, undefined],
  ])("tries again after %s", async (_what, fault, wait) => {
    const clock = patientClock();
    let faults = 2;
    const { address } = await registry({
      onFault: ({ method }) => (method === "PUT" && faults-- > 0 ? fault : undefined),
    });
    expect(await client(address, { clock }).pushBlob("acme/app", hello)).toBe("uploaded");
    expect(clock.waits).toHaveLength(2);
    if (wait !== undefined) expect(clock.waits).toEqual([wait, wait]);
  });

  it("gives up when the registry asks for more patience than there is", async () => {
    const { address } = await registry({ onFault: () => ({ status: 429, headers: { "retry-after": "3600" } }) });
    const error = await failure(client(address).tags("acme/app"));
    expect(error.message).toMatch(/because 127\.0\.0\.1:\d+ limits how much may be asked of it: got 429/);
  });

  it("says that nothing listens where nothing does", async () => {
    const closed = await startRegistry();
    const { address } = closed;
    await closed.close();
    const error = await failure(client(address).tags("acme/app"));
    expect(error.message).toContain(`${address} gave no answer: nothing listens there`);
    expect(error.code).toBe("unreachable");
  });

  it("names the registry and the credentials where they are wrong", async () => {
    const { address } = await registry({ credentials: [{ ...writer, readWrite: true }] });
    const wrong = await failure(
      client(address, { credentials: { ...writer, password: "wrong" } }).pushBlob("acme/app", hello),
    );
    expect(wrong.message).toContain(`${address} does not accept who asks as "writer" (input password)`);
    expect(wrong.code).toBe("denied");
    const nobody = await failure(client(address).pushBlob("acme/app", hello));
    expect(nobody.message).toContain("without credentials");
    expect(nobody.hint).toContain(`give credentials for ${address}`);
  });

  it("says that an account may not write where it may only read", async () => {
    const { address } = await registry({ credentials: [{ ...writer, readWrite: false }] });
    const error = await failure(client(address, { credentials: writer }).pushBlob("acme/app", hello));
    expect(error.message).toMatch(/Cannot upload sha256:\w+ to .* as "writer"/);
    expect(error.code).toBe("denied");
  });

  it("says that the registry takes no writes while it is read-only", async () => {
    const { address } = await registry({ onFault: ({ method }) => (method === "POST" ? { status: 405 } : undefined) });
    const error = await failure(client(address).pushBlob("acme/app", hello));
    expect(error.message).toContain("the registry takes no writes at the moment");
    expect(error.hint).toContain("garbage collection");
  });

  it("goes on where a download broke off", async () => {
    const bytes = Buffer.alloc(300_000, "slipway");
    const ranges: (string | undefined)[] = [];
    const address = await server((request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
      const rest = bytes.subarray(start);
      response.writeHead(start === 0 ? 200 : 206, { "content-length": rest.byteLength });
      if (start > 0) response.end(rest);
      else response.write(rest.subarray(0, 100_000), () => setImmediate(() => response.destroy()));
    });
    const text = await read(client(address).readBlob("acme/app", { digest: sha256(bytes) }));
    expect(text).toBe(bytes.toString());
    expect(ranges).toHaveLength(2);
    expect(ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  it("says that the connection was cut where a manifest or a list of tags breaks off", async () => {
    const address = await server((_request, response) => {
      response.writeHead(200, { "content-length": 1000 }).write("{", () => response.destroy());
    });
    for (const read of [client(address).readManifest("a/b", "v1"), client(address).tags("a/b")])
      await expect(read).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("the connection was cut"),
      });
  });

  it("does not trust bytes that are not what their digest says", async () => {
    const address = await server((_request, response) => response.end("something else"));
    const acme = client(address);
    await expect(read(acme.readBlob("acme/app", hello))).rejects.toThrow(
      `Cannot trust what the registry sent for ${hello.digest}`,
    );
    await expect(acme.readManifest("acme/app", hello.digest)).rejects.toThrow("because it is something else");
  });

  it("follows a redirect to where blobs are stored without showing its credentials there", async () => {
    const seen: (string | undefined)[] = [];
    const storage = await server((request, response) => {
      seen.push(request.headers.authorization);
      response.end("hello");
    });
    const address = await server((request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { "www-authenticate": "Basic realm=x" }).end();
      else response.writeHead(307, { location: `http://${storage}/blob` }).end();
    });
    expect(await read(client(address, { credentials: writer }).readBlob("acme/app", hello))).toBe("hello");
    expect(seen).toEqual([undefined]);
  });

  it.each(["http://auth.example.com/token", "ftp://x", "nonsense", ""])("sends no credentials to %p", async (realm) => {
    const address = await server((_request, response) => {
      response.writeHead(401, { "www-authenticate": `Bearer realm="${realm}",service="x"` }).end();
    });
    const error = await failure(client(address, { credentials: writer }).tags("acme/app"));
    expect(error.message).toContain("sends its users to a place that is not safe");
  });

  it("says so where something else than a registry answers", async () => {
    const address = await server((_request, response) => response.end("<html>Welcome</html>"));
    const error = await failure(client(address).tags("acme/app"));
    expect(error.message).toContain("is no document of a registry: got <html>Welcome</html>");
    expect((await failure(client(address).readManifest("acme/app", "v1"))).code).toBe("refused");
  });

  it("reads all pages of tags", async () => {
    const address = await server((request, response) => {
      const second = request.url?.includes("last=b") === true;
      const link = { link: '</v2/acme/app/tags/list?last=b&n=2>; rel="next"' };
      response
        .writeHead(200, second ? {} : link)
        .end(JSON.stringify({ name: "acme/app", tags: second ? ["c"] : ["a", "b"] }));
    });
    expect(await client(address).tags("acme/app")).toEqual(["a", "b", "c"]);
  });

  it("stops at once when it is cancelled", async () => {
    const cancel = new AbortController();
    const address = await server(() => cancel.abort(new SlipwayError("The job was cancelled", { code: "cancelled" })));
    const made = new RegistryClient({ registry: address, clock: patientClock(), signal: cancel.signal, env: {} });
    cleanups.push(() => made.close());
    expect((await failure(made.tags("acme/app"))).code).toBe("cancelled");
  });
});

/** Passes a request on to a registry on this machine. */
async function forward(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
  const { request: send } = await import("node:http");
  const { method, url, headers } = request;
  const onward = send({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
}
