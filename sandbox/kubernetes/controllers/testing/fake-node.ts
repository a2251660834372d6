import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import { startInformer } from "../../../../src/kubernetes/watch.ts";
import type { Pod } from "../kinds.ts";

/** What becomes of a pod once it is on the node. */
export type Fate = "ready" | "unready" | "creating";

/**
 * A node that only says it runs pods: enough of a kubelet to see controllers at work. Pods become what `fate` says; deleted ones end
 * and go.
 */
export async function startFakeNode(o: {
  readonly api: KubernetesApi;
  readonly signal: AbortSignal;
  readonly fate: (pod: Pod) => Fate;
}): Promise<void> {
  await o.api.request({ method: "POST", path: "/api/v1/nodes", body: node });
  let work = Promise.resolve();
  let addresses = 0;
  const fates = new Map<string | undefined, Fate>();
  const ended = new Set<string | undefined>();
  await startInformer<Pod>({
    api: o.api,
    path: "/api/v1/pods",
    signal: o.signal,
    onEvent: ({ type, object }) => {
      if (type === "DELETED" || object.spec.nodeName !== "node1") return;
      work = work.then(() => serve(object)).catch(() => undefined);
    },
  });

  async function serve(pod: Pod): Promise<void> {
    const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/pods/${pod.metadata.name}`;
    if (ended.has(pod.metadata.uid)) return;
    if (pod.metadata.deletionTimestamp !== undefined) {
      ended.add(pod.metadata.uid);
      await o.api.request({ method: "DELETE", path, body: { gracePeriodSeconds: 0 } });
      return;
    }
    const fate = o.fate(pod);
    const live = await o.api.request<Pod>({ method: "GET", path });
    if (live.metadata.deletionTimestamp !== undefined || fates.get(live.metadata.uid) === fate) return;
    fates.set(live.metadata.uid, fate);
    const podIP = live.status?.podIP ?? `127.1.0.${(addresses += 1)}`;
    const body = { ...live, status: statusOf(live, fate, podIP) };
    await o.api.request({ method: "PUT", path: `${path}/status`, body });
  }
}

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node1", labels: { "kubernetes.io/hostname": "node1" } },
  spec: {},
  status: {
    allocatable: { cpu: "8", memory: "8Gi", pods: "110" },
    conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }],
  },
};

function statusOf(pod: Pod, fate: Fate, podIP: string): Pod["status"] {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const scheduled = (pod.status?.conditions ?? []).filter(({ type }) => type === "PodScheduled");
  const status = fate === "ready" ? "True" : "False";
  return {
    phase: fate === "creating" ? "Pending" : "Running",
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: [...scheduled, { type: "Ready", status, lastTransitionTime: now }],
    containerStatuses: [{ name: "main", restartCount: 0 }],
  };
}
