import { randomBytes, randomUUID } from "node:crypto";
import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import type { Repository, StoredManifest } from "../registry/contents.ts";
import type { Registry } from "../registry/server.ts";
import { expirySeconds } from "./clusters.ts";
import { DigitalOceanError, notFound } from "./errors.ts";
import { pageOf, tokenPageOf } from "./paging.ts";

const since = "2020-03-21T16:02:37Z";

/** The container registries of the account: each is the part of the sandbox's one registry that lies below its name. */
export class Registries {
  readonly #names: readonly string[];
  readonly #registry: Registry;
  readonly #garbage = new Map<string, { readonly collection: object; readonly timer: NodeJS.Timeout }>();
  readonly #minted = new Set<string>();

  constructor(names: readonly string[], registry: Registry) {
    this.#names = names;
    this.#registry = registry;
  }

  list(): Answer {
    const registries = this.#names.map((name) => this.#describe(name));
    return json(200, {
      registries,
      total_storage_usage_bytes: registries.reduce((sum, { storage_usage_bytes: bytes }) => sum + bytes, 0),
    });
  }

  get(name: string): Answer {
    return json(200, { registry: this.#describe(this.#require(name)) });
  }

  /** The deprecated call of the time when an account had one registry. */
  getOnly(): Answer {
    const [name] = this.#names;
    if (name === undefined) throw notFound();
    if (this.#names.length === 1) return this.get(name);
    const message =
      "This API is not supported if you have created multiple registries. Please use '/v2/registries/{registry_name}' instead.";
    throw new DigitalOceanError("precondition_failed", message);
  }

  /** A Docker config with a credential of its own, which is read-only and never expires unless the query says otherwise. */
  dockerCredentials(name: string, url: URL): Answer {
    const readWrite = url.searchParams.get("read_write") === "true";
    const body = this.mint(name, { readWrite, seconds: expirySeconds(url) });
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }

  /** A Docker config with a new credential for one registry. With 0 seconds it does not expire. */
  mint(name: string, { readWrite, seconds }: { readonly readWrite: boolean; readonly seconds: number }): string {
    const namespace = this.#require(name);
    const token = `dop_v1_${randomBytes(32).toString("hex")}`;
    this.#minted.add(token);
    const expiry = seconds === 0 ? {} : { expiresAt: new Date(Date.now() + seconds * 1000) };
    this.#registry.addCredential({ username: token, password: token, readWrite, namespace, ...expiry });
    const auth = Buffer.from(`${token}:${token}`).toString("base64");
    return JSON.stringify({ auths: { [this.#registry.address]: { auth } } });
  }

  /** Ends a credential before its time. Whoever holds the token may do that, and nobody else. */
  revoke(token: string): Answer {
    if (!this.#minted.delete(token)) throw new DigitalOceanError("unauthorized", "Unable to authenticate you.");
    this.#registry.removeCredential({ username: token, password: token });
    return json(200, {});
  }

  listRepositories(name: string, url: URL): Answer {
    const { entries, links, meta } = tokenPageOf(this.#repositories(this.#require(name)), url);
    const repositories = entries.map((repository) => {
      const newest = [...repository.manifests.values()].at(-1);
      return {
        registry_name: name,
        name: shortName(repository),
        tag_count: repository.tags.size,
        manifest_count: repository.manifests.size,
        ...(newest === undefined ? {} : { latest_manifest: this.#describeManifest(repository, newest) }),
      };
    });
    return json(200, { repositories, links, meta });
  }

  listTags(name: string, repositoryName: string, url: URL): Answer {
    const repository = this.#repository(name, repositoryName);
    const { entries, links, meta } = pageOf([...repository.tags].toSorted(newestFirst), url);
    const tags = entries.map(([tag, { digest, updatedAt }]) => ({
      registry_name: name,
      repository: repositoryName,
      tag,
      manifest_digest: digest,
      ...this.#sizes(repository, digest),
      updated_at: updatedAt.toISOString(),
    }));
    return json(200, { tags, links, meta });
  }

  listManifests(name: string, repositoryName: string, url: URL): Answer {
    const repository = this.#repository(name, repositoryName);
    const { entries, links, meta } = pageOf([...repository.manifests.values()], url);
    const manifests = entries.map((manifest) => this.#describeManifest(repository, manifest));
    return json(200, { manifests, links, meta });
  }

  /** `reference` is a tag or a digest. */
  delete(name: string, repositoryName: string, reference: string): Answer {
    const repository = this.#repository(name, repositoryName);
    if (!repository.tags.has(reference) && !repository.manifests.has(reference)) throw notFound();
    this.#registry.contents.deleteManifest(repository.name, reference);
    return { status: 204 };
  }

  /** Only one at a time; the registry is read-only until it is done. */
  startGarbageCollection(name: string, type: string): Answer {
    const namespace = this.#require(name);
    const kinds = garbageKinds[type];
    if (kinds === undefined)
      throw new DigitalOceanError("unprocessable_entity", `unknown garbage collection type "${type}"`);
    if (this.#garbage.size > 0) throw new DigitalOceanError("conflict", "a garbage collection is active already");
    const now = new Date().toISOString();
    const collection = {
      uuid: randomUUID(),
      registry_name: name,
      status: "requested",
      type,
      created_at: now,
      updated_at: now,
      blobs_deleted: 0,
      freed_bytes: 0,
    };
    this.#registry.setReadOnly(true);
    const finish = async (): Promise<void> => {
      await this.#registry.contents.collectGarbage({ namespace, ...kinds });
      this.#garbage.delete(name);
      this.#registry.setReadOnly(false);
    };
    this.#garbage.set(name, { collection, timer: setTimeout(() => void finish(), garbageCollectionMs) });
    return json(201, { garbage_collection: collection });
  }

  getGarbageCollection(name: string): Answer {
    const active = this.#garbage.get(this.#require(name));
    if (active === undefined) throw notFound();
    return json(200, { garbage_collection: active.collection });
  }

  close(): void {
    for (const { timer } of this.#garbage.values()) clearTimeout(timer);
  }

  #require(name: string): string {
    if (this.#names.includes(name)) return name;
    throw notFound();
  }

  #repositories(namespace: string): Repository[] {
    const all = [...this.#registry.contents.repositories.values()];
    return all.filter(({ name }) => name.startsWith(`${namespace}/`)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  #repository(name: string, repositoryName: string): Repository {
    const repository = this.#registry.contents.repositories.get(`${this.#require(name)}/${repositoryName}`);
    if (repository === undefined) throw notFound();
    return repository;
  }

  #describe(name: string) {
    const blobs = new Set(this.#repositories(name).flatMap((repository) => [...repository.blobs]));
    const bytes = [...blobs].reduce((sum, digest) => sum + (this.#registry.contents.store.size(digest) ?? 0), 0);
    return {
      name,
      created_at: since,
      region: "nyc3",
      storage_usage_bytes: bytes,
      storage_usage_bytes_updated_at: since,
    };
  }

  #describeManifest(repository: Repository, manifest: StoredManifest): object {
    const [name = ""] = repository.name.split("/");
    const tags = [...repository.tags].filter(([, { digest }]) => digest === manifest.digest);
    return {
      registry_name: name,
      repository: shortName(repository),
      digest: manifest.digest,
      ...this.#sizes(repository, manifest.digest),
      updated_at: manifest.pushedAt.toISOString(),
      tags: tags.map(([tag]) => tag),
      blobs: manifest.blobs.map((digest) => ({
        digest,
        compressed_size_bytes: this.#registry.contents.store.size(digest) ?? 0,
      })),
    };
  }

  /** The uncompressed size is worked out some time later there, and never here. */
  #sizes(repository: Repository, digest: string): { compressed_size_bytes: number; size_bytes: number } {
    const manifest = repository.manifests.get(digest);
    const own = (manifest?.blobs ?? []).reduce((sum, blob) => sum + (this.#registry.contents.store.size(blob) ?? 0), 0);
    const children = (manifest?.manifests ?? []).map((child) => this.#sizes(repository, child).compressed_size_bytes);
    return { compressed_size_bytes: children.reduce((sum, size) => sum + size, own), size_bytes: 0 };
  }
}

const garbageCollectionMs = 500;

const garbageKinds: Readonly<Record<string, { manifests: boolean; blobs: boolean } | undefined>> = {
  "untagged manifests only": { manifests: true, blobs: false },
  "unreferenced blobs only": { manifests: false, blobs: true },
  "untagged manifests and unreferenced blobs": { manifests: true, blobs: true },
};

function shortName(repository: Repository): string {
  return repository.name.slice(repository.name.indexOf("/") + 1);
}

function newestFirst([, a]: [string, { updatedAt: Date }], [, b]: [string, { updatedAt: Date }]): number {
  return b.updatedAt.getTime() - a.updatedAt.getTime();
}
