import type { Scope } from "./access.ts";
import type { Call, Connection } from "./connection.ts";
import type { Bytes } from "./digest.ts";
import type { Digest } from "./reference.ts";
import { RegistryError } from "./registry-error.ts";
import type { Body, HttpAnswer } from "./transport.ts";

/** A blob that can be sent, as often as it takes. */
export interface Blob extends Body {
  readonly digest: Digest;
}

/** How a blob came to be in a repository. */
export type Arrival = "there already" | "mounted" | "uploaded";

export interface Upload {
  readonly repository: string;
  readonly blob: Blob;
  /** Another repository of the registry that may have the blob. */
  readonly from: string | undefined;
  /** What the repository itself takes. */
  readonly scopes: readonly Scope[];
}

/** What proxies that limit an upload let through: Cloudflare 100 MB, ingress-nginx often no more than this. */
const chunkSize = 8 * 1024 * 1024;

/** Brings a blob into a repository that lacks it: from another repository, in one piece, or in chunks where one piece is too large. */
export function uploadBlob(connection: Connection, upload: Upload): Promise<Arrival> {
  const { repository, blob, from } = upload;
  const scopes: Scope[] = [...upload.scopes];
  if (from !== undefined) scopes.push({ repository: from, actions: "pull" });
  const doing = `upload ${blob.digest} to ${connection.registry}/${repository}`;
  const session = {
    connection,
    blob,
    call: { scopes, doing, headers: { "content-type": "application/octet-stream" } },
  };
  return connection.retried(doing, () => mountOrSend(session, upload));
}

interface Session {
  readonly connection: Connection;
  readonly blob: Blob;
  readonly call: Pick<Call, "scopes" | "doing" | "headers">;
}

async function mountOrSend(session: Session, { repository, from }: Upload): Promise<Arrival> {
  const { connection, blob, call } = session;
  const mount = from === undefined ? "" : `?mount=${blob.digest}&from=${encodeURIComponent(from)}`;
  const target = `${repository}/blobs/uploads/${mount}`;
  const begin = { ...call, method: "POST", target, expect: [201, 202], body: Buffer.alloc(0) } as const;
  const begun = await connection.once(begin);
  begun.body.resume();
  if (begun.status === 201) return "mounted";
  const place = placeOf(session, begun);
  try {
    await finish(session, { place, body: blob });
  } catch (error) {
    if (!(error instanceof RegistryError) || error.status !== 413 || blob.size <= chunkSize) throw error;
    await sendInChunks(session, place);
  }
  return "uploaded";
}

/** For proxies that let no long body through. */
async function sendInChunks(session: Session, begin: URL): Promise<void> {
  const { connection, call, blob } = session;
  let place = begin;
  let offset = 0;
  for await (const chunk of inChunks(blob.open())) {
    const headers = { ...call.headers, "content-range": `${offset}-${offset + chunk.byteLength - 1}` };
    const patch = { ...call, method: "PATCH", target: place, headers, body: chunk, expect: [202] } as const;
    const answer = await connection.once(patch);
    answer.body.resume();
    place = placeOf(session, answer);
    offset += chunk.byteLength;
  }
  await finish(session, { place, body: Buffer.alloc(0) });
}

async function finish(
  { connection, call, blob }: Session,
  { place, body }: { readonly place: URL; readonly body: Blob | Buffer },
): Promise<void> {
  const target = new URL(place);
  target.searchParams.set("digest", blob.digest);
  const answer = await connection.once({ ...call, method: "PUT", target, body, expect: [201, 204] });
  answer.body.resume();
}

/** Where the registry says to go on. */
function placeOf({ connection }: Session, answer: HttpAnswer): URL {
  const place = new URL(answer.headers.location ?? "", connection.url);
  // Behind a proxy that ends TLS, a registry may think that it is spoken to in plain HTTP.
  if (place.host === connection.url.host) place.protocol = connection.url.protocol;
  return place;
}

async function* inChunks(bytes: Bytes): AsyncGenerator<Buffer> {
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    pending.push(part);
    length += part.byteLength;
    while (length >= chunkSize) {
      const all = Buffer.concat(pending);
      yield all.subarray(0, chunkSize);
      pending = [all.subarray(chunkSize)];
      length -= chunkSize;
    }
  }
  if (length > 0) yield Buffer.concat(pending);
}
