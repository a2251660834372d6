import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { TarReader } from "./tar/read.ts";
import { blockSize } from "./tar/write.ts";

const headLength = 64 * 1024;
/** bzip2, xz and zstd, by their first bytes. */
const compressed = [/^BZh/, /^\xfd7zXZ\0/, /^\x28\xb5\x2f\xfd/];

/** Whether ADD would unpack a file: a tar archive, as it is or compressed. Compressed in a way that is not looked into counts. */
export function looksLikeArchive(path: string): boolean {
  const head = readHead(path);
  if (compressed.some((start) => start.test(head.toString("latin1", 0, 8)))) return true;
  return isTar(head[0] === 0x1f && head[1] === 0x8b ? unzipped(head) : head);
}

function readHead(path: string): Buffer {
  const head = Buffer.alloc(headLength);
  const descriptor = openSync(path, "r");
  try {
    return head.subarray(0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

function unzipped(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // It only begins like gzip.
    return head;
  }
}

function isTar(bytes: Buffer): boolean {
  if (bytes.byteLength < blockSize) return false;
  let entries = 0;
  try {
    const reader = new TarReader(() => {
      entries++;
      return undefined;
    });
    reader.write(bytes.subarray(0, headLength));
    return entries > 0;
  } catch {
    return entries > 0;
  }
}
