import { RegistryError } from "./errors.ts";

const mediaTypes = {
  "application/vnd.oci.image.manifest.v1+json": "image",
  "application/vnd.docker.distribution.manifest.v2+json": "image",
  "application/vnd.oci.image.index.v1+json": "index",
  "application/vnd.docker.distribution.manifest.list.v2+json": "index",
} as const;

/** What the registry needs to know of a manifest. */
export interface Manifest {
  readonly mediaType: string;
  /** Digests of the blobs and of the manifests it refers to, which must be there before it. */
  readonly blobs: readonly string[];
  readonly manifests: readonly string[];
  /** The digest of the manifest that it says something about; that one may come later. */
  readonly subject: string | undefined;
  readonly artifactType: string | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Throws `MANIFEST_INVALID` for anything but an image manifest or an index of OCI or Docker (schema 2). */
export function parseManifest(bytes: Buffer, contentType: string): Manifest {
  const body = parseObject(bytes);
  const mediaType = contentType || text(body.mediaType) || "";
  if (typeof body.mediaType === "string" && body.mediaType !== mediaType) {
    throw invalid(`mediaType in manifest should be '${mediaType}' not '${body.mediaType}'`);
  }
  if (!isKnown(mediaType)) throw invalid(`unknown media type '${mediaType}'`);
  if (body.schemaVersion !== 2) throw invalid("schemaVersion must be 2");
  const index = mediaTypes[mediaType] === "index";
  return {
    mediaType,
    blobs: index ? [] : [digest(body.config, "config"), ...layers(body.layers)],
    manifests: index ? list(body.manifests, "manifests").map((entry) => digest(entry, "manifests")) : [],
    subject: body.subject === undefined ? undefined : digest(body.subject, "subject"),
    artifactType: text(body.artifactType) ?? (index ? undefined : text(object(body.config, "config").mediaType)),
    annotations: annotations(body.annotations),
  };
}

function isKnown(mediaType: string): mediaType is keyof typeof mediaTypes {
  return Object.hasOwn(mediaTypes, mediaType);
}

/** A layer with `urls` is to be fetched from there (a foreign layer), so it need not be here. */
function layers(value: unknown): string[] {
  const here = list(value, "layers").filter((layer) => object(layer, "layers").urls === undefined);
  return here.map((layer) => digest(layer, "layers"));
}

function digest(descriptor: unknown, field: string): string {
  const value = object(descriptor, field).digest;
  if (typeof value !== "string") throw invalid(`${field} has no digest`);
  return value;
}

function annotations(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  const entries = Object.entries(object(value, "annotations"));
  return Object.fromEntries(entries.map(([key, entry]) => [key, String(entry)]));
}

function parseObject(bytes: Buffer): JsonObject {
  try {
    return object(JSON.parse(bytes.toString("utf8")), "manifest");
  } catch (error) {
    if (error instanceof RegistryError) throw error;
    throw invalid("not JSON");
  }
}

function object(value: unknown, field: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw invalid(`${field} must be an object`);
}

function list(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`${field} must be a list`);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function invalid(problem: string): RegistryError {
  return new RegistryError("MANIFEST_INVALID", "manifest invalid", { detail: problem });
}
