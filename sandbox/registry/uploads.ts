import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Answer } from "../http.ts";
import type { BlobWriter } from "./blob-store.ts";
import type { Contents } from "./contents.ts";
import { RegistryError } from "./errors.ts";
import { requireDigest } from "./names.ts";

interface Upload {
  readonly name: string;
  readonly id: string;
  readonly writer: BlobWriter;
}

/** Blobs on their way in: in one POST, in POST and PUT, in chunks, or mounted from another repository. */
export class Uploads {
  readonly #contents: Contents;
  readonly #open = new Map<string, Upload>();

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  /** `POST /v2/<name>/blobs/uploads/`. `mayRead` says whether the client may pull from the repository it wants to mount from. */
  async start(
    request: IncomingMessage,
    target: { name: string; query: URLSearchParams; mayRead: (repository: string) => boolean },
  ): Promise<Answer> {
    const { name, query } = target;
    const mount = query.get("mount");
    const from = query.get("from");
    if (mount !== null && from !== null && target.mayRead(from) && this.#has(from, requireDigest(mount))) {
      return this.#created(name, mount);
    }
    const digest = query.get("digest");
    if (digest !== null) requireDigest(digest);
    const upload = { name, id: randomUUID(), writer: await this.#contents.store.write() };
    this.#open.set(upload.id, upload);
    if (digest !== null) return await this.#finish(upload, request, digest);
    return progress(202, upload);
  }

  /** GET (status), PATCH (a chunk), PUT (the end) and DELETE (cancel) of an upload. */
  async proceed(
    request: IncomingMessage,
    target: { name: string; id: string; query: URLSearchParams },
  ): Promise<Answer> {
    const upload = this.#open.get(target.id);
    if (upload?.name !== target.name) {
      throw new RegistryError("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }
    switch (request.method) {
      case "GET":
        return progress(204, upload);
      case "PATCH":
        await append(upload, request);
        return progress(202, upload);
      case "PUT":
        return await this.#finish(upload, request, requireDigest(target.query.get("digest") ?? ""));
      case "DELETE":
        this.#open.delete(upload.id);
        await upload.writer.discard();
        return { status: 204 };
      default:
        throw new RegistryError("UNSUPPORTED", "the operation is unsupported");
    }
  }

  /** Forgets every upload that is not finished. */
  async discardAll(): Promise<void> {
    const uploads = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(uploads.map((upload) => upload.writer.discard()));
  }

  async #finish(upload: Upload, request: IncomingMessage, digest: string): Promise<Answer> {
    await append(upload, request);
    this.#open.delete(upload.id);
    if (await upload.writer.commit(digest)) return this.#created(upload.name, digest);
    throw new RegistryError("DIGEST_INVALID", "provided digest did not match uploaded content", { detail: { digest } });
  }

  #has(name: string, digest: string): boolean {
    return this.#contents.repositories.get(name)?.blobs.has(digest) === true;
  }

  #created(name: string, digest: string): Answer {
    this.#contents.findOrCreate(name).blobs.add(digest);
    const headers = { location: `/v2/${name}/blobs/${digest}`, "docker-content-digest": digest, "content-length": "0" };
    return { status: 201, headers };
  }
}

/** A chunk with a `Content-Range` must begin where the last one ended, and be as long as it says. */
async function append(upload: Upload, request: IncomingMessage): Promise<void> {
  const range = request.headers["content-range"];
  const length = request.headers["content-length"];
  if (range !== undefined) {
    const [, first, last] = /^(\d+)-(\d+)$/.exec(range) ?? [];
    if (first === undefined) throw new RegistryError("BLOB_UPLOAD_INVALID", "Content-Range must read <first>-<last>");
    if (Number(first) !== upload.writer.size) {
      const { headers } = progress(416, upload);
      throw new RegistryError("BLOB_UPLOAD_INVALID", "chunk out of order", {
        status: 416,
        ...(headers && { headers }),
      });
    }
    if (length !== undefined && Number(length) !== Number(last) - Number(first) + 1) {
      throw new RegistryError("SIZE_INVALID", "provided length did not match content length");
    }
  }
  await upload.writer.append(request);
}

function progress(status: number, upload: Upload): Answer {
  return {
    status,
    headers: {
      location: `/v2/${upload.name}/blobs/uploads/${upload.id}`,
      // Inclusive, so an upload with nothing in it cannot be told from one with a single byte: that is how the specification has it.
      range: `0-${Math.max(0, upload.writer.size - 1)}`,
      "docker-upload-uuid": upload.id,
      ...(status === 204 ? {} : { "content-length": "0" }),
    },
  };
}
