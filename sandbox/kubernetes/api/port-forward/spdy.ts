import { Duplex } from "node:stream";
import { constants, createDeflate, createInflate } from "node:zlib";
import { spdyDictionary } from "./spdy-dictionary.ts";

/** One of the streams that share a connection. */
export interface SpdyStream {
  readonly headers: ReadonlyMap<string, string>;
  readonly duplex: Duplex;
}

interface Frame {
  /** The first four bytes: a stream's number for data, version and type for a control frame. */
  readonly first: number;
  readonly flags: number;
  readonly payload: Buffer;
}

/** The first four bytes of the control frames of version 3. */
const controls = { synStream: 0x8003_0001, synReply: 0x8003_0002, rstStream: 0x8003_0003, ping: 0x8003_0006 };
const fin = 1;

/**
 * Serves SPDY/3.1 on a connection, as far as clients of Kubernetes speak it: they open streams, nobody else does, and nobody counts windows.
 * Resolves when the connection ends.
 */
export async function serveSpdy(connection: Duplex, onStream: (stream: SpdyStream) => void): Promise<void> {
  const headers = new HeaderBlocks();
  const streams = new Map<number, Duplex>();
  try {
    for await (const { first, flags, payload } of frames(connection)) {
      switch (first) {
        case controls.synStream: {
          const duplex = newStream(connection, streamOf(payload));
          streams.set(streamOf(payload), duplex);
          const read = await headers.read(payload.subarray(10));
          connection.write(frame(controls.synReply, 0, [payload.subarray(0, 4), await headers.none()]));
          onStream({ headers: read, duplex });
          break;
        }
        case controls.rstStream:
          streams.get(streamOf(payload))?.destroy();
          break;
        case controls.ping:
          connection.write(frame(first, flags, [payload]));
          break;
        // Data; or another control frame, whose first bytes are no stream's number.
        default:
          if (payload.length > 0) streams.get(first)?.push(payload);
          if ((flags & fin) !== 0) streams.get(first)?.push(null);
      }
    }
  } finally {
    headers.close();
    for (const stream of streams.values()) stream.destroy();
  }
}

function streamOf(payload: Buffer): number {
  return payload.readUInt32BE(0) & 0x7fff_ffff;
}

async function* frames(connection: Duplex): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of connection as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.length < 8 ? Infinity : 8 + rest.readUIntBE(5, 3);
      if (rest.length < end) break;
      yield { first: rest.readUInt32BE(0), flags: rest.readUInt8(4), payload: rest.subarray(8, end) };
      rest = rest.subarray(end);
    }
  }
}

function frame(first: number, flags: number, payload: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(first);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(
    payload.reduce((sum, part) => sum + part.length, 0),
    5,
    3,
  );
  return Buffer.concat([head, ...payload]);
}

function newStream(connection: Duplex, id: number): Duplex {
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => void connection.write(frame(id, 0, [chunk]), done),
    final: (done) => void connection.write(frame(id, fin, []), done),
    destroy(error, done) {
      // Who reads this stream must not wait for what does not come.
      if (!this.writableFinished && connection.writable) connection.write(frame(id, fin, []));
      done(error);
    },
  });
  // A stream breaks with its connection, also one that nobody uses just then.
  return stream.on("error", () => undefined);
}

/** The headers of all streams of a connection are compressed as one text in each direction. */
class HeaderBlocks {
  readonly #inflate = createInflate({ dictionary: spdyDictionary });
  readonly #deflate = createDeflate({ dictionary: spdyDictionary });

  async read(block: Buffer): Promise<Map<string, string>> {
    await new Promise<void>((resolve, reject) => {
      // A block that cannot be read is told by an event only.
      this.#inflate.once("error", reject);
      this.#inflate.write(block, () => {
        this.#inflate.off("error", reject);
        resolve();
      });
    });
    const bytes = (this.#inflate.read() as Buffer | null) ?? Buffer.alloc(4);
    let at = 0;
    const number = (): number => bytes.readUInt32BE((at += 4) - 4);
    const text = (): string => {
      const length = number();
      return bytes.toString("utf8", at, (at += length));
    };
    return new Map(Array.from({ length: number() }, () => [text(), text()]));
  }

  /** A block without headers. */
  async none(): Promise<Buffer> {
    this.#deflate.write(Buffer.alloc(4));
    await new Promise<void>((resolve) => this.#deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    return (this.#deflate.read() as Buffer | null) ?? Buffer.alloc(0);
  }
  close(): void {
    this.#inflate.close();
    this.#deflate.close();
  }
}
