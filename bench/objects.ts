import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";

/** Made by a deploy to the sandbox, whose registry gives nothing to strangers. */
export const pullSecret = "registry";

export interface AppOptions {
  readonly services: number;
  readonly image: string;
  /** How many pods each service has. */
  readonly replicas: number;
  /** The pull secret counts as one of the Secrets, so that there is one manifest less. */
  readonly pullsByCredential?: true;
}

/**
 * An app of many services, each with its objects: two ConfigMaps, a Secret, a ServiceAccount, a Service and a Deployment. Six for each
 * service, so 300 for 50.
 */
export function appObjects({ services, ...options }: AppOptions): Manifest[][] {
  return Array.from({ length: services }, (_, index) => {
    const name = `service-${String(index).padStart(2, "0")}`;
    const secrets = index === 0 && options.pullsByCredential === true ? [] : [secret(name)];
    return [
      configMap(name),
      configMap(`${name}-flags`),
      ...secrets,
      serviceAccount(name),
      service(name),
      deployment(name, options),
    ];
  });
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** Writes the objects into a folder, a file for each service. */
export async function writeManifests(folder: string, services: readonly (readonly Manifest[])[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const objects of services) {
    const file = `${objects[0]?.metadata.name ?? ""}.yaml`;
    await writeFile(join(folder, file), objects.map((object) => stringify(object)).join("---\n"));
  }
}

function configMap(name: string): Manifest {
  const data = { LOG_LEVEL: "info", BANNER: `Welcome to ${name}`, "settings.json": `{"cache": {"seconds": 30}}\n` };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels: labels(name) }, data };
}

function secret(name: string): Manifest {
  const stringData = { PASSWORD: `the password of ${name}` };
  return { apiVersion: "v1", kind: "Secret", metadata: { name, labels: labels(name) }, stringData };
}

function serviceAccount(name: string): Manifest {
  const metadata = { name, labels: labels(name) };
  return { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false };
}

function service(name: string): Manifest {
  const spec = { selector: labels(name), ports: [{ name: "http", port: 80, targetPort: "http" }] };
  return { apiVersion: "v1", kind: "Service", metadata: { name, labels: labels(name) }, spec };
}

function deployment(name: string, { image, replicas, pullsByCredential }: Omit<AppOptions, "services">): Manifest {
  const container = {
    name: "app",
    image,
    ports: [{ name: "http", containerPort: 8080 }],
    env: [{ name: "HOST", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
    envFrom: [{ configMapRef: { name } }, { configMapRef: { name: `${name}-flags` } }],
    readinessProbe: { tcpSocket: { port: "http" }, periodSeconds: 1 },
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
  };
  const pod = {
    serviceAccountName: name,
    ...(pullsByCredential === true ? { imagePullSecrets: [{ name: pullSecret }] } : {}),
    terminationGracePeriodSeconds: 1,
    containers: [container],
  };
  const template = { metadata: { labels: labels(name) }, spec: pod };
  const spec = { replicas, selector: { matchLabels: labels(name) }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name, labels: labels(name) }, spec };
}

function labels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "shop" };
}
