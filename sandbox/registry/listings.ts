import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import type { Contents, StoredManifest } from "./contents.ts";
import { RegistryError } from "./errors.ts";
import { requireDigest } from "./names.ts";

const indexMediaType = "application/vnd.oci.image.index.v1+json";

/** The tags in ASCII order; with `n`, so many of them after `last`, and a link to the next page. */
export function answerTags(contents: Contents, name: string, query: URLSearchParams): Answer {
  const last = query.get("last");
  const rest = [...contents.find(name).tags.keys()].sort().filter((tag) => last === null || tag > last);
  const n = query.get("n");
  if (n === null) return json(200, { name, tags: rest });
  if (!/^\d+$/.test(n))
    throw new RegistryError("UNSUPPORTED", "invalid number of results requested", { status: 400, detail: { n } });
  const tags = rest.slice(0, Number(n));
  const end = tags.at(-1);
  if (end === undefined || tags.length === rest.length) return json(200, { name, tags });
  const link = `</v2/${name}/tags/list?n=${n}&last=${encodeURIComponent(end)}>; rel="next"`;
  return json(200, { name, tags }, { link });
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
