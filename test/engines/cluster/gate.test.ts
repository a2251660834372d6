import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttpServer, get } from "node:http";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openGate, publish } from "./gate.ts";

let folder: string;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-gate-"));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(folder, { recursive: true });
});

/** The port of this side that leads through a gate to `server`. */
async function throughGate(server: Server, mayPass = true): Promise<number> {
  const gate = join(folder, "gate.sock");
  const to = await portOf(server);
  const opened = await openGate(gate, (port) => mayPass && port === to);
  const port = await freePort();
  const door = await publish({ host: "127.0.0.1", port, gate, to });
  closing.push(
    () => opened.close(),
    () => door.close(),
  );
  return port;
}

async function portOf(server: Server): Promise<number> {
  if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe("a gate", () => {
  it("lets large bodies through in both directions, also after one side has ended", async () => {
    const sent = Buffer.alloc(3_000_000, "x");
    // Answers only when all has come.
    const echo = createServer({ allowHalfOpen: true }, (socket) => {
      void buffer(socket).then((all) => socket.end(all));
    });
    const client = connect({ host: "127.0.0.1", port: await throughGate(echo), allowHalfOpen: true });
    client.end(sent);
    expect((await buffer(client)).equals(sent)).toBe(true);
  });

  it("carries many requests at once", async () => {
    const server = createHttpServer((request, response) => response.end(request.url));
    const port = await throughGate(server);
    const answers = Array.from({ length: 50 }, (_, index) => answerOf(`http://127.0.0.1:${port}/${index}`));
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 50 }, (_, index) => `/${index}`));
  });

  it("resets connections to a port where nobody listens", async () => {
    const server = createServer();
    const port = await throughGate(server);
    server.close();
    await expect(answerOf(`http://127.0.0.1:${port}`)).rejects.toThrow(/ECONNRESET|hang up/);
  });

  it("resets connections to a port that may not be reached", async () => {
    const port = await throughGate(createServer(), false);
    await expect(answerOf(`http://127.0.0.1:${port}`)).rejects.toThrow(/ECONNRESET|hang up/);
  });
});

function answerOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      text(response).then(resolve, reject);
    }).on("error", reject);
  });
}
