import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { kind, object, released } from "../../../test/build/objects.ts";
import { startTestServer } from "../../../sandbox/kubernetes/api/testing/test-server.ts";
import type { TestServer } from "../../../sandbox/kubernetes/api/testing/test-server.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { ApiRequest, KubernetesApi } from "../../kubernetes/api.ts";
import { isForbidden, missingPermissions, neededPermissions, permissionProblems } from "./permissions.ts";

const user = "system:serviceaccount:ns:ci";
let test: TestServer;
let requests: ApiRequest[];
let api: KubernetesApi;
beforeEach(async () => {
  test = await startTestServer();
  requests = [];
  const as = test.server.inProcess(user, ["system:authenticated"]);
  api = {
    request: (request) => {
      requests.push(request);
      return as.request(request);
    },
    stream: (request) => as.stream(request),
  };
});
afterEach(() => test.server.close());

const rbac = "/apis/rbac.authorization.k8s.io/v1";
const signal = new AbortController().signal;

async function grant(manifest: string): Promise<void> {
  for (const document of parseAllDocuments(manifest)) {
    const each = document.toJS() as { kind: string; metadata: { namespace?: string } };
    const scope = each.metadata.namespace === undefined ? "" : `/namespaces/${each.metadata.namespace}`;
    await test.create(`${rbac}${scope}/${each.kind.toLowerCase()}s`, each);
  }
}

const allow = (name: string, rules: string): Promise<void> =>
  grant(`{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: ${name}, namespace: ns }, rules: ${rules} }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: ${name}, namespace: ns }, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name} }, subjects: [{ kind: ServiceAccount, name: ci, namespace: ns }] }`);

async function forbidden(path: string): Promise<ApiError> {
  const error = await api.request({ method: "GET", path }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isForbidden(error)) throw new Error(`not forbidden: ${String(error)}`);
  requests.length = 0;
  return error;
}

const inNs = (name: string, of: string): ReturnType<typeof released> => {
  const each = object(of, name);
  return released({ ...each, metadata: { name, namespace: "ns" } }, { file: "app.yaml", line: 7 });
};
const namespaceObject = {
  ...released(object("Namespace", "ns")),
  kind: kind("Namespace", "namespaces", { namespaced: false }),
};

describe("missingPermissions()", () => {
  it("finds all that is missing by a request for each namespace, at an object of each kind", async () => {
    await allow("some", `[{ apiGroups: [""], resources: [configmaps], verbs: [get, list, watch, patch] }]`);
    const error = await forbidden("/apis/apps/v1/namespaces/ns/deployments");
    const objects = [inNs("a", "ConfigMap"), inNs("b", "ConfigMap"), inNs("d", "Deployment")];
    const needs = neededPermissions({ objects, prune: true, namespace: "ns" });
    const missing = await missingPermissions({ api, signal }, needs, [error]);
    expect(requests).toHaveLength(1);
    expect(permissionProblems(missing, "shop").problems).toEqual([
      {
        message: `ConfigMap/a: ${user} may not create, delete configmaps in the namespace ns`,
        hint: 'Add this rule to a Role in ns of that user: { apiGroups: [""], resources: ["configmaps"], verbs: ["create", "delete"] }',
        file: "app.yaml",
        line: 7,
      },
      expect.objectContaining({
        message: `Deployment/d: ${user} may not get, list, watch, create, patch, delete deployments.apps in the namespace ns`,
      }),
      expect.objectContaining({
        message: `${user} may not get, list, create, patch, delete secrets in the namespace ns`,
      }),
      expect.objectContaining({ message: expect.stringContaining("leases.coordination.k8s.io") }),
    ]);
  });

  it("gives a manifest that grants just that, be it of a namespace or of the cluster", async () => {
    const error = await forbidden("/apis/apps/v1/namespaces/ns/deployments");
    const needs = neededPermissions({
      objects: [namespaceObject, inNs("d", "Deployment")],
      prune: false,
      namespace: "ns",
    });
    const { manifest } = permissionProblems(await missingPermissions({ api, signal }, needs, [error]), "shop");
    expect(parse(manifest.split("---")[0] ?? "")).toMatchObject({
      kind: "ClusterRole",
      metadata: { name: "slipway-shop" },
      rules: [{ apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list", "watch", "create", "patch"] }],
    });
    await grant(manifest);
    expect((await missingPermissions({ api, signal }, needs, [])).needs).toEqual([]);
    await api.request({ method: "GET", path: "/apis/apps/v1/namespaces/ns/deployments" });
  });

  it("tells what was refused where the server does not say more", async () => {
    const error = await forbidden("/apis/apps/v1/namespaces/ns/deployments");
    const silent: KubernetesApi = {
      request: () => Promise.reject(new ApiError(404, undefined)),
      stream: (request) => api.stream(request),
    };
    const needs = neededPermissions({ objects: [inNs("d", "Deployment")], prune: true });
    const missing = await missingPermissions({ api: silent, signal }, needs, [error]);
    expect(missing.user).toBe(user);
    expect(missing.needs.map(({ resource, verbs }) => [resource, verbs])).toEqual([["deployments", ["list"]]]);
  });
});
