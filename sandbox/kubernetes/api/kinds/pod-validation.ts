import type { V1Container, V1ObjectMeta, V1PodSpec } from "@kubernetes/client-node";
import { milliValue } from "../../../../src/kubernetes/quantity.ts";
import { duplicate, invalidValue, notFoundValue, required, unsupported } from "../status.ts";
import type { Cause } from "../status.ts";
import { labelCauses, nameCauses } from "../validate-names.ts";
import type { Loose } from "./rules.ts";

type PodSpec = Loose<V1PodSpec>;
type Container = Loose<V1Container>;

export interface Template {
  readonly metadata?: Loose<V1ObjectMeta> | undefined;
  readonly spec?: PodSpec | undefined;
}

/** ValidatePodTemplateSpec, as far as manifests are got wrong in practice. `path` is that of the template. */
export function validateTemplate(template: Template | undefined, path: string): Cause[] {
  const spec = template?.spec ?? {};
  return [
    ...labelCauses(template?.metadata?.labels ?? {}, `${path}.metadata.labels`),
    ...validatePodSpec(spec, `${path}.spec`),
  ];
}

export function validatePodSpec(spec: PodSpec, path: string): Cause[] {
  const volumes = new Set((spec.volumes ?? []).map((volume) => volume.name ?? ""));
  const lists = [
    { name: "containers", containers: spec.containers ?? [] },
    { name: "initContainers", containers: spec.initContainers ?? [] },
  ];
  return [
    ...uniqueNames(spec.volumes ?? [], `${path}.volumes`),
    ...(lists[0]?.containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...lists.flatMap(({ name, containers }) => [
      ...uniqueNames(containers, `${path}.${name}`),
      ...containers.flatMap((container, index) => validateContainer(container, `${path}.${name}[${index}]`, volumes)),
    ]),
    ...oneOf(spec.restartPolicy, `${path}.restartPolicy`, ["Always", "OnFailure", "Never"]),
    ...oneOf(spec.dnsPolicy, `${path}.dnsPolicy`, ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]),
  ];
}

function oneOf(value: string | undefined, path: string, words: readonly string[]): Cause[] {
  return value === undefined || words.includes(value) ? [] : [unsupported(path, value, words)];
}

function uniqueNames(items: readonly { readonly name?: string | undefined }[], path: string): Cause[] {
  const seen = new Set<string>();
  return items.flatMap(({ name }, index) => {
    if (name === undefined || name === "") return [required(`${path}[${index}].name`)];
    const causes = seen.has(name)
      ? [duplicate(`${path}[${index}].name`, name)]
      : nameCauses(name, `${path}[${index}].name`, "label");
    seen.add(name);
    return causes;
  });
}

function validateContainer(container: Container, path: string, volumes: ReadonlySet<string>): Cause[] {
  return [
    ...(container.image ? [] : [required(`${path}.image`)]),
    ...(container.ports ?? []).flatMap((port, index) =>
      validatePort(port.containerPort, `${path}.ports[${index}].containerPort`),
    ),
    ...(container.volumeMounts ?? []).flatMap((mount, index) =>
      validateMount(mount, `${path}.volumeMounts[${index}]`, volumes),
    ),
    ...validateResources(container, path),
    ...oneOf(container.imagePullPolicy, `${path}.imagePullPolicy`, ["Always", "IfNotPresent", "Never"]),
    ...validateProbes(container, path),
  ];
}

function validatePort(port: number | undefined, path: string): Cause[] {
  if (port === undefined || port === 0) return [required(path)];
  return port >= 1 && port <= 65535 ? [] : [invalidValue(path, port, "must be between 1 and 65535, inclusive")];
}

interface Mount {
  readonly name?: string | undefined;
  readonly mountPath?: string | undefined;
}

function validateMount(mount: Mount, path: string, volumes: ReadonlySet<string>): Cause[] {
  const name = mount.name ?? "";
  return [
    ...(name === "" ? [required(`${path}.name`)] : volumes.has(name) ? [] : [notFoundValue(`${path}.name`, name)]),
    ...(mount.mountPath ? [] : [required(`${path}.mountPath`)]),
  ];
}

function validateResources({ resources }: Container, path: string): Cause[] {
  const limits = resources?.limits ?? {};
  return Object.entries(resources?.requests ?? {}).flatMap(([name, request]) => {
    const limit = limits[name];
    if (limit === undefined || request === undefined || (milliValue(request) ?? 0) <= (milliValue(limit) ?? 0))
      return [];
    return [
      invalidValue(`${path}.resources.requests`, request, `must be less than or equal to ${name} limit of ${limit}`),
    ];
  });
}

function validateProbes(container: Container, path: string): Cause[] {
  return (["livenessProbe", "readinessProbe", "startupProbe"] as const).flatMap((name) => {
    const probe = container[name];
    if (probe === undefined) return [];
    const at = `${path}.${name}`;
    const handlers = [probe.exec, probe.httpGet, probe.tcpSocket, probe.grpc].filter(
      (handler) => handler !== undefined,
    );
    const single = name === "readinessProbe" || (probe.successThreshold ?? 1) === 1;
    return [
      ...(handlers.length === 0 ? [required(at, "must specify a handler type")] : []),
      ...(single ? [] : [invalidValue(`${at}.successThreshold`, probe.successThreshold, "must be 1")]),
    ];
  });
}
