import { join } from "node:path";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { Parts } from "../parts.ts";
import type { Credentials } from "./credentials.ts";
import { machineAddress } from "./network.ts";

const name = "metrics-server";
const namespace = "kube-system";
const port = 4443;

/** Starts what tells autoscalers how much the pods of a real node use. The first numbers are there after half a minute. */
export async function startMetricsServer(o: {
  readonly program: string;
  readonly folder: string;
  readonly api: KubernetesApi;
  readonly credentials: Credentials;
  readonly parts: Parts;
}): Promise<void> {
  const { program, parts, credentials } = o;
  const kubeconfig = await credentials.kubeconfig(name);
  const client = await credentials.client(name);
  await parts.start({
    name,
    file: program,
    args: [
      ...["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map(
        (flag) => `--${flag}=${kubeconfig}`,
      ),
      `--secure-port=${port}`,
      `--cert-dir=${join(o.folder, name)}`,
      `--kubelet-certificate-authority=${credentials.ca}`,
      `--kubelet-client-certificate=${client.cert}`,
      `--kubelet-client-key=${client.key}`,
      "--kubelet-preferred-address-types=InternalIP",
      "--metric-resolution=10s",
      // It insists that this is less.
      "--kubelet-request-timeout=9s",
    ],
  });
  await publish(o.api);
}

/** Makes it a part of the API, as `metrics.k8s.io`. */
async function publish(api: KubernetesApi): Promise<void> {
  const post = (path: string, body: unknown): Promise<unknown> => api.request({ method: "POST", path, body });
  await post(`/api/v1/namespaces/${namespace}/services`, {
    metadata: { name },
    spec: { ports: [{ name: "https", port: 443, targetPort: port }] },
  });
  await post(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
    metadata: { name, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    ports: [{ name: "https", port }],
    endpoints: [{ addresses: [machineAddress], conditions: { ready: true } }],
  });
  await post("/apis/apiregistration.k8s.io/v1/apiservices", {
    metadata: { name: "v1beta1.metrics.k8s.io" },
    spec: {
      group: "metrics.k8s.io",
      version: "v1beta1",
      service: { name, namespace },
      insecureSkipTLSVerify: true,
      groupPriorityMinimum: 100,
      versionPriority: 100,
    },
  });
}
