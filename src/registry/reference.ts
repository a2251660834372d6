import { SlipwayError } from "../error.ts";

/** A `sha256:` digest, as everything we make has; `sha512:` ones of others are read too. */
export type Digest = `sha256:${string}` | `sha512:${string}`;

/** The name of an image, with everything that a short form leaves out filled in. */
export interface ImageReference {
  /** Host, with the port where one is given: `docker.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const hostPattern = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const longestName = 255;

/**
 * Reads the name of an image as Docker does: `node` is `docker.io/library/node`. A tag is not made up where none is given.
 * @throws SlipwayError `configuration`, saying which part breaks which rule. Grammar: github.com/distribution/reference.
 */
export function parseReference(text: string): ImageReference {
  const [, name = "", tag, digest] = /^(.*?)(?::([^:/@]*))?(?:@(.*))?$/s.exec(text) ?? [];
  const { registry, repository } = splitName(name);
  if (!hostPattern.test(registry)) throw invalid(text, `"${registry}" is not the address of a registry`);
  if (!repositoryPattern.test(repository)) throw invalid(text, repositoryProblem(repository));
  if (registry.length + repository.length >= longestName) throw invalid(text, `it is longer than ${longestName}`);
  if (tag !== undefined && !isTag(tag)) throw invalid(text, `"${tag}" is not a tag`, tagRule);
  if (digest !== undefined && !isDigest(digest)) throw invalid(text, `"${digest}" is not a digest`, digestRule);
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

export const tagRule =
  "A tag has at most 128 letters, digits, dots, hyphens and underscores, and starts with a letter, digit or underscore.";
const digestRule = "A digest is sha256: and 64 hexadecimal digits in lower case.";

/** Whether a registry takes `text` as a tag. */
export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}

/** The whole name: `docker.io/library/node:24@sha256:…`. */
export function formatReference(reference: ImageReference): string {
  const { registry, repository, tag, digest } = reference;
  return `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** What names one manifest inside its repository: the digest where there is one, else the tag, else `latest`. */
export function manifestName({ tag, digest }: ImageReference): string {
  return digest ?? tag ?? "latest";
}

/** The names under which Docker Hub is known are one registry. */
export function canonicalRegistry(host: string): string {
  return ["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"].includes(host) ? "docker.io" : host;
}

function splitName(name: string): { readonly registry: string; readonly repository: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, slash);
  const isHost = slash !== -1 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const registry = isHost ? canonicalRegistry(first) : "docker.io";
  const repository = isHost ? name.slice(slash + 1) : name;
  return {
    registry,
    repository: registry === "docker.io" && !repository.includes("/") ? `library/${repository}` : repository,
  };
}

function repositoryProblem(repository: string): string {
  if (repository !== repository.toLowerCase()) return `"${repository}" has capital letters, and a repository has none`;
  return `"${repository}" is not the name of a repository`;
}

function invalid(
  text: string,
  why: string,
  hint = "An image is named like registry.example.com/team/app:1.2.",
): SlipwayError {
  return new SlipwayError(`Cannot read the image name "${text}" because ${why}`, { code: "configuration", hint });
}
