import { isDeepStrictEqual } from "node:util";
import type { Endpoint, EndpointSlice, Pod, Service, ServicePort } from "../kinds.ts";
import { hasEnded, isReady } from "../pods.ts";
import { hasLabels } from "../../label-selector.ts";

/** Endpoints that are reached on the same ports; each becomes an EndpointSlice. */
export interface EndpointGroup {
  readonly ports: NonNullable<EndpointSlice["ports"]>;
  readonly endpoints: Endpoint[];
}

/**
 * Where a Service's traffic may go. A pod takes part once it has an address; it is ready only while it is not being deleted, so
 * that nothing new reaches it from the moment its deletion is known.
 */
export function endpointGroups(service: Service, pods: readonly Pod[]): EndpointGroup[] {
  const { selector, ports = [], publishNotReadyAddresses = false } = service.spec;
  if (selector === undefined) return [];
  const groups: EndpointGroup[] = [];
  const backends = pods.filter((pod) => hasLabels(pod.metadata.labels, selector) && !hasEnded(pod));
  for (const pod of backends.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    const endpoint = endpointOf(pod, publishNotReadyAddresses);
    if (endpoint === undefined) continue;
    const podPorts = ports.flatMap((port) => podPort(port, pod) ?? []);
    const group = groups.find((each) => isDeepStrictEqual(each.ports, podPorts));
    if (group === undefined) groups.push({ ports: podPorts, endpoints: [endpoint] });
    else group.endpoints.push(endpoint);
  }
  return groups;
}

function endpointOf(pod: Pod, publishNotReady: boolean): Endpoint | undefined {
  const { podIP } = pod.status ?? {};
  const { name, namespace = "", uid = "" } = pod.metadata;
  if (podIP === undefined || podIP === "") return undefined;
  const serving = publishNotReady || isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [podIP],
    conditions: { ready: publishNotReady || (serving && !terminating), serving, terminating },
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: "Pod", namespace, name, uid },
  };
}

/** A target port by name is the number that this very pod gives it. Undefined when the pod has no such port. */
function podPort(port: ServicePort, pod: Pod): EndpointGroup["ports"][number] | undefined {
  const { name = "", protocol = "TCP", targetPort = port.port, appProtocol } = port;
  const named = pod.spec.containers
    .flatMap((container) => container.ports ?? [])
    .find((each) => each.name === targetPort && (each.protocol ?? "TCP") === protocol);
  const number = typeof targetPort === "number" ? targetPort : named?.containerPort;
  if (number === undefined) return undefined;
  return { name, port: number, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) };
}
