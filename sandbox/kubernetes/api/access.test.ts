import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect } from "../../../src/kubernetes/client.ts";
import { configMaps, refusal, startTestServer } from "./testing/test-server.ts";
import type { TestServer } from "./testing/test-server.ts";

const rbac = "/apis/rbac.authorization.k8s.io/v1";

describe("access", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
    const rules = [
      { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] },
      { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["*"], resourceNames: ["web"] },
    ];
    await test.create(`${rbac}/namespaces/ns/roles`, { metadata: { name: "reader" }, rules });
    await test.create(`${rbac}/namespaces/ns/rolebindings`, {
      metadata: { name: "readers" },
      roleRef: { kind: "Role", name: "reader" },
      subjects: [
        { kind: "User", name: "ann" },
        { kind: "Group", name: "team" },
        { kind: "ServiceAccount", name: "default", namespace: "ns" },
      ],
    });
  });
  afterAll(() => test.server.close());

  it.each([
    ["ann", [], true],
    ["bob", [], false],
    ["bob", ["team"], true],
    ["system:serviceaccount:ns:default", [], true],
    ["system:serviceaccount:other:default", [], false],
  ])("is bound to users, groups and service accounts: %s %j", async (user, groups, allowed) => {
    const review = { spec: { resourceAttributes: { namespace: "ns", verb: "list", resource: "configmaps" } } };
    const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    const answer = await test.server.inProcess(user, groups).request({ method: "POST", path, body: review });
    expect(answer).toMatchObject({ status: { allowed } });
  });

  it.each([
    ["GET", configMaps, undefined],
    ["GET", "/api/v1/namespaces/default/configmaps", 'in the namespace "default"'],
    ["GET", "/api/v1/configmaps", "at the cluster scope"],
    ["DELETE", `${configMaps}/x`, 'cannot delete resource "configmaps"'],
    ["GET", "/apis/apps/v1/namespaces/ns/deployments/api/scale", 'cannot get resource "deployments/scale"'],
  ] as const)("is what a role grants, and no more: %s %s", async (method, path, message) => {
    const asked = test.server.inProcess("ann", []).request({ method, path });
    if (message === undefined) expect(await asked).toMatchObject({ kind: "ConfigMapList" });
    else expect((await refusal(asked)).message).toContain(message);
  });

  it("ends with a token's time, and with its revocation", async () => {
    const ask = async (token: string): Promise<unknown> => {
      const client = connect({ server: test.server.url, ca: test.server.caPem, token });
      return await client.request({ method: "GET", path: configMaps }).finally(() => client.close());
    };
    const token = test.server.issueToken({ user: "ann" });
    expect(await ask(token)).toMatchObject({ kind: "ConfigMapList" });
    test.server.revokeToken(token);
    expect(await refusal(ask(token))).toMatchObject({ code: 401, reason: "Unauthorized" });
    expect(await refusal(ask("wrong"))).toMatchObject({ code: 401 });
    expect(await refusal(ask(test.server.issueToken({ user: "ann", expiresInSeconds: 0 })))).toMatchObject({
      code: 401,
    });
  });

  it("to health is for everybody, to discovery for everybody with a token", async () => {
    expect(await statusOf(`${test.server.url}/readyz`, test)).toBe(200);
    expect(await statusOf(`${test.server.url}/apis`, test)).toBe(403);
    const list = await test.server.inProcess("bob", []).request({ method: "GET", path: "/apis" });
    expect(list).toMatchObject({ kind: "APIGroupList" });
  });
});

function statusOf(url: string, test: TestServer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { ca: test.server.caPem, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    })
      .once("error", reject)
      .end();
  });
}
