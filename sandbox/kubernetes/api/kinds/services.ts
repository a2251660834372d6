import type { V1Service } from "@kubernetes/client-node";
import type { Core } from "../core.ts";
import { fieldForbidden, invalid, invalidValue, required, duplicate } from "../status.ts";
import type { Cause } from "../status.ts";
import type { Stored } from "../store.ts";
import { rules } from "./rules.ts";
import type { Draft, Preparation } from "./rules.ts";

/** Gives out the cluster IPs of Services. */
export interface ServiceAddresses {
  take(): string;
  release(address: string): void;
}

type Service = Draft<V1Service>;
type Spec = NonNullable<Service["spec"]>;

const nodePorts = { first: 30_000, last: 32_767 };

function hasNodePorts(spec: Spec): boolean {
  return spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
}

export const services = rules<V1Service>({
  name: "service",
  status: { loadBalancer: {} },
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.sessionAffinity ??= "None";
    spec.type ??= "ClusterIP";
    if (spec.sessionAffinity === "ClientIP")
      ((spec.sessionAffinityConfig ??= {}).clientIP ??= {}).timeoutSeconds ??= 10_800;
    for (const port of spec.ports ?? []) {
      port.protocol ??= "TCP";
      if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === "") port.targetPort = port.port;
    }
    if (spec.type === "ExternalName") return;
    spec.internalTrafficPolicy ??= "Cluster";
    if (spec.type !== "ClusterIP") spec.externalTrafficPolicy ??= "Cluster";
    if (spec.type === "LoadBalancer") spec.allocateLoadBalancerNodePorts ??= true;
  },
  prepare(draft, { old }) {
    const spec = (draft.spec ??= {});
    keepAllocated(spec, old?.spec);
    if (spec.type === "ExternalName") return;
    spec.ipFamilies ??= ["IPv4"];
    spec.ipFamilyPolicy ??= "SingleStack";
    if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  },
  validate(draft, old) {
    const { spec = {} } = draft;
    const before = old?.spec?.clusterIP ?? "";
    const wasSet = before !== "" && old?.spec?.type !== "ExternalName" && spec.type !== "ExternalName";
    return [
      ...(wasSet && spec.clusterIP !== before
        ? [invalidValue("spec.clusterIPs[0]", spec.clusterIPs, "may not change once set")]
        : []),
      ...validatePorts(spec),
    ];
  },
  allocate(draft, o) {
    const spec = (draft.spec ??= {});
    if (spec.type === "ExternalName") return;
    const others = servicesBut(o.core, draft);
    if (hasNodePorts(spec)) takeNodePorts(draft, spec, others);
    takeAddress(draft, spec, { ...o, others });
  },
  release(object, core) {
    const address = object.spec?.clusterIP;
    if (address !== undefined && address !== "None") core.serviceAddresses.release(address);
  },
});

/** What was given out stays, unless the writer says otherwise: an update need not repeat it. */
function keepAllocated(spec: Spec, old: Spec | undefined): void {
  if (old === undefined) return;
  if (spec.type !== "ExternalName") spec.clusterIP ||= old.clusterIP;
  if (!hasNodePorts(spec)) {
    // Changed to a type without node ports: those that came from the server go.
    if (hasNodePorts(old)) for (const port of spec.ports ?? []) delete port.nodePort;
    if (spec.type === "ClusterIP") delete spec.externalTrafficPolicy;
    return;
  }
  for (const port of spec.ports ?? []) {
    const before = old.ports?.find((known) => known.port === port.port && known.protocol === port.protocol);
    if (!port.nodePort && before?.nodePort) port.nodePort = before.nodePort;
  }
}

function validatePorts(spec: Spec): Cause[] {
  const { ports = [], type, clusterIP } = spec;
  if (ports.length === 0 && type !== "ExternalName" && clusterIP !== "None") return [required("spec.ports")];
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = `spec.ports[${index}]`;
    const { name = "", nodePort } = port;
    const repeated = names.has(name);
    names.add(name);
    const number = port.port ?? 0;
    return [
      ...(ports.length > 1 && name === "" ? [required(`${path}.name`)] : []),
      ...(ports.length > 1 && name !== "" && repeated ? [duplicate(`${path}.name`, name)] : []),
      ...(number >= 1 && number <= 65_535
        ? []
        : [invalidValue(`${path}.port`, number, "must be between 1 and 65535, inclusive")]),
      ...portNameCauses(port.targetPort, `${path}.targetPort`),
      ...(nodePort && type === "ClusterIP"
        ? [fieldForbidden(`${path}.nodePort`, "may not be used when `type` is 'ClusterIP'")]
        : []),
    ];
  });
}

/** The start of IsValidPortName: a name that no port of a pod can have. */
function portNameCauses(port: number | string | undefined, path: string): Cause[] {
  if (typeof port !== "string" || /^[a-z0-9-]+$/i.test(port)) return [];
  return [invalidValue(path, port, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")];
}

function servicesBut(core: Core, draft: Service): readonly Stored[] {
  const { name, namespace } = draft.metadata;
  return core.store
    .list("/services")
    .filter((other) => other.metadata.name !== name || other.metadata.namespace !== namespace);
}

function specOf(service: Stored): Spec {
  return service.spec ?? {};
}

function takeNodePorts(draft: Service, spec: Spec, others: readonly Stored[]): void {
  const taken = new Set(others.flatMap((other) => (specOf(other).ports ?? []).map((port) => port.nodePort)));
  (spec.ports ?? []).forEach((port, index) => {
    const refuse = (why: string): Error =>
      invalid({ group: "", name: "Service" }, draft.metadata.name, [
        invalidValue(`spec.ports[${index}].nodePort`, port.nodePort, why),
      ]);
    if (port.nodePort && (port.nodePort < nodePorts.first || port.nodePort > nodePorts.last)) {
      throw refuse(
        `provided port is not in the valid range. The range of valid ports is ${nodePorts.first}-${nodePorts.last}`,
      );
    }
    if (port.nodePort && taken.has(port.nodePort)) throw refuse("provided port is already allocated");
    port.nodePort = port.nodePort === undefined || port.nodePort === 0 ? freeNodePort(taken) : port.nodePort;
    taken.add(port.nodePort);
  });
}

function freeNodePort(taken: ReadonlySet<number | undefined>): number {
  const size = nodePorts.last - nodePorts.first + 1;
  const start = Math.floor(Math.random() * size);
  for (let tries = 0; tries < size; tries++) {
    const port = nodePorts.first + ((start + tries) % size);
    if (!taken.has(port)) return port;
  }
  throw new Error("No node port is free");
}

function takeAddress(
  draft: Service,
  spec: Spec,
  o: Preparation<Service> & { readonly others: readonly Stored[] },
): void {
  const taken = new Set(o.others.map((other) => specOf(other).clusterIP));
  if (!spec.clusterIP) {
    do spec.clusterIP = o.core.serviceAddresses.take();
    while (taken.has(spec.clusterIP));
  } else if (spec.clusterIP !== "None" && spec.clusterIP !== o.old?.spec?.clusterIP && taken.has(spec.clusterIP)) {
    const why = `failed to allocate IP ${spec.clusterIP}: provided IP is already allocated`;
    throw invalid({ group: "", name: "Service" }, draft.metadata.name, [
      invalidValue("spec.clusterIPs", spec.clusterIPs, why),
    ]);
  }
  spec.clusterIPs = [spec.clusterIP];
}
