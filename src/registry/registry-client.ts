import type { Scope } from "./access.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import { Connection, mostTries, type Call, type ConnectionOptions } from "./connection.ts";
import { requireDigest, sha256, verified, type Bytes } from "./digest.ts";
import { manifestTypes } from "./media-types.ts";
import { isDigest, type Digest } from "./reference.ts";
import { RegistryError } from "./registry-error.ts";
import { readBody, type Body, type HttpAnswer } from "./transport.ts";

/** A blob that can be sent, as often as it takes. */
export interface Blob extends Body {
  readonly digest: Digest;
}

export interface Manifest {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
}

/** How a blob came to be in a repository. */
export type Arrival = "there already" | "mounted" | "uploaded";

const manifestLimit = 16 * 1024 * 1024;
/** What proxies that limit an upload let through: Cloudflare 100 MB, ingress-nginx often no more than this. */
const chunkSize = 8 * 1024 * 1024;
const mostTagPages = 200;

/**
 * One registry, spoken to as the OCI distribution specification 1.1 says. Requests are tried again after 429, 5xx and broken
 * connections; everything that comes is held against its digest.
 * Its methods throw `RegistryError` (or `SlipwayError` `unreachable`) that names the registry and whose credentials were used.
 */
export class RegistryClient {
  readonly registry: string;
  readonly #connection: Connection;
  /** Repositories that are written to: one token serves to read and to write. */
  readonly #written = new Set<string>();

  constructor(options: ConnectionOptions) {
    this.registry = options.registry;
    this.#connection = new Connection(options);
  }

  /** Says that a repository will be written to: then one token serves for all that follows. */
  expectWrites(repository: string): void {
    this.#written.add(repository);
  }

