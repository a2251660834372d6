import { canonicalRegistry } from "../../../src/registry/reference.ts";
import type { ImageReference } from "../../../src/registry/reference.ts";
import type { Credentials } from "../../../src/registry/access.ts";
import type { Secret } from "./environment.ts";

interface DockerConfig {
  auths?: Record<string, { auth?: string; username?: string; password?: string }>;
}

/** What the pull secrets hold for an image: entries of its registry, or of a path in it that the image lies below. */
export function credentialsFor(reference: ImageReference, secrets: readonly Secret[]): Credentials[] {
  return secrets.flatMap((secret) => {
    const origin = `secret ${secret.metadata.name}`;
    return Object.entries(readAuths(secret)).flatMap(([place, entry]) => {
      if (!covers(place, reference)) return [];
      const [username = "", ...password] = Buffer.from(entry.auth ?? "", "base64")
        .toString()
        .split(":");
      return [{ username: entry.username ?? username, password: entry.password ?? password.join(":"), origin }];
    });
  });
}

/** A secret that does not hold what its type says is passed over, as the kubelet does. */
function readAuths(secret: Secret): NonNullable<DockerConfig["auths"]> {
  const decode = (key: string): string => Buffer.from(secret.data?.[key] ?? "", "base64").toString() || "{}";
  try {
    if (secret.type === "kubernetes.io/dockercfg")
      return JSON.parse(decode(".dockercfg")) as NonNullable<DockerConfig["auths"]>;
    return (JSON.parse(decode(".dockerconfigjson")) as DockerConfig).auths ?? {};
  } catch {
    return {};
  }
}

/** `place` is a host, maybe with a path, written in one of the ways that docker ever wrote it. */
function covers(place: string, reference: ImageReference): boolean {
  const [host = "", ...path] = place
    .replace(/^https?:\/\//, "")
    .replace(/\/(v[12]\/?)?$/, "")
    .split("/");
  if (canonicalRegistry(host) !== reference.registry) return false;
  return path.length === 0 || `${reference.repository}/`.startsWith(`${path.join("/")}/`);
}
