import { blockSize, capabilityRecord, type TarHeader } from "./write.ts";

/** Takes a file's content piece by piece. The bytes are only lent. */
export type ContentSink = (chunk: Buffer) => void;

const types: Readonly<Record<string, TarHeader["type"]>> = {
  "\0": "file",
  "0": "file",
  "7": "file",
  "1": "hard-link",
  "2": "symlink",
  "3": "character-device",
  "4": "block-device",
  "5": "directory",
  "6": "pipe",
};

/** Longer than any name or attribute; a header beyond it is an attack or no archive. */
const longestExtension = 1024 * 1024;

type Records = ReadonlyMap<string, Buffer>;

/**
 * Reads an archive as its bytes come: ustar, PAX and GNU long names. Nothing is kept but the header in work.
 * @throws Error from `write` and `end` where it is no archive, is cut off, or uses what is not read here (sparse files).
 */
export class TarReader {
  readonly #onEntry: (header: TarHeader) => ContentSink | undefined;
  #pending = Buffer.alloc(0);
  /** Content and padding that still belong to the last header. */
  #left = 0;
  #padding = 0;
  #sink: ContentSink | undefined;
  #extension: Buffer[] = [];
  #extensionFlag = "";
  #global: Records = new Map();
  #local: Records = new Map();
  #ended = false;

  constructor(onEntry: (header: TarHeader) => ContentSink | undefined) {
    this.#onEntry = onEntry;
  }

  write(chunk: Buffer): void {
    let rest = this.#pending.byteLength === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (!this.#ended) {
      const taken = this.#left + this.#padding > 0 ? this.#takeContent(rest) : this.#takeHeader(rest);
      if (taken === 0) break;
      rest = rest.subarray(taken);
    }
    this.#pending = this.#ended ? Buffer.alloc(0) : Buffer.from(rest);
  }

  end(): void {
    if (!this.#ended && (this.#left > 0 || this.#pending.byteLength > 0)) throw new Error("the archive is cut off");
  }

  #takeContent(bytes: Buffer): number {
    const content = Math.min(this.#left, bytes.byteLength);
    if (content > 0) {
      this.#sink?.(bytes.subarray(0, content));
      this.#left -= content;
    }
    const padding = this.#left > 0 ? 0 : Math.min(this.#padding, bytes.byteLength - content);
    this.#padding -= padding;
    if (this.#left === 0 && this.#extensionFlag !== "") this.#endExtension();
    return content + padding;
  }

  #takeHeader(bytes: Buffer): number {
    if (bytes.byteLength < blockSize) return 0;
    const block = bytes.subarray(0, blockSize);
    if (block[0] === 0 && block.every((byte) => byte === 0)) {
      this.#ended = true;
      return blockSize;
    }
    requireChecksum(block);
    const flag = String.fromCharCode(block[156] ?? 0);
    const size = numberOf(this.#local.get("size") ?? this.#global.get("size"), readNumber(block.subarray(124, 136)));
    if ("xgLK".includes(flag)) this.#beginExtension(flag, readNumber(block.subarray(124, 136)));
    else this.#beginEntry(block, { flag, size });
    return blockSize;
  }

  #beginExtension(flag: string, size: number): void {
    if (size > longestExtension) throw new Error("an entry's header is too long");
    this.#extensionFlag = flag;
    this.#extension = [];
    this.#sink = (chunk) => this.#extension.push(Buffer.from(chunk));
    this.#setLength(size);
    if (size === 0) this.#endExtension();
  }

  #endExtension(): void {
    const bytes = Buffer.concat(this.#extension);
    const flag = this.#extensionFlag;
    this.#extensionFlag = "";
    if (flag === "g") this.#global = new Map([...this.#global, ...parseRecords(bytes)]);
    else if (flag === "x") this.#local = new Map([...this.#local, ...parseRecords(bytes)]);
    else this.#local = new Map([...this.#local, [flag === "L" ? "path" : "linkpath", untilZero(bytes)]]);
  }

  #beginEntry(block: Buffer, o: { readonly flag: string; readonly size: number }): void {
    const records: Records = new Map([...this.#global, ...this.#local]);
    this.#local = new Map();
    const type = types[o.flag];
    if (type === undefined || [...records.keys()].some((key) => key.startsWith("GNU.sparse")))
      throw new Error(`an entry is of a kind that is not read here: got "${o.flag}"`);
    const header = entryHeader(block, { type, records });
    const size = type === "file" ? o.size : 0;
    // Old archives mark a directory by its name alone.
    const isDirectory = type === "file" && header.name.endsWith("/");
    this.#setLength(size);
    this.#sink = this.#onEntry({ ...header, size: isDirectory ? 0 : size, type: isDirectory ? "directory" : type });
  }

  #setLength(size: number): void {
    this.#left = size;
    this.#padding = (blockSize - (size % blockSize)) % blockSize;
  }
}

function entryHeader(block: Buffer, o: { readonly type: TarHeader["type"]; readonly records: Records }): TarHeader {
  const { records } = o;
  const isUstar = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isUstar ? text(block.subarray(345, 500)) : "";
  const name = text(block.subarray(0, 100));
  const linkName = records.get("linkpath")?.toString("utf8") ?? text(block.subarray(157, 257));
  const capability = records.get(capabilityRecord);
  return {
    type: o.type,
    name: records.get("path")?.toString("utf8") ?? (prefix === "" ? name : `${prefix}/${name}`),
    mode: readNumber(block.subarray(100, 108)) & 0o7777,
    uid: numberOf(records.get("uid"), readNumber(block.subarray(108, 116))),
    gid: numberOf(records.get("gid"), readNumber(block.subarray(116, 124))),
    size: 0,
    mtime: Math.floor(numberOf(records.get("mtime"), readNumber(block.subarray(136, 148)))),
    major: readNumber(block.subarray(329, 337)),
    minor: readNumber(block.subarray(337, 345)),
    ...(linkName === "" ? {} : { linkName }),
    ...(capability === undefined ? {} : { capability }),
  };
}

function parseRecords(bytes: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < bytes.byteLength;) {
    const blank = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString("latin1", at, blank));
    const equals = bytes.indexOf(0x3d, blank);
    if (!Number.isInteger(length) || length <= 0 || equals === -1 || equals > at + length)
      throw new Error("a PAX header is malformed");
    records.set(bytes.toString("utf8", blank + 1, equals), bytes.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return records;
}

function numberOf(record: Buffer | undefined, otherwise: number): number {
  const number = record === undefined ? otherwise : Number(record.toString("latin1"));
  if (Number.isNaN(number)) throw new Error("a header holds something that is not a number");
  return number;
}

/** Octal digits, or GNU's big-endian number after a set first bit. */
function readNumber(field: Buffer): number {
  const first = field[0] ?? 0;
  if (first & 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x3f);
  const digits = text(field).trim();
  if (!/^[0-7]*$/.test(digits)) throw new Error("a header holds something that is not a number");
  return digits === "" ? 0 : parseInt(digits, 8);
}

function requireChecksum(block: Buffer): void {
  const told = parseInt(text(block.subarray(148, 156)), 8);
  let sum = 8 * 0x20;
  for (let index = 0; index < blockSize; index++) if (index < 148 || index >= 156) sum += block[index] ?? 0;
  if (sum !== told) throw new Error("it is not a tar archive, or damaged");
}

function text(field: Buffer): string {
  return untilZero(field).toString("utf8");
}

function untilZero(field: Buffer): Buffer {
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}