  /** The size of a blob, or undefined where the repository does not have it. */
  async blobSize(repository: string, digest: Digest): Promise<number | undefined> {
    const answer = await this.#connection.call({
      method: "HEAD",
      target: `${repository}/blobs/${digest}`,
      scopes: this.#scopes(repository),
      doing: `look for ${digest} in ${this.registry}/${repository}`,
      expect: [200, 404],
    });
    answer.body.resume();
    return answer.status === 200 ? Number(answer.headers["content-length"] ?? 0) : undefined;
  }

  /** A blob's bytes. They can be trusted only once the last has come: then the digest has been checked. */
  readBlob(repository: string, blob: { readonly digest: Digest; readonly size?: number }): Bytes {
    return verified(this.#blobBytes(repository, blob.digest), blob);
  }

  /** Goes on where a connection broke. */
  async *#blobBytes(repository: string, digest: Digest): Bytes {
    const doing = `read ${digest} of ${this.registry}/${repository}`;
    const call = { target: `${repository}/blobs/${digest}`, scopes: this.#scopes(repository), doing };
    let offset = 0;
    for (let tries = 1; ; tries++) {
      const headers = offset === 0 ? {} : { range: `bytes=${offset}-` };
      const answer = await this.#connection.call({ ...call, method: "GET", headers, expect: [200, 206] });
      let known = answer.status === 206 ? 0 : offset;
      try {
        for await (const chunk of answer.body as AsyncIterable<Buffer>) {
          const fresh = chunk.subarray(known);
          known -= chunk.byteLength - fresh.byteLength;
          offset += fresh.byteLength;
          if (fresh.byteLength > 0) yield fresh;
        }
        return;
      } catch (error) {
        if (tries >= mostTries || explainNetworkFailure(error)?.transient !== true)
          throw this.#connection.explained(doing, error, tries);
      }
    }
  }

  /** Brings a blob into a repository, in the cheapest way: it is there, `from` has it, or it is uploaded. */
  async pushBlob(repository: string, blob: Blob, from?: string): Promise<Arrival> {
    this.expectWrites(repository);
    if ((await this.blobSize(repository, blob.digest)) !== undefined) return "there already";
    return this.#connection.retried(`upload ${blob.digest} to ${this.registry}/${repository}`, () =>
      this.#upload(repository, blob, from),
    );
  }

  async #upload(repository: string, blob: Blob, from: string | undefined): Promise<Arrival> {
    const scopes = this.#scopes(repository);
    if (from !== undefined) scopes.push({ repository: from, actions: "pull" });
    const doing = `upload ${blob.digest} to ${this.registry}/${repository}`;
    const mount = from === undefined ? "" : `?mount=${blob.digest}&from=${encodeURIComponent(from)}`;
    const call = { scopes, doing, headers: { "content-type": "application/octet-stream" } };
    const start = await this.#connection.once({
      ...call,
      method: "POST",
      target: `${repository}/blobs/uploads/${mount}`,
      expect: [201, 202],
      body: Buffer.alloc(0),
    });
    start.body.resume();
    if (start.status === 201) return "mounted";
    const place = this.#uploadPlace(start);
    try {
      await this.#finish(place, { ...call, digest: blob.digest, body: blob });
    } catch (error) {
      if (!(error instanceof RegistryError) || error.status !== 413 || blob.size <= chunkSize) throw error;
      await this.#uploadInChunks(place, { ...call, blob });
    }
    return "uploaded";
  }

  /** For proxies that let no long body through. */
  async #uploadInChunks(
    place: URL,
    call: Pick<Call, "scopes" | "doing" | "headers"> & { readonly blob: Blob },
  ): Promise<void> {
    let [at, offset] = [place, 0];
    for await (const chunk of inChunks(call.blob.open(), chunkSize)) {
      const range = `${offset}-${offset + chunk.byteLength - 1}`;
      const headers = { ...call.headers, "content-range": range };
      const answer = await this.#connection.once({
        ...call,
        method: "PATCH",
        target: at,
        headers,
        body: chunk,
        expect: [202],
      });
      answer.body.resume();
      at = this.#uploadPlace(answer);
      offset += chunk.byteLength;
    }
    await this.#finish(at, { ...call, digest: call.blob.digest, body: Buffer.alloc(0) });
  }

  async #finish(
    place: URL,
    call: Pick<Call, "scopes" | "doing" | "headers" | "body"> & { readonly digest: Digest },
  ): Promise<void> {
    const url = new URL(place);
    url.searchParams.set("digest", call.digest);
    const answer = await this.#connection.once({ ...call, method: "PUT", target: url, expect: [201, 204] });
    answer.body.resume();
  }

  /** A manifest by tag or digest. @throws RegistryError with status 404 where there is none. */
  async readManifest(repository: string, name: string): Promise<Manifest> {
    const answer = await this.#connection.call({
      ...this.#manifestCall(repository, name),
      method: "GET",
      doing: `read the image ${this.#named(repository, name)}`,
      expect: [200],
    });
    const bytes = await readBody(answer, manifestLimit);
    const promised = isDigest(name) ? name : String(answer.headers["docker-content-digest"] ?? "");
    if (isDigest(promised)) requireDigest(bytes, promised);
    return { mediaType: mediaTypeOf(answer, bytes), digest: isDigest(name) ? name : sha256(bytes), bytes };
  }

  /** The digest behind a tag, or undefined where there is no such manifest. */
  async findManifest(repository: string, name: string): Promise<Digest | undefined> {
    const answer = await this.#connection.call({
      ...this.#manifestCall(repository, name),
      method: "HEAD",
      doing: `look for the image ${this.#named(repository, name)}`,
      expect: [200, 404],
    });
    answer.body.resume();
    if (answer.status === 404) return undefined;
    const digest = String(answer.headers["docker-content-digest"] ?? "");
    return isDigest(digest) ? digest : (await this.readManifest(repository, name)).digest;
  }

  /** Puts a manifest under a tag or its digest. Its blobs must be there. */
  async pushManifest(repository: string, name: string, manifest: Pick<Manifest, "mediaType" | "bytes">): Promise<void> {
    this.expectWrites(repository);
    const answer = await this.#connection.call({
      method: "PUT",
      target: `${repository}/manifests/${name}`,
      scopes: this.#scopes(repository),
      headers: { "content-type": manifest.mediaType },
      body: manifest.bytes,
      doing: `push the image ${this.#named(repository, name)}`,
      expect: [201],
    });
    answer.body.resume();
  }

  /** All tags of a repository; none where it does not exist yet. */
  async tags(repository: string): Promise<string[]> {
    const tags: string[] = [];
    let target: string | URL | undefined = `${repository}/tags/list?n=1000`;
    for (let page = 0; target !== undefined && page < mostTagPages; page++) {
      const answer = await this.#connection.call({
        method: "GET",
        target,
        scopes: this.#scopes(repository),
        doing: `list the tags of ${this.registry}/${repository}`,
        expect: [200, 404],
      });
      const body = await readBody(answer, manifestLimit);
      if (answer.status === 404) return [];
      tags.push(...((JSON.parse(body.toString("utf8")) as { tags?: string[] | null }).tags ?? []));
      const next = /<([^>]*)>\s*;\s*rel="?next"?/.exec(String(answer.headers.link ?? ""))?.[1];
      target = next === undefined ? undefined : new URL(next, this.#connection.url);
    }
    return tags;
  }

  /** Closes the pooled connections. */
  close(): void {
    this.#connection.close();
  }

  #scopes(repository: string): Scope[] {
    return [{ repository, actions: this.#written.has(repository) ? "pull,push" : "pull" }];
  }

  #named(repository: string, name: string): string {
    return `${this.registry}/${repository}${isDigest(name) ? "@" : ":"}${name}`;
  }

  #manifestCall(repository: string, name: string): Pick<Call, "target" | "scopes" | "headers"> {
    return {
      target: `${repository}/manifests/${name}`,
      scopes: this.#scopes(repository),
      headers: { accept: manifestTypes.join(", ") },
    };
  }

  #uploadPlace(answer: HttpAnswer): URL {
    const place = new URL(answer.headers.location ?? "", this.#connection.url);
    // Behind a proxy that ends TLS, a registry may think that it is spoken to in plain HTTP.
    if (place.hostname === this.#connection.url.hostname && place.port === this.#connection.url.port)
      place.protocol = this.#connection.url.protocol;
    return place;
  }
}

function mediaTypeOf(answer: HttpAnswer, bytes: Buffer): string {
  const { mediaType } = JSON.parse(bytes.toString("utf8")) as { mediaType?: unknown };
  return typeof mediaType === "string" ? mediaType : ((answer.headers["content-type"] ?? "").split(";", 1)[0] ?? "");
}

async function* inChunks(bytes: Bytes, size: number): AsyncGenerator<Buffer> {
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    pending.push(part);
    length += part.byteLength;
    while (length >= size) {
      const all = Buffer.concat(pending);
      yield all.subarray(0, size);
      pending = [all.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(pending);
}
