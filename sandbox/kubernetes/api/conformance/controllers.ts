import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Exchange } from "./recording.ts";

type Connect = (user: string) => KubernetesApi;
type Step = (connect: Connect, exchanges: readonly Exchange[]) => Promise<void>;

const deployment = "/apis/apps/v1/namespaces/wire/deployments/d";

/**
 * What the controllers of the recorded cluster wrote before a request was made, read off the answers that follow. The server under test
 * has none, so that a replay is the same every time.
 */
export const controllers: Readonly<Record<string, Step>> = {
  "create configmap": async (connect, exchanges) => {
    const { items } = bodyOf(exchanges, "list with limit") as { items: KubernetesObject[] };
    const rootCa = items[1];
    const api = connect("system:kube-controller-manager");
    const body = { ...rootCa, metadata: { name: "kube-root-ca.crt", annotations: rootCa?.metadata.annotations } };
    await api.request({ method: "POST", path: "/api/v1/namespaces/wire/configmaps", body });
    await api.request({
      method: "POST",
      path: "/api/v1/namespaces/wire/serviceaccounts",
      body: { metadata: { name: "default" } },
    });
  },
  "strategic patch of a container": (connect, exchanges) =>
    rollOut(connect, exchanges, "strategic patch of a container"),
  "patch status by status path": (connect, exchanges) => rollOut(connect, exchanges, "patch status by status path"),
  "list configmaps": (connect, exchanges) => rollOut(connect, exchanges, "delete in the foreground"),
  "pods as table": async (connect) => {
    const path = "/api/v1/namespaces/wire/pods/pod/status";
    const condition = {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message: "0/0 nodes",
      observedGeneration: 1,
    };
    const body = {
      status: { conditions: [{ ...condition, lastProbeTime: null, lastTransitionTime: new Date().toISOString() }] },
    };
    await patch(connect("system:kube-scheduler"), path, body);
  },
};

/** The Deployment controller, bringing the status to what the answer of exchange `name` shows. */
async function rollOut(connect: Connect, exchanges: readonly Exchange[], name: string): Promise<void> {
  const shown = bodyOf(exchanges, name) as KubernetesObject & { status: Record<string, unknown> };
  const time = new Date().toISOString().replace(/\.\d+/, "");
  const dated = JSON.parse(JSON.stringify(shown.status).replaceAll("<time>", time)) as Record<string, unknown>;
  const api = connect("system:kube-controller-manager");
  const live = await api.request<KubernetesObject>({ method: "GET", path: deployment });
  const status = name === "patch status by status path" ? { ...dated, observedGeneration: 5 } : dated;
  const metadata = { ...live.metadata, annotations: { "deployment.kubernetes.io/revision": revisionOf(shown) } };
  await api.request({ method: "PUT", path: `${deployment}/status`, body: { ...live, metadata, status } });
}

function revisionOf(object: KubernetesObject): string {
  return object.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? "";
}

function bodyOf(exchanges: readonly Exchange[], name: string): unknown {
  return exchanges.find((exchange) => exchange.name === name)?.response.body;
}

async function patch(api: KubernetesApi, path: string, body: unknown): Promise<void> {
  await api.request({ method: "PATCH", path, body, contentType: "application/merge-patch+json" });
}
