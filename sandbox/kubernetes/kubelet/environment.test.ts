import { describe, expect, it } from "@jest/globals";
import { environment, serviceVariables } from "./environment.ts";
import type { ConfigMap, References, Secret } from "./environment.ts";
import type { Container } from "./pod.ts";
import { podOf } from "./testing/objects.ts";

const settings: ConfigMap = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "c" },
  data: { a: "1", "b=": "2" },
};
const passwords: Secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { p: "c2VjcmV0" } };
const references: References = {
  configMap: async (name) => Promise.resolve(name === "c" ? settings : undefined),
  secret: async (name) => Promise.resolve(name === "s" ? passwords : undefined),
  claim: async () => Promise.resolve(undefined),
};

async function variablesOf(
  container: Partial<Container>,
  onSkipped: (source: string, keys: readonly string[]) => void = () => undefined,
) {
  const full = { name: "main", image: "web", ...container };
  return environment({
    pod: podOf({ containers: [full], serviceAccountName: "robot" }),
    container: full,
    facts: { podAddress: "127.9.1.1", hostAddress: "127.0.0.1", allocatable: { cpu: "4", memory: "8Gi" } },
    references,
    services: new Map([["WEB_SERVICE_HOST", "127.9.128.1"]]),
    onSkipped,
  });
}

describe("environment()", () => {
  it("takes whole ConfigMaps and Secrets, with a prefix, and lets declared variables win and refer to them", async () => {
    const variables = await variablesOf({
      envFrom: [{ prefix: "X_", configMapRef: { name: "c" } }, { secretRef: { name: "s" } }],
      env: [
        { name: "p", value: "over" },
        { name: "all", value: "$(X_a)-$(p)-$(WEB_SERVICE_HOST)" },
        { name: "WEB_SERVICE_HOST", value: "mine" },
      ],
    });
    expect(Object.fromEntries(variables)).toEqual({
      X_a: "1",
      p: "over",
      all: "1-over-127.9.128.1",
      WEB_SERVICE_HOST: "mine",
    });
  });

  it("tells of keys that cannot be names of variables", async () => {
    const skipped: unknown[] = [];
    await variablesOf({ envFrom: [{ configMapRef: { name: "c" } }] }, (...seen) => skipped.push(seen));
    expect(skipped).toEqual([["configmap ns/c", ["b="]]]);
  });

  it.each([
    ["metadata.name", "pod"],
    ["metadata.namespace", "ns"],
    ["metadata.labels['app']", "web"],
    ["metadata.annotations['none']", ""],
    ["spec.serviceAccountName", "robot"],
    ["status.podIP", "127.9.1.1"],
    ["status.hostIP", "127.0.0.1"],
  ])("knows the field %s", async (fieldPath, value) => {
    const variables = await variablesOf({ env: [{ name: "V", valueFrom: { fieldRef: { fieldPath } } }] });
    expect(variables.get("V")).toBe(value);
  });

  it.each([
    ["limits.memory", "1Mi", "64"],
    ["limits.cpu", undefined, "4"],
    ["limits.cpu", "1m", "4000"],
    ["requests.cpu", undefined, "1"],
    ["requests.memory", undefined, "0"],
  ])("counts the resource %s in units of %s", async (resource, divisor, value) => {
    const resources = { limits: { memory: "64Mi" }, requests: { cpu: "250m" } };
    const field = { resource, ...(divisor === undefined ? {} : { divisor }) };
    const variables = await variablesOf({ resources, env: [{ name: "V", valueFrom: { resourceFieldRef: field } }] });
    expect(variables.get("V")).toBe(value);
  });

  it.each<[string, Partial<Container>]>([
    ['configmap "none" not found', { envFrom: [{ configMapRef: { name: "none" } }] }],
    ['secret "none" not found', { env: [{ name: "V", valueFrom: { secretKeyRef: { name: "none", key: "k" } } }] }],
    [
      "couldn't find key k in ConfigMap ns/c",
      { env: [{ name: "V", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } }] },
    ],
    [
      "couldn't find key k in Secret ns/s",
      { env: [{ name: "V", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] },
    ],
  ])("says as Kubernetes does: %s", async (message, container) => {
    await expect(variablesOf(container)).rejects.toMatchObject({ reason: "CreateContainerConfigError", message });
  });

  it("goes without what is optional", async () => {
    const variables = await variablesOf({
      envFrom: [{ secretRef: { name: "none", optional: true } }],
      env: [{ name: "V", valueFrom: { configMapKeyRef: { name: "c", key: "none", optional: true } } }],
    });
    expect([...variables.keys()]).toEqual(["WEB_SERVICE_HOST"]);
  });
});

it("serviceVariables() names a service's address and ports as Kubernetes and Docker did", () => {
  const service = (name: string, clusterIP: string) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { clusterIP, ports: [{ name: "http", port: 80 }] },
  });
  expect(Object.fromEntries(serviceVariables([service("my-web", "127.9.128.1"), service("headless", "None")]))).toEqual(
    {
      MY_WEB_SERVICE_HOST: "127.9.128.1",
      MY_WEB_SERVICE_PORT: "80",
      MY_WEB_SERVICE_PORT_HTTP: "80",
      MY_WEB_PORT: "tcp://127.9.128.1:80",
      MY_WEB_PORT_80_TCP: "tcp://127.9.128.1:80",
      MY_WEB_PORT_80_TCP_PROTO: "tcp",
      MY_WEB_PORT_80_TCP_PORT: "80",
      MY_WEB_PORT_80_TCP_ADDR: "127.9.128.1",
    },
  );
});
