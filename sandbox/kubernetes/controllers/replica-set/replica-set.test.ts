import { afterEach, describe, expect, it } from "@jest/globals";
import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { ReplicaSet } from "../kinds.ts";
import { at } from "../testing/manifests.ts";
import { startTestCluster } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";

const path = `${at.replicaSets}/app`;
const labels = { app: "app" };
let cluster: TestCluster;
afterEach(() => cluster.stop());

/** An API whose watch of pods tells of everything a while after it has happened. */
function late(api: KubernetesApi): KubernetesApi {
  return {
    request: (request) => api.request(request),
    async *stream(request) {
      for await (const chunk of api.stream(request)) {
        if (request.path === "/api/v1/pods") await new Promise((resolve) => setTimeout(resolve, 20));
        yield chunk;
      }
    },
  };
}

function count(verb: "POST" | "DELETE", requests: readonly string[]): number {
  return requests.filter((request) => request.startsWith(`${verb} ${at.pods}`)).length;
}

describe("the ReplicaSet controller", () => {
  it("creates and deletes no pod too many, however late it learns what it has done", async () => {
    const requests: string[] = [];
    const noting = (api: KubernetesApi): KubernetesApi => ({
      stream: (request) => api.stream(request),
      request: (request) => {
        requests.push(`${request.method} ${request.path}`);
        return api.request(request);
      },
    });
    cluster = await startTestCluster({ fate: () => "ready", between: (api) => late(noting(api)) });
    const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "web:1" }] } };
    const spec = { replicas: 5, selector: { matchLabels: labels }, template };
    await cluster.create<KubernetesObject>(at.replicaSets, { metadata: { name: "app" }, spec });
    await cluster.until<ReplicaSet>(path, (found) => found?.status?.readyReplicas === 5);
    await cluster.patch(path, { spec: { replicas: 2 } });
    await cluster.until<ReplicaSet>(path, (found) => found?.status?.replicas === 2);
    expect(
      count(
        "POST",
        requests.filter((request) => !request.endsWith("/binding")),
      ),
    ).toBe(5);
    expect(count("DELETE", requests)).toBe(3);
    expect(await cluster.list(at.pods)).toHaveLength(2);
  });
});
