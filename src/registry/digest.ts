import { createHash, type Hash } from "node:crypto";
import { SlipwayError } from "../error.ts";
import type { Digest } from "./reference.ts";

export function sha256(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** What `verified` takes bytes from and gives them on as. */
export type Bytes = AsyncIterable<Uint8Array>;

/**
 * Passes bytes on and, at their end, holds them against what was promised. A reader must not trust what it got before the end came.
 * @throws SlipwayError `refused` where the digest or the length differs.
 */
export async function* verified(bytes: Bytes, promised: { readonly digest: Digest; readonly size?: number }): Bytes {
  const hash = hashFor(promised.digest);
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.byteLength;
    if (promised.size !== undefined && size > promised.size) break;
    yield chunk;
  }
  const digest = `${algorithmOf(promised.digest)}:${hash.digest("hex")}`;
  if (promised.size !== undefined && size !== promised.size) throw corrupted(promised.digest, `${size} bytes`);
  if (digest !== promised.digest) throw corrupted(promised.digest, digest);
}

/** The same for bytes that are here already. */
export function requireDigest(bytes: Uint8Array, promised: Digest): void {
  const digest = `${algorithmOf(promised)}:${hashFor(promised).update(bytes).digest("hex")}`;
  if (digest !== promised) throw corrupted(promised, digest);
}

function hashFor(digest: Digest): Hash {
  return createHash(algorithmOf(digest));
}

function algorithmOf(digest: Digest): string {
  return digest.slice(0, digest.indexOf(":"));
}

function corrupted(digest: Digest, got: string): SlipwayError {
  return new SlipwayError(
    `Cannot trust what the registry sent for ${digest} because it is something else: got ${got}`,
    {
      code: "refused",
      hint: "It was damaged on its way or in the registry. Try again; if it stays, push that image anew.",
    },
  );
}
