import { Buffer } from "node:buffer";

/** What an archive says of one entry before its content. */
export interface TarHeader {
  readonly type: "file" | "hard-link" | "symlink" | "directory" | "character-device" | "block-device" | "pipe";
  /** Without a slash at the start; a directory's ends in one. */
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content that follow; 0 for all but files. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** What a link leads to. */
  readonly linkName?: string;
  readonly major?: number;
  readonly minor?: number;
  /** The value of the extended attribute `security.capability`. */
  readonly capability?: Buffer;
}

export const blockSize = 512;
/** Two blocks of zeros. */
export const endOfArchive = Buffer.alloc(2 * blockSize);

const typeFlags: Readonly<Record<TarHeader["type"], string>> = {
  file: "0",
  "hard-link": "1",
  symlink: "2",
  "character-device": "3",
  "block-device": "4",
  directory: "5",
  pipe: "6",
};

export const capabilityRecord = "SCHILY.xattr.security.capability";

/**
 * The header of one entry: POSIX ustar, with a PAX header before it for what that cannot hold. Byte for byte what Go's archive/tar writes,
 * so that equal files give the layer that BuildKit gives.
 */
export function encodeHeader(header: TarHeader): Buffer {
  const typeFlag = typeFlags[header.type];
  const split = splitName(header.name);
  const others = paxRecords({ ...header, name: "" });
  if (split !== undefined && others.byteLength === 0) return encodeBlock({ ...header, ...split, typeFlag });
  const records = paxRecords(header);
  const block = encodeBlock({ ...header, typeFlag });
  return records.byteLength === 0 ? block : Buffer.concat([encodePaxHeader(header.name, records), block]);
}

/** A long name in the two fields that ustar has for it, cut at a slash; undefined where it is short or does not fit. */
function splitName(name: string): { readonly name: string; readonly prefix: string } | undefined {
  if (name.length <= 100 || ascii(name) !== name) return undefined;
  const slash = name.slice(0, Math.min(156, name.length - 1)).lastIndexOf("/");
  if (slash <= 0 || name.length - slash - 1 > 100) return undefined;
  return { prefix: name.slice(0, slash), name: name.slice(slash + 1) };
}

/** The zeros that fill the last block of a content. */
export function padding(size: number): Buffer {
  return endOfArchive.subarray(0, (blockSize - (size % blockSize)) % blockSize);
}

function paxRecords({ name, linkName = "", uid, gid, size, mtime, capability }: TarHeader): Buffer {
  const records: [string, string | Buffer][] = [];
  if (capability !== undefined) records.push([capabilityRecord, capability]);
  if (!fitsOctal(gid, 8)) records.push(["gid", String(gid)]);
  if (!fitsText(linkName)) records.push(["linkpath", linkName]);
  if (!fitsOctal(mtime, 12)) records.push(["mtime", String(mtime)]);
  if (!fitsText(name)) records.push(["path", name]);
  if (!fitsOctal(size, 12)) records.push(["size", String(size)]);
  if (!fitsOctal(uid, 8)) records.push(["uid", String(uid)]);
  return Buffer.concat(records.map(encodeRecord));
}

/** `length key=value\n`, where the length counts its own digits. */
function encodeRecord([key, value]: readonly [string, string | Buffer]): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value as string), Buffer.from("\n")]);
  let length = rest.byteLength;
  while (String(length).length + rest.byteLength !== length) length = String(length).length + rest.byteLength;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function encodePaxHeader(name: string, records: Buffer): Buffer {
  const path = name.replace(/\/$/, "").replace(/[^/]*$/, (base) => `PaxHeaders.0/${base}`);
  const short = ascii(name.endsWith("/") ? `${name}PaxHeaders.0` : path)
    .slice(0, 100)
    .replace(/\/+$/, "");
  const header = { name: short, mode: 0, uid: 0, gid: 0, size: records.byteLength, mtime: 0, typeFlag: "x" };
  return Buffer.concat([encodeBlock(header), records, padding(records.byteLength)]);
}

type Block = Omit<TarHeader, "type"> & { readonly typeFlag: string; readonly prefix?: string };

function encodeBlock(header: Block): Buffer {
  const block = Buffer.alloc(blockSize);
  writeText(block.subarray(0, 100), header.name);
  writeOctal(block.subarray(100, 108), header.mode);
  writeOctal(block.subarray(108, 116), header.uid);
  writeOctal(block.subarray(116, 124), header.gid);
  writeOctal(block.subarray(124, 136), header.size);
  writeOctal(block.subarray(136, 148), header.mtime);
  block.write(header.typeFlag, 156);
  writeText(block.subarray(157, 257), header.linkName ?? "");
  block.write("ustar\0" + "00", 257);
  if (header.typeFlag !== "x") {
    writeOctal(block.subarray(329, 337), header.major ?? 0);
    writeOctal(block.subarray(337, 345), header.minor ?? 0);
  }
  writeText(block.subarray(345, 500), header.prefix ?? "");
  // The sum counts its own eight bytes as blanks.
  const sum = block.reduce((total, byte) => total + byte, 8 * 0x20);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** What does not fit is cut: the PAX header has it whole. A cut may not leave a slash at the end, or a file would look like a directory. */
function writeText(field: Buffer, text: string): void {
  const plain = ascii(text);
  field.write(plain, "latin1");
  if (plain.length <= field.length || field.at(-1) !== 0x2f) return;
  field.fill(0, plain.slice(0, field.length - 1).replace(/\/+$/, "").length);
}

/** A number that does not fit is 0: the PAX header has it. */
function writeOctal(field: Buffer, value: number): void {
  const digits = fitsOctal(value, field.length) ? value.toString(8) : "0";
  field.write(digits.padStart(field.length - 1, "0"), "latin1");
}

function fitsOctal(value: number, length: number): boolean {
  return value >= 0 && value < 8 ** (length - 1);
}

function fitsText(text: string): boolean {
  return text.length <= 100 && ascii(text) === text;
}

function ascii(text: string): string {
  return text.replace(/[^\x01-\x7f]/g, "");
}
