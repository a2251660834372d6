import { isIPv4 } from "node:net";

/**
 * Where the registry of an image name answers. Plain HTTP is spoken to this machine alone: whatever goes further could be read or
 * changed on its way.
 */
export function registryUrl(registry: string): URL {
  if (registry === "docker.io") return new URL("https://registry-1.docker.io/");
  const url = new URL(`https://${registry}/`);
  if (!isLoopback(url)) return url;
  return new URL(`http://${registry}/`);
}

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url;
  return hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}

/** Whether a secret may be sent there: over TLS, or without leaving this machine. */
export function isConfidential(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}
