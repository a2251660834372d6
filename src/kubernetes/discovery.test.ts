import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { ApiError } from "./api-error.ts";
import type { ApiRequest, KubernetesApi } from "./api.ts";
import { collectionPath, discover, objectPath } from "./discovery.ts";
import type { Discovery } from "./discovery.ts";

/** What a real 1.34 server answered to aggregated discovery. */
const recorded = new URL("../../sandbox/kubernetes/data/discovery.json.gz", import.meta.url);

/** A server that knows these documents and no other; `asked` is what it was asked for. */
function serverOf(documents: Readonly<Record<string, unknown>>): KubernetesApi & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    request: <T>(request: ApiRequest) => {
      asked.push(request.path);
      const document = documents[request.path];
      return document === undefined ? Promise.reject(new ApiError(503, undefined)) : Promise.resolve(document as T);
    },
    stream: () => {
      throw new Error("discovery does not stream");
    },
  };
}

async function discoverRecorded(): Promise<Discovery> {
  return discover(serverOf(JSON.parse(gunzipSync(await readFile(recorded)).toString()) as Record<string, unknown>));
}

const oldServer = {
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": {
    kind: "APIGroupList",
    groups: [
      { name: "apps", versions: [{ groupVersion: "apps/v1" }] },
      { name: "metrics.k8s.io", versions: [{ groupVersion: "metrics.k8s.io/v1beta1" }] },
    ],
  },
  "/api/v1": {
    kind: "APIResourceList",
    groupVersion: "v1",
    resources: [
      { name: "pods", kind: "Pod", namespaced: true, verbs: ["get", "list"] },
      { name: "pods/log", kind: "Pod", namespaced: true, verbs: ["get"] },
      { name: "nodes", kind: "Node", namespaced: false, verbs: ["get"] },
    ],
  },
  "/apis/apps/v1": {
    kind: "APIResourceList",
    groupVersion: "apps/v1",
    resources: [{ name: "deployments", kind: "Deployment", namespaced: true, verbs: ["patch"] }],
  },
};

describe("discover()", () => {
  it("reads aggregated discovery in two requests", async () => {
    const server = serverOf(JSON.parse(gunzipSync(await readFile(recorded)).toString()) as Record<string, unknown>);
    const found = await discover(server);
    expect(server.asked).toEqual(["/api", "/apis"]);
    expect(found.find("apps/v1", "Deployment")).toMatchObject({
      group: "apps",
      version: "v1",
      plural: "deployments",
      namespaced: true,
      subresources: ["scale", "status"],
    });
    expect(found.find("v1", "Namespace")).toMatchObject({ group: "", namespaced: false });
    expect(found.unavailable).toEqual([]);
  });

  it("falls back to one request for each group version, and goes on without one whose server is away", async () => {
    const found = await discover(serverOf(oldServer));
    expect(found.find("v1", "Pod")).toMatchObject({ plural: "pods", namespaced: true, subresources: ["log"] });
    expect(found.find("apps/v1", "Deployment")).toMatchObject({ group: "apps", version: "v1", verbs: ["patch"] });
    expect(found.find("v1", "Node")).toMatchObject({ namespaced: false });
    expect(found.unavailable).toEqual(["metrics.k8s.io/v1beta1"]);
  });

  it.each([["<html>Log in</html>"], [""], [null], [[]], [{}], [{ kind: 1 }]])(
    "takes %j for no answer of Kubernetes",
    async (answer) => {
      await expect(discover(serverOf({ "/api": answer, "/apis": answer }))).rejects.toMatchObject({
        code: "refused",
        message: expect.stringMatching(/^Cannot ask .* does not answer as Kubernetes does: got ./),
      });
    },
  );

  it("knows a group whose server is away from aggregated discovery, too", async () => {
    const versions = [{ version: "v1beta1", freshness: "Stale" }];
    const items = [{ metadata: { name: "metrics.k8s.io" }, versions }];
    const aggregated = { kind: "APIGroupDiscoveryList", items };
    const found = await discover(serverOf({ "/api": { kind: "APIGroupDiscoveryList" }, "/apis": aggregated }));
    expect(found.unavailable).toEqual(["metrics.k8s.io/v1beta1"]);
  });
});

describe("nearest()", () => {
  it.each([
    ["extensions/v1beta1", "Deployment", "Deployment in apps/v1"],
    ["extensions/v1beta1", "Ingress", "Ingress in networking.k8s.io/v1"],
    ["policy/v1beta1", "PodDisruptionBudget", "PodDisruptionBudget in policy/v1"],
    ["v1", "Deployment", "Deployment in apps/v1"],
    ["apps/v1", "Deploymnet", "Deployment in apps/v1"],
    ["apps/v1", "deployment", "Deployment in apps/v1"],
    ["v1", "configmaps", "ConfigMap in v1"],
    ["apps/v11", "DaemonSet", "DaemonSet in apps/v1"],
    ["example.com/v1", "Frobnicator", undefined],
  ])("for %s %s is %s", async (apiVersion, kind, expected) => {
    const found = await discoverRecorded();
    expect(found.find(apiVersion, kind)).toBeUndefined();
    expect(found.nearest(apiVersion, kind)).toBe(expected);
  });
});

describe("paths", () => {
  it("follow scope and group, and encode names without changing their case", async () => {
    const found = await discoverRecorded();
    const paths = ["apps/v1 Deployment", "v1 Namespace", "rbac.authorization.k8s.io/v1 ClusterRole"].map((text) => {
      const [apiVersion = "", kind = ""] = text.split(" ");
      const known = found.find(apiVersion, kind);
      return known && [collectionPath(known), collectionPath(known, "shop"), objectPath(known, "shop", "My:Role/x")];
    });
    expect(paths).toEqual([
      [
        "/apis/apps/v1/deployments",
        "/apis/apps/v1/namespaces/shop/deployments",
        "/apis/apps/v1/namespaces/shop/deployments/My%3ARole%2Fx",
      ],
      ["/api/v1/namespaces", "/api/v1/namespaces", "/api/v1/namespaces/My%3ARole%2Fx"],
      [
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/My%3ARole%2Fx",
      ],
    ]);
  });

  it("take a subresource, and no name that would lead elsewhere", async () => {
    const pod = (await discoverRecorded()).find("v1", "Pod");
    if (pod === undefined) throw new Error("the recording has no pods");
    expect(objectPath(pod, "shop", "a", "log")).toBe("/api/v1/namespaces/shop/pods/a/log");
    for (const name of ["", ".", ".."]) expect(() => objectPath(pod, "shop", name)).toThrow(RangeError);
  });
});
