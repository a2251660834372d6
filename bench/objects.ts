import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";

/** The pull secret is made by the deploy, and counts as one of the Secrets. */
export const pullSecret = "registry";
const services = 50;

/**
 * Writes the manifests of 299 objects into a folder, a file for each of 50 services: two ConfigMaps, a Secret, a ServiceAccount, a
 * Service and a Deployment of one pod. The 300th is the pull secret.
 */
export async function writeManifests(folder: string, image: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < services; index++) {
    const name = `service-${String(index).padStart(2, "0")}`;
    const secrets = index === 0 ? [] : [secret(name)];
    const objects = [
      configMap(name),
      configMap(`${name}-flags`),
      ...secrets,
      serviceAccount(name),
      service(name),
      deployment(name, image),
    ];
    await writeFile(join(folder, `${name}.yaml`), objects.map((object) => stringify(object)).join("---\n"));
  }
}

function configMap(name: string): object {
  const data = { LOG_LEVEL: "info", BANNER: `Welcome to ${name}`, "settings.json": `{"cache": {"seconds": 30}}\n` };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels: labels(name) }, data };
}

function secret(name: string): object {
  const stringData = { PASSWORD: `the password of ${name}` };
  return { apiVersion: "v1", kind: "Secret", metadata: { name, labels: labels(name) }, stringData };
}

function serviceAccount(name: string): object {
  const metadata = { name, labels: labels(name) };
  return { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false };
}

function service(name: string): object {
  const spec = { selector: labels(name), ports: [{ name: "http", port: 80, targetPort: "http" }] };
  return { apiVersion: "v1", kind: "Service", metadata: { name, labels: labels(name) }, spec };
}

function deployment(name: string, image: string): object {
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
    imagePullSecrets: [{ name: pullSecret }],
    terminationGracePeriodSeconds: 1,
    containers: [container],
  };
  const template = { metadata: { labels: labels(name) }, spec: pod };
  const spec = { replicas: 1, selector: { matchLabels: labels(name) }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name, labels: labels(name) }, spec };
}

function labels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "shop" };
}
