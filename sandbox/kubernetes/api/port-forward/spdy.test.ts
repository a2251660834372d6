import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { constants, deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spdyDictionary } from "./spdy-dictionary.ts";
import { serveSpdy } from "./spdy.ts";

const server = createServer((socket) => {
  // A stream says its name, and then what is said to it.
  serveSpdy(socket, ({ headers, duplex }) => {
    duplex.write(`${headers.get("name") ?? ""}:`);
    if (headers.get("name") === "broken") duplex.destroy();
    else duplex.pipe(duplex);
  }).catch(() => socket.destroy());
});
let client: Socket;

beforeEach(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = connect((server.address() as AddressInfo).port, "127.0.0.1");
});
afterEach(async () => {
  client.destroy();
  server.close();
  await once(server, "close");
});

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

function frame(first: string, flags: string, payload: Buffer): Buffer {
  return Buffer.concat([bytes(first), bytes(flags), bytes(payload.length.toString(16).padStart(6, "0")), payload]);
}

/** Opens stream 1, the first of a connection, with one header. */
function open(name: string): Buffer {
  const block = Buffer.concat([bytes("00000001 00000004"), Buffer.from("name"), bytes("000000"), Buffer.of(name.length), Buffer.from(name)]); // prettier-ignore
  const compressed = deflateSync(block, { dictionary: spdyDictionary, finishFlush: constants.Z_SYNC_FLUSH });
  return frame("80030001", "00", Buffer.concat([bytes("00000001 00000000 0000"), compressed]));
}

/** What the server sends on stream 1 until it ends that. */
async function answerOf(): Promise<string> {
  let all = Buffer.alloc(0);
  let data = "";
  for await (const chunk of client as AsyncIterable<Buffer>) {
    all = Buffer.concat([all, chunk]);
    while (all.length >= 8 && all.length >= 8 + all.readUIntBE(5, 3)) {
      const end = 8 + all.readUIntBE(5, 3);
      if (all.readUInt32BE(0) === 1) data += all.toString("utf8", 8, end);
      if (all.readUInt32BE(0) === 1 && all.readUInt8(4) === 1) return data;
      all = all.subarray(end);
    }
  }
  throw new Error(`the connection ended after ${data}`);
}

describe("serveSpdy()", () => {
  it("reads a stream's headers, and carries what is said on it, however it is cut", async () => {
    const hello = frame("00000001", "00", Buffer.from("hello "));
    const all = Buffer.concat([open("echo"), hello, frame("00000001", "01", Buffer.from("world"))]);
    const answer = answerOf();
    for (const part of [all.subarray(0, 3), all.subarray(3, 30), all.subarray(30)]) client.write(part);
    expect(await answer).toBe("echo:hello world");
  });

  it("answers a ping and ignores settings", async () => {
    const ping = frame("80030006", "00", bytes("00000007"));
    client.write(Buffer.concat([frame("80030004", "00", bytes("00000000")), ping]));
    const [said] = (await once(client, "data")) as [Buffer];
    expect(said).toEqual(ping);
  });

  it("ends a stream that is destroyed", async () => {
    client.write(open("broken"));
    expect(await answerOf()).toBe("broken:");
  });

  it.each([
    ["headers that cannot be read", frame("80030001", "00", bytes("00000001 00000000 0000 123456789abcdef0"))],
    ["a frame that is too short", frame("80030001", "00", bytes("00"))],
  ])("fails on %s", async (_, wrong) => {
    client.write(wrong);
    await expect(answerOf()).rejects.toThrow("the connection ended");
  });
});
