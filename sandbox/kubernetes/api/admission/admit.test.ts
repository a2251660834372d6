import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configMaps, refusal, startTestServer } from "../testing/test-server.ts";
import type { TestServer } from "../testing/test-server.ts";

const admission = "/apis/admissionregistration.k8s.io/v1";
const deployments = "/apis/apps/v1/namespaces/ns/deployments";
const inNamespace = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ns" } } };

function deployment(name: string, replicas = 1, image = "web:1"): object {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image }] } };
  return { metadata: { name }, spec: { replicas, selector: { matchLabels: labels }, template } };
}

describe("a ValidatingAdmissionPolicy", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(() => test.server.close());

  /** Does the work while a policy for Deployments is in force. */
  async function under(spec: object, actions: readonly string[], work: () => Promise<void>): Promise<void> {
    const rule = {
      apiGroups: ["apps"],
      apiVersions: ["*"],
      operations: ["CREATE", "UPDATE"],
      resources: ["deployments"],
    };
    const matchConstraints = { resourceRules: [rule], ...inNamespace };
    await test.create(`${admission}/validatingadmissionpolicies`, {
      metadata: { name: "p" },
      spec: { matchConstraints, ...spec },
    });
    const binding = { metadata: { name: "b" }, spec: { policyName: "p", validationActions: actions } };
    await test.create(`${admission}/validatingadmissionpolicybindings`, binding);
    await work();
    await test.remove(`${admission}/validatingadmissionpolicybindings/b`);
    await test.remove(`${admission}/validatingadmissionpolicies/p`);
  }

  const denies = "ValidatingAdmissionPolicy 'p' with binding 'b' denied request";

  it.each([
    {
      rule: "a number",
      validation: { expression: "object.spec.replicas + 1 <= 4", reason: "Forbidden" },
      says: { code: 403, reason: "Forbidden", message: /failed expression: object.spec.replicas \+ 1 <= 4$/ },
    },
    {
      rule: "all containers, with a message of its own",
      validation: {
        expression: "object.spec.template.spec.containers.all(c, c.image.contains('@'))",
        messageExpression: "'pin ' + object.metadata.name",
      },
      says: { code: 422, reason: "Invalid", message: new RegExp(`${denies}: pin bad$`) },
    },
    {
      rule: "something that is not there",
      validation: { expression: "object.spec.nothing == 1" },
      says: {
        message: /denied request: expression 'object.spec.nothing == 1' resulted in error: no such key: nothing$/,
      },
    },
    {
      rule: "a variable and the request",
      validation: { expression: "variables.few || request.operation == 'DELETE'", message: "too many" },
      says: { message: 'deployments.apps "bad" is forbidden: ' + denies + ": too many" },
    },
  ])("denies by $rule", async ({ validation, says }) => {
    const spec = { validations: [validation], variables: [{ name: "few", expression: "object.spec.replicas < 4" }] };
    await under(spec, ["Deny"], async () => {
      const { message = "", ...status } = await refusal(test.create(deployments, deployment("bad", 4)));
      const { message: wanted, ...rest } = says;
      expect(status).toMatchObject(rest);
      expect(message).toMatch(wanted);
    });
  });

  it("lets pass what is right, what it is not for, and what a condition leaves out", async () => {
    const spec = {
      validations: [{ expression: "object.spec.replicas < 3" }],
      matchConditions: [{ name: "not-exempt", expression: "!object.metadata.name.startsWith('exempt')" }],
    };
    await under(spec, ["Deny"], async () => {
      await test.create(deployments, deployment("good", 2));
      await test.create(deployments, deployment("exempt", 5));
      await test.create(configMaps, { metadata: { name: "other" } });
      expect(await refusal(test.merge(`${deployments}/good`, { spec: { replicas: 3 } }))).toMatchObject({ code: 422 });
    });
  });

  it("is passed over where it may fail and cannot be evaluated", async () => {
    const spec = { failurePolicy: "Ignore", validations: [{ expression: "object.spec.nothing == 1" }] };
    await under(spec, ["Deny"], async () => {
      await test.create(deployments, deployment("ignored"));
    });
  });
});

describe("a ValidatingWebhookConfiguration", () => {
  let test: TestServer;
  const configuration = (name: string, resource: string, more: object): object => ({
    metadata: { name },
    webhooks: [
      {
        name: "w.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: [resource] }],
        ...more,
      },
    ],
  });

  beforeAll(async () => {
    test = await startTestServer();
    const gone = { clientConfig: { service: { name: "gone", namespace: "ns", path: "/x" } } };
    const open = { clientConfig: { url: "https://127.0.0.1:1/review" }, failurePolicy: "Ignore" };
    for (const each of [configuration("s", "secrets", gone), configuration("c", "configmaps", open)])
      await test.create(`${admission}/validatingwebhookconfigurations`, each);
  });
  afterAll(() => test.server.close());

  it("is passed over where it may fail", async () => {
    await test.create(configMaps, { metadata: { name: "a" } });
  });

  it("stops writes while its Service is not there", async () => {
    const secret = test.create("/api/v1/namespaces/ns/secrets", { metadata: { name: "s" } });
    expect(await refusal(secret)).toMatchObject({
      code: 500,
      message:
        'Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: Post "https://gone.ns.svc:443/x?timeout=10s": service "gone" not found',
    });
  });
});
