import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configMaps, pod, pods, refusal, startTestServer } from "../testing/test-server.ts";
import type { TestServer } from "../testing/test-server.ts";

const deployments = "/apis/apps/v1/namespaces/ns/deployments";
const jobs = "/apis/batch/v1/namespaces/ns/jobs";
const autoscalers = "/apis/autoscaling/v2/namespaces/ns/horizontalpodautoscalers";

function deployment(container: object, spec: object = {}): object {
  const template = {
    metadata: { labels: { app: "a" } },
    spec: { containers: [{ name: "c", image: "i:1", ...container }], ...spec },
  };
  return { metadata: { name: "d" }, spec: { selector: { matchLabels: { app: "a" } }, template } };
}

const probe = { httpGet: { port: 80 } };

describe("validation", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(() => test.server.close());

  it.each([
    [
      { name: "Web" },
      {},
      'spec.template.spec.containers[0].name: Invalid value: "Web": a lowercase RFC 1123 label must consist',
    ],
    [
      { imagePullPolicy: "Sometimes" },
      {},
      'imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [{ ports: [{ containerPort: 0 }] }, {}, "ports[0].containerPort: Required value"],
    [
      { ports: [{ containerPort: 99_999 }] },
      {},
      "ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive",
    ],
    [
      { resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } },
      {},
      'resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
    [{ readinessProbe: {} }, {}, "readinessProbe: Required value: must specify a handler type"],
    [
      { livenessProbe: { ...probe, successThreshold: 2 } },
      {},
      "livenessProbe.successThreshold: Invalid value: 2: must be 1",
    ],
    [{ volumeMounts: [{ name: "v" }] }, { volumes: [{ name: "v" }] }, "volumeMounts[0].mountPath: Required value"],
    [{}, { volumes: [{ name: "v" }, { name: "v" }] }, 'spec.template.spec.volumes[1].name: Duplicate value: "v"'],
    [
      {},
      { restartPolicy: "Never" },
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
  ])("refuses a Deployment with %j and %j", async (container, spec, message) => {
    expect((await refusal(test.create(deployments, deployment(container, spec)))).message).toContain(message);
  });

  it("names every problem of an object at once", async () => {
    const { details } = await refusal(
      test.create(deployments, deployment({ image: "", ports: [{ containerPort: 0 }] })),
    );
    expect(details?.causes?.map(({ field }) => field)).toEqual([
      "spec.template.spec.containers[0].image",
      "spec.template.spec.containers[0].ports[0].containerPort",
    ]);
  });

  it.each([
    [
      pods,
      pod("p", { serviceAccountName: "none" }),
      403,
      'pods "p" is forbidden: error looking up service account ns/none: serviceaccount "none" not found',
    ],
    [
      jobs,
      { metadata: { name: "j" }, spec: { template: { spec: { containers: [{ name: "c", image: "i" }] } } } },
      422,
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    [
      autoscalers,
      {
        metadata: { name: "h" },
        spec: { scaleTargetRef: { kind: "Deployment", name: "d" }, minReplicas: 3, maxReplicas: 2 },
      },
      422,
      "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`",
    ],
    [
      configMaps,
      { metadata: { name: "c", labels: { "bad key!": "v" } } },
      422,
      'metadata.labels: Invalid value: "bad key!": name part must consist',
    ],
    [
      configMaps,
      { metadata: { name: "c" }, data: { "a/b": "" } },
      422,
      'data[a/b]: Invalid value: "a/b": a valid config key',
    ],
    [configMaps, { metadata: {} }, 422, "metadata.name: Required value: name or generateName is required"],
    [
      configMaps,
      { kind: "Secret", metadata: { name: "c" } },
      400,
      'Secret in version "v1" cannot be handled as a ConfigMap',
    ],
    [
      configMaps,
      { apiVersion: "v2", metadata: { name: "c" } },
      400,
      "the API version in the data (v2) does not match the expected API version (v1)",
    ],
    [
      "/api/v1/configmaps",
      { metadata: { name: "c" } },
      405,
      "the server does not allow this method on the requested resource",
    ],
    [
      "/api/v1/namespaces/ns/nodes",
      { metadata: { name: "n" } },
      404,
      "the server could not find the requested resource",
    ],
  ])("answers a POST to %s of %j with %i", async (path, body, code, message) => {
    const status = await refusal(test.create(path, body));
    expect(status.code).toBe(code);
    expect(status.message).toContain(message);
  });

  it("lets a pod's spec change in few places only", async () => {
    await test.create(pods, pod("fixed"));
    const body = { spec: { containers: [{ name: "main", image: "app:2" }] } };
    const contentType = "application/strategic-merge-patch+json";
    await test.api.request({ method: "PATCH", path: `${pods}/fixed`, body, contentType });
    const { message } = await refusal(test.merge(`${pods}/fixed`, { spec: { nodeName: "another" } }));
    expect(message).toContain(
      "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`",
    );
  });
});
