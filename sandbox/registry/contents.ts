import type { BlobStore } from "./blob-store.ts";
import { RegistryError } from "./errors.ts";
import { parseManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { digestOf, isDigest } from "./names.ts";

export interface StoredManifest extends Manifest {
  readonly digest: string;
  readonly bytes: Buffer;
}

/** One repository. It sees only the blobs that were pushed or mounted into it, though their bytes are shared. */
export interface Repository {
  readonly name: string;
  readonly blobs: Set<string>;
  readonly manifests: Map<string, StoredManifest>;
  /** The digest that each tag points to. */
  readonly tags: Map<string, string>;
}

/** Everything the registry holds. */
export class Contents {
  readonly store: BlobStore;
  readonly repositories = new Map<string, Repository>();

  constructor(store: BlobStore) {
    this.store = store;
  }

  /** Throws `NAME_UNKNOWN`. */
  find(name: string): Repository {
    const repository = this.repositories.get(name);
    if (repository !== undefined) return repository;
    throw new RegistryError("NAME_UNKNOWN", "repository name not known to registry", { detail: { name } });
  }

  findOrCreate(name: string): Repository {
    const repository = this.repositories.get(name) ?? {
      name,
      blobs: new Set<string>(),
      manifests: new Map<string, StoredManifest>(),
      tags: new Map<string, string>(),
    };
    this.repositories.set(name, repository);
    return repository;
  }

  /** The size of a blob that this repository has. Throws `BLOB_UNKNOWN`. */
  blobSize(name: string, digest: string): number {
    const size = this.repositories.get(name)?.blobs.has(digest) === true ? this.store.size(digest) : undefined;
    if (size !== undefined) return size;
    throw new RegistryError("BLOB_UNKNOWN", "blob unknown to registry", { detail: { digest } });
  }

  /** `reference` is a tag or a digest. Throws `MANIFEST_UNKNOWN`. */
  manifest(name: string, reference: string): StoredManifest {
    const repository = this.find(name);
    const digest = isDigest(reference) ? reference : repository.tags.get(reference);
    const manifest = digest === undefined ? undefined : repository.manifests.get(digest);
    if (manifest !== undefined) return manifest;
    throw new RegistryError("MANIFEST_UNKNOWN", "manifest unknown", { detail: { name, reference } });
  }

  /** Stores a manifest whose blobs and manifests are there already, and tags it. Throws `MANIFEST_INVALID`, `MANIFEST_BLOB_UNKNOWN`. */
  putManifest(options: {
    readonly repository: string;
    readonly bytes: Buffer;
    readonly contentType: string;
    readonly tag?: string | undefined;
  }): StoredManifest {
    const { bytes } = options;
    const parsed = parseManifest(bytes, options.contentType);
    const manifest: StoredManifest = { ...parsed, digest: digestOf(bytes), bytes };
    const known = this.repositories.get(options.repository);
    const missing = [
      ...manifest.blobs.filter((digest) => known?.blobs.has(digest) !== true),
      ...manifest.manifests.filter((digest) => known?.manifests.has(digest) !== true),
    ];
    if (missing.length > 0) {
      throw new RegistryError("MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", { detail: { digest: missing[0] } });
    }
    const repository = this.findOrCreate(options.repository);
    repository.manifests.set(manifest.digest, manifest);
    if (options.tag !== undefined) repository.tags.set(options.tag, manifest.digest);
    return manifest;
  }

  /** A tag goes alone; a digest takes the tags that point to it along. Throws `MANIFEST_UNKNOWN`. */
  deleteManifest(name: string, reference: string): void {
    const { digest } = this.manifest(name, reference);
    const repository = this.find(name);
    if (!isDigest(reference)) {
      repository.tags.delete(reference);
      return;
    }
    repository.manifests.delete(digest);
    for (const [tag, target] of repository.tags) if (target === digest) repository.tags.delete(tag);
  }
}
