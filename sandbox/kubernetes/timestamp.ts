/** A moment as Kubernetes writes it: RFC 3339, whole seconds, UTC. Numbers are milliseconds since 1970. */
export function timestamp(at: Date | number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
