import { mediaType } from "../registry/media-types.ts";
import type { Digest } from "../registry/reference.ts";
import type { RegistryClient } from "../registry/registry-client.ts";

interface Document {
  readonly config?: { readonly size: number };
  readonly layers?: readonly { readonly size: number }[];
  readonly manifests?: readonly { readonly digest: Digest; readonly platform?: { readonly os?: string } }[];
}

/** What a node has to fetch for an image, in bytes, and how many layers that are; of several platforms, for the first. */
export async function readSizes(
  client: RegistryClient,
  { repository, digest }: { readonly repository: string; readonly digest: Digest },
): Promise<{ readonly size: number; readonly layers: number }> {
  const manifest = await client.readManifest(repository, digest);
  const document = JSON.parse(manifest.bytes.toString("utf8")) as Document;
  const isIndex = manifest.mediaType === mediaType.index || manifest.mediaType === mediaType.dockerList;
  // Attestations stand in an index too, as images for an unknown platform.
  const first = document.manifests?.find(({ platform }) => platform?.os !== "unknown");
  if (isIndex && first !== undefined) return readSizes(client, { repository, digest: first.digest });
  const layers = document.layers ?? [];
  return { size: layers.reduce((sum, { size }) => sum + size, document.config?.size ?? 0), layers: layers.length };
}
