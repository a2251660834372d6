import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { KubernetesApi } from "../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { startInformer } from "../../src/kubernetes/watch.ts";
import { ApiError } from "../../src/kubernetes/api-error.ts";

interface Pod extends KubernetesObject {
  spec: { nodeName?: string; restartPolicy?: string; containers: { name: string; image: string }[] };
  status?: { conditions?: { type: string }[]; podIP?: string; phase?: string };
}

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node1" },
  spec: {},
};

function nodeStatus(logPort: number): object {
  return {
    allocatable: { cpu: "64", memory: "64Gi", pods: "500" },
    conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }],
    addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
    daemonEndpoints: { kubeletEndpoint: { Port: logPort } },
  };
}

/**
 * A node that starts no process: a pod is ready as soon as it is bound to it, one of a Job has succeeded, and an image that is tagged
 * `missing` cannot be pulled. Deleted pods are gone at once.
 */
export async function startNode(api: KubernetesApi, signal: AbortSignal): Promise<void> {
  await unless(409, api.request({ method: "POST", path: "/api/v1/nodes", body: node }));
  const body = { ...node, status: nodeStatus(await serveLogs(signal)) };
  await api.request({ method: "PUT", path: "/api/v1/nodes/node1/status", body });
  const ended = new Set<string | undefined>();
  let work = Promise.resolve();
  await startInformer<Pod>({
    api,
    path: "/api/v1/pods",
    signal,
    onEvent: ({ type, object: pod }) => {
      if (type === "DELETED" || pod.spec.nodeName !== "node1") return;
      const { uid, deletionTimestamp } = pod.metadata;
      if (deletionTimestamp === undefined && pod.status?.podIP !== undefined) return;
      if (deletionTimestamp !== undefined && ended.has(uid)) return;
      if (deletionTimestamp !== undefined) ended.add(uid);
      work = work.then(() => serve(api, pod)).catch(() => undefined);
    },
  });
}

async function serve(api: KubernetesApi, pod: Pod): Promise<void> {
  const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/pods/${pod.metadata.name}`;
  if (pod.metadata.deletionTimestamp !== undefined) {
    await unless(404, api.request({ method: "DELETE", path, body: { gracePeriodSeconds: 0 } }));
    return;
  }
  const live = await api.request<Pod>({ method: "GET", path });
  await api.request({ method: "PUT", path: `${path}/status`, body: { ...live, status: statusOf(live) } });
}

function statusOf(pod: Pod): object {
  const isMissing = pod.spec.containers.some(({ image }) => image.endsWith(":missing"));
  const isJob = pod.spec.restartPolicy !== "Always" && pod.spec.restartPolicy !== undefined;
  const isReady = !isMissing && !isJob;
  const scheduled = (pod.status?.conditions ?? []).filter(({ type }) => type === "PodScheduled");
  const state = isMissing
    ? { waiting: { reason: "ErrImagePull", message: "manifest unknown: not found" } }
    : isJob
      ? { terminated: { exitCode: 0, reason: "Completed", startedAt: now(), finishedAt: now() } }
      : { running: { startedAt: now() } };
  return {
    phase: isMissing ? "Pending" : isJob ? "Succeeded" : "Running",
    podIP: "127.1.0.1",
    podIPs: [{ ip: "127.1.0.1" }],
    conditions: [
      ...scheduled,
      { type: "Ready", status: isReady ? "True" : "False", lastTransitionTime: now() },
      { type: "ContainersReady", status: isReady ? "True" : "False", lastTransitionTime: now() },
    ],
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: isMissing ? "" : image,
      ready: isReady,
      started: isReady,
      restartCount: 0,
      state,
    })),
  };
}

/** Each hook has a line to say; of what never ran, a kubelet answers 400. Gives the port. */
async function serveLogs(signal: AbortSignal): Promise<number> {
  const server = createServer(({ url = "" }, response) => {
    if (/\/(migrate|announce)-/.test(url)) response.end("done\n");
    else response.writeHead(400).end("nothing has run here");
  });
  signal.addEventListener("abort", () => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/** Done already is done too. */
async function unless(status: number, request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== status) throw error;
  }
}
