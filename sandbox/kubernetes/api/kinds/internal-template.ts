import type { V1PodTemplateSpec } from "@kubernetes/client-node";
import type { Loose } from "./rules.ts";

/**
 * The fields of the API server's own structs, in their order, with what they print when they are not set. Kubernetes shows these structs,
 * not the manifest, when it refuses a change of a Job's template.
 */
const podSpecFields =
  'Volumes InitContainers Containers EphemeralContainers RestartPolicy="" TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy="" NodeSelector ServiceAccountName="" AutomountServiceAccountToken NodeName="" SecurityContext ImagePullSecrets Hostname="" Subdomain="" SetHostnameAsFQDN Affinity SchedulerName="" Tolerations HostAliases PriorityClassName="" Priority PreemptionPolicy DNSConfig ReadinessGates RuntimeClassName Overhead EnableServiceLinks TopologySpreadConstraints OS SchedulingGates ResourceClaims Resources HostnameOverride';
const containerFields =
  'Name="" Image="" Command Args WorkingDir="" Ports EnvFrom Env Resources ResizePolicy RestartPolicy RestartPolicyRules VolumeMounts VolumeDevices LivenessProbe ReadinessProbe StartupProbe Lifecycle TerminationMessagePath="" TerminationMessagePolicy="" ImagePullPolicy="" SecurityContext Stdin=false StdinOnce=false TTY=false';
const securityFields =
  "HostNetwork=false HostPID=false HostIPC=false ShareProcessNamespace HostUsers SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup FSGroupChangePolicy Sysctls SeccompProfile AppArmorProfile SELinuxChangePolicy";
const resourceFields = "Limits Requests Claims";

/** Fields that the API keeps in the pod's spec and the struct in its security context. */
const hostFields = ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];

export function printInternal(template: Loose<V1PodTemplateSpec>): string {
  const spec = (template.spec ?? {}) as Record<string, unknown>;
  const host = Object.fromEntries(hostFields.map((name) => [name, spec[name]]));
  const security = { ...host, ...(spec.securityContext as object | undefined) };
  const Spec = struct(podSpecFields, {
    ...spec,
    securityContext: struct(securityFields, security),
    initContainers: containers(spec.initContainers),
    containers: containers(spec.containers),
  });
  return JSON.stringify({ ...template.metadata, Spec });
}

function containers(list: unknown): unknown {
  if (!Array.isArray(list)) return undefined;
  return list.map((container: Record<string, unknown>) => {
    const resources = struct(resourceFields, (container.resources ?? {}) as Record<string, unknown>);
    return struct(containerFields, { ...container, resources });
  });
}

function struct(fields: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const byLowerName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    fields.split(" ").map((field) => {
      const [name = "", unset = "null"] = field.split("=");
      return [name, byLowerName.get(name.toLowerCase()) ?? (JSON.parse(unset) as unknown)];
    }),
  );
}
