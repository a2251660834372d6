import { SlipwayError } from "../error.ts";
import { explainNetworkFailure } from "../network-failure.ts";
import { neutralise } from "../runner/untrusted.ts";
import type { Scope } from "./access.ts";
import { Connection, mostTries, type Call, type ConnectionOptions } from "./connection.ts";
import { requireDigest, sha256, verified, type Bytes } from "./digest.ts";
import { manifestTypes } from "./media-types.ts";
import { isDigest, type Digest } from "./reference.ts";
import { readBody, type HttpAnswer } from "./transport.ts";
import { uploadBlob, type Arrival, type Blob } from "./upload.ts";

export type { Arrival, Blob } from "./upload.ts";

export interface Manifest {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
}

const manifestLimit = 16 * 1024 * 1024;
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
    const scopes = this.#scopes(repository);
    return uploadBlob(this.#connection, { repository, blob, from, scopes });
  }

  async #read(answer: HttpAnswer, doing: string): Promise<Buffer> {
    try {
      return await readBody(answer, manifestLimit);
    } catch (error) {
      throw this.#connection.explained(doing, error, 1);
    }
  }

  /** A manifest by tag or digest. @throws RegistryError with status 404 where there is none. */
  async readManifest(repository: string, name: string): Promise<Manifest> {
    const doing = `read the image ${this.#named(repository, name)}`;
    const call = { ...this.#manifestCall(repository, name), method: "GET", doing, expect: [200] } as const;
    const answer = await this.#connection.call(call);
    const bytes = await this.#read(answer, doing);
    const promised = isDigest(name) ? name : String(answer.headers["docker-content-digest"] ?? "");
    if (isDigest(promised)) requireDigest(bytes, promised);
    const document = parseDocument(bytes, doing);
    return { mediaType: mediaTypeOf(answer, document), digest: isDigest(name) ? name : sha256(bytes), bytes };
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
    const doing = `list the tags of ${this.registry}/${repository}`;
    const tags: string[] = [];
    let target: string | URL | undefined = `${repository}/tags/list?n=1000`;
    for (let page = 0; target !== undefined && page < mostTagPages; page++) {
      const call = { method: "GET", target, scopes: this.#scopes(repository), doing, expect: [200, 404] } as const;
      const answer: HttpAnswer = await this.#connection.call(call);
      const bytes = await this.#read(answer, doing);
      if (answer.status === 404) return [];
      const listed = parseDocument(bytes, doing).tags;
      if (Array.isArray(listed)) tags.push(...listed.map(String));
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
}

function mediaTypeOf(answer: HttpAnswer, document: Readonly<Record<string, unknown>>): string {
  const { mediaType } = document;
  return typeof mediaType === "string" ? mediaType : ((answer.headers["content-type"] ?? "").split(";", 1)[0] ?? "");
}

/** @throws SlipwayError where something else than the registry has answered. */
function parseDocument(bytes: Buffer, doing: string): Readonly<Record<string, unknown>> {
  const text = bytes.toString("utf8");
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null) return document as Readonly<Record<string, unknown>>;
  } catch {
    // Falls through to the same words: whatever it is, it is no document.
  }
  throw new SlipwayError(
    `Cannot ${doing} because what came is no document of a registry: got ${neutralise(text.slice(0, 80))}`,
    {
      code: "refused",
      hint: "Check the address: a web site or a proxy may have answered.",
    },
  );
}
