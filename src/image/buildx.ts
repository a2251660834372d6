import { formatPlatform, type Platform } from "./platform.ts";

/** One image for Docker to build. Paths are as the machine has them. */
export interface BuildxImage {
  /** `registry/repository`. */
  readonly name: string;
  readonly context: string;
  readonly dockerfile: string;
  readonly target: string | undefined;
  readonly platforms: readonly Platform[];
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Names of secrets to the environment variables that hold them. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface BuildxOptions {
  readonly image: BuildxImage;
  /** The builder's name; Docker's current one, if not given. */
  readonly builder: string | undefined;
  readonly push: boolean;
  readonly cache: Cache;
  readonly provenance: string;
  readonly sbom: string | undefined;
  /** Where buildx writes what it made. */
  readonly metadataFile: string;
}

/** Options of `--cache-from` and `--cache-to`. */
export interface Cache {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/**
 * The arguments of `docker buildx build`. The image is pushed by digest, without a tag. Files newer than SOURCE_DATE_EPOCH, which is an
 * environment variable, get that time. No secret is among them: BuildKit reads secrets from the environment.
 */
export function buildxArguments({ image, ...o }: BuildxOptions): string[] {
  const output = {
    type: "image",
    name: image.name,
    ...(o.push ? { "push-by-digest": "true", "name-canonical": "true" } : {}),
    push: String(o.push),
    "oci-mediatypes": "true",
    "rewrite-timestamp": "true",
  };
  return [
    "buildx",
    "build",
    ...flag("builder", o.builder),
    "--progress=plain",
    ...flag("file", image.dockerfile),
    ...flag("target", image.target),
    ...flag("platform", image.platforms.map(formatPlatform).join(",")),
    ...[...image.buildArgs].flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...[...image.secrets].flatMap(([id, variable]) => ["--secret", csv({ id, env: variable })]),
    ...Object.entries(image.labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
    ...o.cache.from.flatMap((line) => ["--cache-from", line]),
    ...o.cache.to.flatMap((line) => ["--cache-to", line]),
    ...flag("provenance", o.provenance),
    ...flag("sbom", o.sbom),
    ...flag("output", csv(output)),
    ...flag("metadata-file", o.metadataFile),
    "--",
    image.context,
  ];
}

/**
 * What to cache where. `auto` is GitHub's own cache where there is one, else a tag of the image's repository. A cache that fails never
 * fails a build.
 */
export function chooseCache(o: {
  readonly lines: readonly string[];
  /** `registry/repository`. */
  readonly image: string;
  readonly push: boolean;
  readonly hasGitHubCache: boolean;
}): Cache {
  const [first] = o.lines;
  if (first === "off") return { from: [], to: [] };
  if (first !== "auto") {
    // An inline cache is part of the image: there is nothing to name when it is read.
    const from = o.lines.filter((line) => !line.startsWith("type=inline"));
    return {
      from,
      to: o.lines.map((line) => (/(?:^|,)ignore-error=/.test(line) ? line : `${line},ignore-error=true`)),
    };
  }
  if (o.hasGitHubCache) {
    const scope = { type: "gha", scope: o.image };
    return { from: [csv(scope)], to: [csv({ ...scope, mode: "max", "ignore-error": "true" })] };
  }
  const registry = { type: "registry", ref: `${o.image}:buildcache` };
  const options = { mode: "max", "image-manifest": "true", "oci-mediatypes": "true", "ignore-error": "true" };
  return { from: [csv(registry)], to: o.push ? [csv({ ...registry, ...options })] : [] };
}

function flag(name: string, value: string | undefined): string[] {
  return value ? [`--${name}=${value}`] : [];
}

/** `key=value,…`, quoted where a value would break it. */
function csv(values: Readonly<Record<string, string>>): string {
  const fields = Object.entries(values).map(([key, value]) => `${key}=${value}`);
  return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",");
}
