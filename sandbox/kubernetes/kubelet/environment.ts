import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { PersistentVolumeClaim } from "../controllers/kinds.ts";
import { expand } from "./command.ts";
import type { Variables } from "./command.ts";
import { configError } from "./container-error.ts";
import type { ContainerError } from "./container-error.ts";
import { fieldValue, resourceValue } from "./downward.ts";
import type { PodFacts } from "./downward.ts";
import type { Container, EnvVar, Pod } from "./pod.ts";

export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

export interface Secret extends KubernetesObject {
  type?: string;
  data?: Record<string, string>;
}

/** Reads what the pods of one namespace refer to; `undefined` where there is no such object. */
export interface References {
  configMap(name: string): Promise<ConfigMap | undefined>;
  secret(name: string): Promise<Secret | undefined>;
  claim(name: string): Promise<PersistentVolumeClaim | undefined>;
}

export interface EnvironmentOptions {
  readonly pod: Pod;
  readonly container: Container;
  readonly facts: PodFacts;
  readonly references: References;
  readonly services: Variables;
  /** Told of keys of an envFrom source that cannot be names of variables. */
  readonly onSkipped: (source: string, keys: readonly string[]) => void;
}

/**
 * A container's variables in the kubelet's order: envFrom, then env, which may refer to them and to the services; a service's
 * variable loses against a declared one.
 * @throws ContainerError
 */
export async function environment(options: EnvironmentOptions): Promise<Map<string, string>> {
  const variables = await fromSources(options);
  for (const variable of options.container.env ?? []) {
    const known = new Map([...options.services, ...variables]);
    const value = variable.value ? expand(variable.value, known) : await referredValue(variable, options);
    if (value !== undefined) variables.set(variable.name, value);
  }
  return new Map([...options.services, ...variables]);
}

async function fromSources(options: EnvironmentOptions): Promise<Map<string, string>> {
  const { references, pod } = options;
  const variables = new Map<string, string>();
  for (const source of options.container.envFrom ?? []) {
    const kind = source.configMapRef ? "ConfigMap" : "Secret";
    const reference = source.configMapRef ?? source.secretRef;
    if (reference === undefined) continue;
    const values = await readValues(references, kind, reference.name);
    if (values === undefined && reference.optional !== true) throw notFound(kind, reference.name);
    const named = [...(values ?? [])].map(([key, value]) => [`${source.prefix ?? ""}${key}`, value] as const);
    const skipped = named.filter(([name]) => !isVariableName(name)).map(([name]) => name);
    if (skipped.length > 0)
      options.onSkipped(`${kind.toLowerCase()} ${pod.metadata.namespace}/${reference.name}`, skipped);
    for (const [name, value] of named) if (isVariableName(name)) variables.set(name, value);
  }
  return variables;
}

async function referredValue(variable: EnvVar, options: EnvironmentOptions): Promise<string | undefined> {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = variable.valueFrom ?? {};
  const { pod, facts } = options;
  if (fieldRef) {
    const value = fieldValue(pod, fieldRef.fieldPath, facts);
    if (value === undefined) throw configError(`unsupported fieldPath: ${fieldRef.fieldPath}`);
    return value;
  }
  if (resourceFieldRef) {
    const container = pod.spec.containers.find((each) => each.name === resourceFieldRef.containerName);
    const value = resourceValue(container ?? options.container, resourceFieldRef, facts.allocatable);
    if (value === undefined) throw configError(`unsupported container resource : ${resourceFieldRef.resource}`);
    return value;
  }
  if (configMapKeyRef) return keyValue("ConfigMap", configMapKeyRef, options);
  if (secretKeyRef) return keyValue("Secret", secretKeyRef, options);
  return "";
}

async function keyValue(
  kind: "ConfigMap" | "Secret",
  reference: { readonly name: string; readonly key: string; readonly optional?: boolean },
  options: EnvironmentOptions,
): Promise<string | undefined> {
  const values = await readValues(options.references, kind, reference.name);
  const value = values?.get(reference.key);
  if (value !== undefined || reference.optional === true) return value;
  if (values === undefined) throw notFound(kind, reference.name);
  const where = `${kind} ${options.pod.metadata.namespace}/${reference.name}`;
  throw configError(`couldn't find key ${reference.key} in ${where}`);
}

async function readValues(
  references: References,
  kind: "ConfigMap" | "Secret",
  name: string,
): Promise<Map<string, string> | undefined> {
  if (kind === "ConfigMap") {
    const found = await references.configMap(name);
    return found && new Map(Object.entries(found.data ?? {}));
  }
  const found = await references.secret(name);
  const decode = (value: string): string => Buffer.from(value, "base64").toString();
  return found && new Map(Object.entries(found.data ?? {}).map(([key, value]) => [key, decode(value)]));
}

function notFound(kind: string, name: string): ContainerError {
  return configError(`${kind.toLowerCase()} "${name}" not found`);
}

/** Since Kubernetes 1.34 any printable ASCII character but "=" may be in a name. */
function isVariableName(name: string): boolean {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(name);
}

export interface ServiceEntry extends KubernetesObject {
  spec: { clusterIP?: string; ports?: { name?: string; port: number; protocol?: string }[] };
}

/** The variables that tell a container where its namespace's services are (FOO_SERVICE_HOST, and Docker's older links). */
export function serviceVariables(services: Iterable<ServiceEntry>): Map<string, string> {
  const variables = new Map<string, string>();
  for (const { metadata, spec } of services) {
    const host = spec.clusterIP ?? "";
    const [first] = spec.ports ?? [];
    if (host === "" || host === "None" || first === undefined) continue;
    const prefix = variablePart(metadata.name);
    variables.set(`${prefix}_SERVICE_HOST`, host).set(`${prefix}_SERVICE_PORT`, String(first.port));
    variables.set(`${prefix}_PORT`, portUrl(first, host));
    for (const port of spec.ports ?? []) {
      const protocol = port.protocol ?? "TCP";
      if (port.name) variables.set(`${prefix}_SERVICE_PORT_${variablePart(port.name)}`, String(port.port));
      const link = `${prefix}_PORT_${port.port}_${protocol}`;
      variables.set(link, portUrl(port, host)).set(`${link}_PROTO`, protocol.toLowerCase());
      variables.set(`${link}_PORT`, String(port.port)).set(`${link}_ADDR`, host);
    }
  }
  return variables;
}

function portUrl(port: { readonly port: number; readonly protocol?: string }, host: string): string {
  return `${(port.protocol ?? "TCP").toLowerCase()}://${host}:${port.port}`;
}

function variablePart(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}
