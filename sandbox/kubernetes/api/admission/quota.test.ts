import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pod, pods, refusal, startTestServer } from "../testing/test-server.ts";
import type { TestServer } from "../testing/test-server.ts";

const quotas = "/api/v1/namespaces/ns/resourcequotas";
const services = "/api/v1/namespaces/ns/services";

function container(requests: object, limits: object = {}): object {
  return { containers: [{ name: "main", image: "app:1", resources: { requests, limits } }] };
}

describe("a ResourceQuota", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
    const hard = {
      "requests.cpu": "1",
      "limits.memory": "64Mi",
      pods: "3",
      "count/pods": "3",
      "services.nodeports": "1",
    };
    await test.create(quotas, { metadata: { name: "q" }, spec: { hard } });
  });
  afterAll(() => test.server.close());

  const used = async (): Promise<unknown> => {
    // Counted in the turn after the write.
    await new Promise(setImmediate);
    return (await test.get<{ status: { used: unknown } }>(`${quotas}/q`)).status.used;
  };

  it("refuses a pod whose container does not say how much it takes of what is limited", async () => {
    expect((await refusal(test.create(pods, pod("silent")))).message).toBe(
      'pods "silent" is forbidden: failed quota: q: must specify limits.memory for: main; requests.cpu for: main',
    );
  });

  it("counts what is used, and refuses what is too much of anything", async () => {
    await test.create(pods, pod("first", container({ cpu: "0.6" }, { memory: "0.03125Gi" })));
    expect(await used()).toEqual({
      "requests.cpu": "600m",
      "limits.memory": "32Mi",
      pods: "1",
      "count/pods": "1",
      "services.nodeports": "0",
    });
    const second = pod("second", container({ cpu: "500m" }, { memory: "33Mi" }));
    expect(await refusal(test.create(pods, second))).toMatchObject({
      code: 403,
      reason: "Forbidden",
      message:
        'pods "second" is forbidden: exceeded quota: q, requested: limits.memory=33Mi,requests.cpu=500m, used: limits.memory=32Mi,requests.cpu=600m, limited: limits.memory=64Mi,requests.cpu=1',
    });
  });

  it("has room again for what ended pods took, but not for the pods themselves until they are gone", async () => {
    await test.replace(`${pods}/first/status`, { metadata: { name: "first" }, status: { phase: "Succeeded" } });
    expect(await used()).toMatchObject({ "requests.cpu": "0", pods: "0", "count/pods": "1" });
    await test.remove(`${pods}/first`, { gracePeriodSeconds: 0 });
    expect(await used()).toMatchObject({ "count/pods": "0" });
  });

  it("counts the ports of Services on nodes", async () => {
    const ports = [
      { port: 80, name: "a" },
      { port: 81, name: "b" },
    ];
    const service = { metadata: { name: "web" }, spec: { type: "NodePort", ports } };
    expect((await refusal(test.create(services, service))).message).toMatch(/requested: services.nodeports=2/);
  });
});
