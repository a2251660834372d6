import { describe, expect, it } from "@jest/globals";
import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { checkJson, emptyObject, loadSchema, normalise, unknownFields, type Type } from "./index.ts";
import { canonicalQuantity, quantityProblem } from "./quantity.ts";

function builtIn(group: string, kind: string): Type {
  const type = loadSchema().type(group, "v1", kind);
  if (type === undefined) throw new Error(`No ${kind}`);
  return type;
}

const deployments = builtIn("apps", "Deployment");
const containers = (...items: Json[]): Json => ({ spec: { template: { spec: { containers: items } } } });

describe("checkJson()", () => {
  it.each<[string, Json]>([
    [
      "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
      { spec: { replicas: "3" } },
    ],
    [
      "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
      { spec: { replicas: 1.5 } },
    ],
    [
      "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container",
      { spec: { template: { spec: { containers: {} } } } },
    ],
    [
      "json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string",
      containers({ env: [{ name: "A", value: 1 }] }),
    ],
    [
      "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string",
      { metadata: { labels: { a: true } } },
    ],
    ["json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec", { spec: [] }],
    [
      "json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.template.spec.containers.readinessProbe.httpGet.port of type int32",
      containers({ readinessProbe: { httpGet: { port: true } } }),
    ],
    [
      'parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"',
      { metadata: { creationTimestamp: "soon" } },
    ],
    [
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      containers({ resources: { limits: { memory: "1Gx" } } }),
    ],
  ])("says %s", (message, object) => {
    expect(() => checkJson(deployments, object)).toThrow(
      expect.objectContaining({ code: 400, reason: "BadRequest", message }),
    );
  });

  it("says where a secret is not base64", () => {
    expect(() => checkJson(builtIn("", "Secret"), { data: { a: "YWJj!" } })).toThrow(
      "illegal base64 data at input byte 4",
    );
  });
});

describe("unknownFields()", () => {
  it("names each with its path, list indexes included, and does not mind the keys of maps", () => {
    const object = {
      ...(containers({ name: "a", livenesProbe: {} }) as object),
      metadata: { labels: { any: "x" }, lables: {} },
    };
    expect(unknownFields(deployments, object as Json)).toEqual([
      'unknown field "spec.template.spec.containers[0].livenesProbe"',
      'unknown field "metadata.lables"',
    ]);
  });
});

describe("normalise()", () => {
  const object = (spec: Json): KubernetesObject => ({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec });
  const pod = (spec: Json): unknown => normalise(builtIn("", "Pod"), object(spec)).spec;

  it.each<[string, Json, Json]>([
    ["drops unknown fields and nulls", { foo: 1, hostname: null, containers: [] }, { containers: [] }],
    [
      "drops zero values of optional fields",
      { hostNetwork: false, hostname: "", volumes: [], nodeSelector: {}, containers: [] },
      { containers: [] },
    ],
    [
      "keeps zero values that mean something",
      { priority: 0, enableServiceLinks: false, terminationGracePeriodSeconds: 0, containers: [] },
      { priority: 0, enableServiceLinks: false, terminationGracePeriodSeconds: 0, containers: [] },
    ],
    ["keeps empty structs", { securityContext: {}, containers: [] }, { securityContext: {}, containers: [] }],
    ["writes required fields", { volumes: [{}] }, { volumes: [{ name: "" }], containers: null }],
    [
      "writes nulls in maps as zero values",
      { nodeSelector: { a: null }, containers: [] },
      { nodeSelector: { a: "" }, containers: [] },
    ],
  ])("%s", (_, spec, expected) => {
    expect(pod(spec)).toEqual(expected);
  });

  it("writes times in UTC, whole or with six digits", () => {
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: "l", creationTimestamp: "2026-01-01T02:00:00.5+02:00" },
      spec: { renewTime: "2026-01-01T00:00:00.1Z" },
    };
    expect(normalise(builtIn("coordination.k8s.io", "Lease"), lease)).toMatchObject({
      metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
      spec: { renewTime: "2026-01-01T00:00:00.100000Z" },
    });
  });
});

describe("emptyObject()", () => {
  it("has what the server writes for nothing", () => {
    expect(emptyObject(deployments)).toEqual({
      metadata: {},
      spec: { selector: null, strategy: {}, template: { metadata: {}, spec: { containers: null } } },
      status: {},
    });
  });
});

describe("canonicalQuantity()", () => {
  it.each<[string | number, string]>([
    ["0.5", "500m"],
    [0.5, "500m"],
    ["1000m", "1"],
    ["1500m", "1500m"],
    ["1000", "1k"],
    ["1024", "1024"],
    ["1024Mi", "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["128Mi", "128Mi"],
    ["0.5Ki", "512"],
    ["100Ki", "100Ki"],
    ["1e3", "1e3"],
    ["12e2", "1200"],
    ["1G", "1G"],
    ["+1", "1"],
    ["-500m", "-500m"],
    ["0Mi", "0"],
    ["0.1n", "1n"],
    ["9223372036854775807", "9223372036854775807"],
  ])("writes %s as %s", (given, expected) => {
    expect(canonicalQuantity(given)).toBe(expected);
  });

  it.each(["x", "1.2.3", "1Gx", "--1", "1 Gi", "."])("does not read %j", (text) => {
    expect(quantityProblem(text)).toMatch(/^quantities must match the regular expression/);
  });

  it("does not read a suffix that it does not know", () => {
    expect(quantityProblem("1KK")).toBe("unable to parse quantity's suffix");
  });
});
