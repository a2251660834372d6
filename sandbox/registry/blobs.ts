import type { IncomingMessage } from "node:http";
import type { Answer } from "../http.ts";
import type { Contents } from "./contents.ts";
import { requireDigest } from "./names.ts";

/** GET, HEAD and DELETE of one blob. */
export function answerBlob(
  contents: Contents,
  request: IncomingMessage,
  target: { name: string; digest: string },
): Answer {
  const { name } = target;
  const digest = requireDigest(target.digest);
  const size = contents.blobSize(name, digest);
  if (request.method === "DELETE") {
    contents.find(name).blobs.delete(digest);
    return { status: 202, headers: { "content-length": "0" } };
  }
  const headers = {
    "content-type": "application/octet-stream",
    "docker-content-digest": digest,
    "accept-ranges": "bytes",
    etag: `"${digest}"`,
  };
  const range = request.method === "GET" ? parseRange(request.headers.range, size) : undefined;
  if (range === "unsatisfiable") return { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } };
  if (range === undefined) {
    return { status: 200, headers: { ...headers, "content-length": String(size) }, body: contents.store.read(digest) };
  }
  return {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(range.end - range.start + 1),
      "content-range": `bytes ${range.start}-${range.end}/${size}`,
    },
    body: contents.store.read(digest, range),
  };
}

/** A single range of RFC 9110 section 14; what is not one (several ranges, another unit) is ignored, as the RFC allows. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "")
    return size === 0 || Number(last) === 0
      ? "unsatisfiable"
      : { start: Math.max(0, size - Number(last)), end: size - 1 };
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(size - 1, last === "" ? size - 1 : Number(last)) };
}
