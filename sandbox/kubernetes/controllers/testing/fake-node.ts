import type { KubernetesApi } from "../../../../src/kubernetes/api.ts";
import { startInformer } from "../../../../src/kubernetes/watch.ts";
import type { Pod } from "../kinds.ts";

/** What becomes of a pod once it is on the node. */
export type Fate = "ready" | "unready" | "succeeded" | "failed";

const phases = { ready: "Running", unready: "Running", succeeded: "Succeeded", failed: "Failed" } as const;

/**
 * A node that only says it runs pods: enough of a kubelet to see controllers at work. Pods become what `fate` says; deleted ones end
 * and go. Without a `fate` there is a node, and nothing happens on it.
 */
export async function startFakeNode(o: {
  readonly api: KubernetesApi;
  readonly signal: AbortSignal;
  readonly fate?: (pod: Pod) => Fate;
}): Promise<void> {
  await o.api.request({ method: "POST", path: "/api/v1/nodes", body: node });
  await o.api.request({ method: "PUT", path: "/api/v1/nodes/node1/status", body: node });
  if (o.fate === undefined) return;
  const { fate } = o;
  const done = new Map<string | undefined, Fate | "ended">();
  let work = Promise.resolve();
  let addresses = 0;
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
    const { uid, namespace = "", name, deletionTimestamp } = pod.metadata;
    const wanted = deletionTimestamp === undefined ? fate(pod) : "ended";
    if (done.get(uid) === wanted) return;
    done.set(uid, wanted);
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    if (wanted === "ended") {
      await o.api.request({ method: "DELETE", path, body: { gracePeriodSeconds: 0 } });
      return;
    }
    const live = await o.api.request<Pod>({ method: "GET", path });
    const podIP = live.status?.podIP ?? `127.1.0.${(addresses += 1)}`;
    await o.api.request({
      method: "PUT",
      path: `${path}/status`,
      body: { ...live, status: statusOf(live, wanted, podIP) },
    });
  }
}

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node1" },
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
    phase: phases[fate],
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: [...scheduled, { type: "Ready", status, lastTransitionTime: now }],
  };
}
