import { createHash } from "node:crypto";
import { RegistryError } from "./errors.ts";

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const namePattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const digestPattern = /^sha256:[a-f0-9]{64}$/;

/** Repository names, tags and digests as the OCI distribution specification spells them. Of digests, only SHA-256, which every client uses. */
export function requireName(name: string): string {
  if (namePattern.test(name) && name.length <= 255) return name;
  throw new RegistryError("NAME_INVALID", "invalid repository name", { detail: { name } });
}

export function requireDigest(digest: string): string {
  if (digestPattern.test(digest)) return digest;
  throw new RegistryError("DIGEST_INVALID", "not a sha256 digest", { detail: { digest } });
}

export function isDigest(reference: string): boolean {
  return reference.includes(":");
}

export function isTag(reference: string): boolean {
  return tagPattern.test(reference);
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
