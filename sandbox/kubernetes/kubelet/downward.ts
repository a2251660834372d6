import { milliValue } from "../../../src/kubernetes/quantity.ts";
import type { Container, Pod, Quantities, ResourceField } from "./pod.ts";

/** What a pod can learn about itself that is not in its own object yet. */
export interface PodFacts {
  readonly podAddress: string;
  readonly hostAddress: string;
  /** The node's, which stands in for limits that are not set. */
  readonly allocatable: Quantities;
}

/** The value of a `fieldRef`; `undefined` for a field that the downward API does not know. */
export function fieldValue(pod: Pod, path: string, facts: PodFacts): string | undefined {
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (subscript !== null) return pod.metadata[subscript[1] as "labels" | "annotations"]?.[subscript[2] ?? ""] ?? "";
  switch (path) {
    case "metadata.name":
      return pod.metadata.name;
    case "metadata.namespace":
      return pod.metadata.namespace;
    case "metadata.uid":
      return pod.metadata.uid;
    case "metadata.labels":
      return lines(pod.metadata.labels);
    case "metadata.annotations":
      return lines(pod.metadata.annotations);
    case "spec.nodeName":
      return pod.spec.nodeName ?? "";
    case "spec.serviceAccountName":
      return pod.spec.serviceAccountName ?? "";
    case "status.hostIP":
    case "status.hostIPs":
      return facts.hostAddress;
    case "status.podIP":
    case "status.podIPs":
      return facts.podAddress;
    default:
      return undefined;
  }
}

/** The value of a `resourceFieldRef`, in units of its divisor, rounded up. `undefined` for a resource that is neither set nor the node's. */
export function resourceValue(container: Container, field: ResourceField, allocatable: Quantities): string | undefined {
  const [list, resource = ""] = field.resource.split(".", 2);
  const { limits, requests } = container.resources ?? {};
  const own = list === "requests" ? requests?.[resource] : limits?.[resource];
  // A limit that is not set is all that the node has; a request that is not set is nothing.
  const quantity = own ?? (list === "requests" ? 0 : allocatable[resource]);
  const divisor = milliValue(divisorOf(field)) ?? 1_000;
  const value = quantity === undefined ? undefined : milliValue(quantity);
  return value === undefined ? undefined : String(Math.ceil(value / divisor));
}

/** The API server's defaulting writes an absent divisor as "0". */
function divisorOf(field: ResourceField): string | number {
  const divisor = field.divisor ?? "1";
  return String(divisor) === "0" ? "1" : divisor;
}

function lines(map: Readonly<Record<string, string>> | undefined): string {
  const sorted = Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join("\n");
}
