import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import type { Contents, StoredManifest } from "./contents.ts";
import { RegistryError } from "./errors.ts";
import { requireDigest } from "./names.ts";

const indexMediaType = "application/vnd.oci.image.index.v1+json";

export function answerTags(contents: Contents, name: string, query: URLSearchParams): Answer {
  const tags = [...contents.find(name).tags.keys()];
  const page = onePage(tags, query, `/v2/${name}/tags/list`);
  return json(200, { name, tags: page.items }, page.headers);
}

export function answerCatalog(contents: Contents, query: URLSearchParams): Answer {
  const names = [...contents.repositories.keys()];
  const page = onePage(names, query, "/v2/_catalog");
  return json(200, { repositories: page.items }, page.headers);
}

/** The manifests that name `digest` as their subject, whether or not it exists itself. */
export function answerReferrers(
  contents: Contents,
  target: { name: string; digest: string; query: URLSearchParams },
): Answer {
  const digest = requireDigest(target.digest);
  const wanted = target.query.get("artifactType");
  const manifests = [...(contents.repositories.get(target.name)?.manifests.values() ?? [])]
    .filter((manifest) => manifest.subject === digest)
    .filter((manifest) => wanted === null || manifest.artifactType === wanted)
    .map(descriptor);
  const filtered = wanted === null ? {} : { "oci-filters-applied": "artifactType" };
  const headers = { "content-type": indexMediaType, ...filtered };
  return json(200, { schemaVersion: 2, mediaType: indexMediaType, manifests }, headers);
}

function descriptor(manifest: StoredManifest): object {
  const { mediaType, digest, bytes, artifactType, annotations } = manifest;
  return { mediaType, digest, size: bytes.length, artifactType, annotations };
}

/** `n` entries after `last`, in ASCII order, with a link to the next page. */
function onePage(
  all: readonly string[],
  query: URLSearchParams,
  path: string,
): { items: readonly string[]; headers: Record<string, string> } {
  const last = query.get("last");
  const rest = all.toSorted().filter((item) => last === null || item > last);
  const n = query.get("n");
  if (n === null) return { items: rest, headers: {} };
  if (!/^\d+$/.test(n))
    throw new RegistryError("UNSUPPORTED", "invalid number of results requested", { status: 400, detail: { n } });
  const items = rest.slice(0, Number(n));
  const end = items.at(-1);
  if (end === undefined || items.length === rest.length) return { items, headers: {} };
  return { items, headers: { link: `<${path}?n=${n}&last=${encodeURIComponent(end)}>; rel="next"` } };
}
