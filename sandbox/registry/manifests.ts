import type { IncomingMessage } from "node:http";
import { readBody } from "../http.ts";
import type { Answer } from "../http.ts";
import type { Contents } from "./contents.ts";
import { RegistryError } from "./errors.ts";
import { digestOf, isDigest, isTag, requireDigest } from "./names.ts";

const sizeLimit = 4 * 1024 * 1024;

/** GET, HEAD, PUT and DELETE of one manifest, by tag or digest. */
export async function answerManifest(
  contents: Contents,
  request: IncomingMessage,
  target: { name: string; reference: string },
): Promise<Answer> {
  const { name, reference } = target;
  if (isDigest(reference)) requireDigest(reference);
  else if (!isTag(reference)) throw new RegistryError("MANIFEST_INVALID", "invalid tag", { detail: { reference } });
  switch (request.method) {
    case "PUT":
      return await put(contents, request, target);
    case "DELETE":
      contents.deleteManifest(name, reference);
      return { status: 202, headers: { "content-length": "0" } };
    default: {
      const { bytes, digest, mediaType } = contents.manifest(name, reference);
      const headers = {
        "content-type": mediaType,
        "content-length": String(bytes.length),
        "docker-content-digest": digest,
        etag: `"${digest}"`,
      };
      return { status: 200, headers, body: bytes };
    }
  }
}

async function put(
  contents: Contents,
  request: IncomingMessage,
  target: { name: string; reference: string },
): Promise<Answer> {
  const { name, reference } = target;
  const bytes = await readBody(request, sizeLimit);
  if (bytes === undefined) {
    throw new RegistryError("MANIFEST_INVALID", `manifest is larger than ${sizeLimit} bytes`, { status: 413 });
  }
  if (isDigest(reference) && digestOf(bytes) !== reference) {
    throw new RegistryError("DIGEST_INVALID", "provided digest did not match uploaded content");
  }
  const contentType = (request.headers["content-type"] ?? "").replace(/;.*/, "").trim();
  const tag = isDigest(reference) ? undefined : reference;
  const manifest = contents.putManifest({ repository: name, bytes, contentType, tag });
  return {
    status: 201,
    headers: {
      location: `/v2/${name}/manifests/${manifest.digest}`,
      "docker-content-digest": manifest.digest,
      "content-length": "0",
      ...(manifest.subject === undefined ? {} : { "oci-subject": manifest.subject }),
    },
  };
}
