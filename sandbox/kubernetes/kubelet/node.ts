import { arch, release } from "node:os";
import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { Quantities } from "./pod.ts";
import { timestamp } from "../timestamp.ts";

export interface NodeOptions {
  readonly api: KubernetesApi;
  readonly nodeName: string;
  readonly address: string;
  readonly capacity: Quantities;
  readonly podRange: string;
  /** Where the kubelet's own server listens. */
  readonly port: number;
  readonly signal: AbortSignal;
  readonly onProblem: (error: unknown) => void;
}

const version = "v1.34.4";
const leaseSeconds = 40;
const renewMs = 10_000;
/** A status that has not changed is written this often all the same. */
const statusMs = 300_000;

/** Registers the node, and tells the cluster from time to time that it is alive, until the signal aborts. */
export async function startNode(o: NodeOptions): Promise<void> {
  const startedAt = timestamp(Date.now());
  await register(o);
  await writeStatus(o, startedAt);
  await renewLease(o);
  const every = (ms: number, work: () => Promise<void>): void => {
    const timer = setInterval(() => void work().catch(o.onProblem), ms);
    timer.unref();
    o.signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  };
  every(renewMs, () => renewLease(o));
  every(statusMs, () => writeStatus(o, startedAt));
}

async function register(o: NodeOptions): Promise<void> {
  const { nodeName: name } = o;
  const labels = {
    "beta.kubernetes.io/arch": goArch(),
    "beta.kubernetes.io/os": "linux",
    "kubernetes.io/arch": goArch(),
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
  };
  const body = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels },
    spec: { podCIDR: o.podRange, podCIDRs: [o.podRange] },
  };
  await unlessStatus(409, o.api.request({ method: "POST", path: "/api/v1/nodes", body, signal: o.signal }));
}

async function writeStatus(o: NodeOptions, startedAt: string): Promise<void> {
  const path = `/api/v1/nodes/${o.nodeName}/status`;
  const contentType = "application/strategic-merge-patch+json";
  await o.api.request({
    method: "PATCH",
    path,
    contentType,
    body: { status: nodeStatus(o, startedAt) },
    signal: o.signal,
  });
}

function nodeStatus(o: NodeOptions, startedAt: string): unknown {
  const now = timestamp(Date.now());
  const good = [
    ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
    ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
    ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
    ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
  ] as const;
  return {
    capacity: o.capacity,
    allocatable: o.capacity,
    addresses: [
      { type: "InternalIP", address: o.address },
      { type: "Hostname", address: o.nodeName },
    ],
    conditions: good.map(([type, status, reason, message]) => {
      return { type, status, reason, message, lastHeartbeatTime: now, lastTransitionTime: startedAt };
    }),
    daemonEndpoints: { kubeletEndpoint: { Port: o.port } },
    nodeInfo: {
      architecture: goArch(),
      operatingSystem: "linux",
      osImage: "Slipway sandbox",
      kernelVersion: release(),
      containerRuntimeVersion: "process://1",
      kubeletVersion: version,
      kubeProxyVersion: "",
      machineID: "",
      systemUUID: "",
      bootID: "",
    },
  };
}

async function renewLease(o: NodeOptions): Promise<void> {
  const collection = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  const renewTime = new Date().toISOString().replace("Z", "000Z");
  const lease = {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name: o.nodeName },
    spec: { holderIdentity: o.nodeName, leaseDurationSeconds: leaseSeconds, renewTime },
  };
  const { api, signal } = o;
  const contentType = "application/merge-patch+json";
  const path = `${collection}/${o.nodeName}`;
  const renewed = api.request({ method: "PATCH", path, contentType, body: { spec: lease.spec }, signal });
  const isThere = await unlessStatus(404, renewed);
  if (!isThere) await api.request({ method: "POST", path: collection, body: lease, signal });
}

/** Whether the request was answered with anything but this status, which is fine as well. */
async function unlessStatus(status: number, request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === status) return false;
    throw error;
  }
}

/** The processor as Go, and so Kubernetes, calls it. */
function goArch(): string {
  return arch() === "x64" ? "amd64" : arch();
}
