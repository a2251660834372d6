import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { EndpointSlice } from "../controllers/kinds.ts";

export interface Service extends KubernetesObject {
  spec: {
    type?: string;
    clusterIP?: string;
    ports?: { name?: string; port: number; nodePort?: number; protocol?: string }[];
    sessionAffinity?: string;
    sessionAffinityConfig?: { clientIP?: { timeoutSeconds?: number } };
  };
  status?: { loadBalancer?: { ingress?: { ip?: string }[] } };
}

export interface Backend {
  readonly address: string;
  readonly port: number;
}

/** One place to listen at, and where its connections go. */
export interface Listener extends Backend {
  readonly service: Service;
  readonly backends: readonly Backend[];
  /** How long after its last connection a client is led to the same backend again; 0 unless the service has session affinity. */
  readonly affinityMs: number;
}

/** Where to listen for which service, by address and port. A place without backends is none. */
export function desiredListeners(o: {
  readonly services: Iterable<Service>;
  readonly slices: readonly EndpointSlice[];
  readonly nodeAddress: string;
  /** Whether a service's address is this machine's to listen at. */
  readonly isOwn: (address: string) => boolean;
}): Map<string, Listener> {
  const listeners = new Map<string, Listener>();
  for (const service of o.services) {
    const own = o.slices.filter((slice) => belongsTo(slice, service));
    for (const port of service.spec.ports ?? []) {
      const backends = (port.protocol ?? "TCP") === "TCP" ? backendsOf(own, port.name ?? "") : [];
      if (backends.length === 0) continue;
      for (const place of places(service, port, o)) {
        const key = `${place.address}:${place.port}`;
        if (!listeners.has(key)) listeners.set(key, { ...place, service, backends, affinityMs: affinityMs(service) });
      }
    }
  }
  return listeners;
}

/** Three hours where a service does not say, as the API server has it by default. */
function affinityMs({ spec }: Service): number {
  if (spec.sessionAffinity !== "ClientIP") return 0;
  return (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) * 1000;
}

function belongsTo(slice: EndpointSlice, service: Service): boolean {
  const { namespace, name } = service.metadata;
  return slice.metadata.namespace === namespace && slice.metadata.labels?.["kubernetes.io/service-name"] === name;
}

function places(
  service: Service,
  port: { readonly port: number; readonly nodePort?: number },
  o: { readonly nodeAddress: string; readonly isOwn: (address: string) => boolean },
): Backend[] {
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  const addresses = [service.spec.clusterIP, ...ingress.map(({ ip }) => ip)];
  const own = addresses.flatMap((address = "") => (o.isOwn(address) ? [{ address, port: port.port }] : []));
  return port.nodePort ? [...own, { address: o.nodeAddress, port: port.nodePort }] : own;
}

/** The ready endpoints; while there are none, those that are on their way out and serve still, as kube-proxy does. */
function backendsOf(slices: readonly EndpointSlice[], portName: string): Backend[] {
  const all = slices.flatMap((slice) => {
    const port = slice.ports?.find((each) => each.name === portName)?.port;
    return (slice.endpoints ?? []).flatMap(({ addresses: [address], conditions }) => {
      return port === undefined || address === undefined ? [] : [{ address, port, conditions }];
    });
  });
  const ready = all.filter(({ conditions }) => conditions.ready);
  const leaving = all.filter(({ conditions }) => conditions.serving && conditions.terminating);
  return (ready.length > 0 ? ready : leaving).map(({ address, port }) => ({ address, port }));
}
