import { ApiError } from "../src/kubernetes/api-error.ts";
import type { KubernetesApi } from "../src/kubernetes/api.ts";
import type { KubernetesObject } from "../src/kubernetes/object.ts";
import { startInformer } from "../src/kubernetes/watch.ts";

/**
 * Lets every pod of a cluster pull from a registry, as DigitalOcean does when a registry is added to a cluster: a Secret of the
 * registry's name in each namespace, those to come included, that the namespace's default ServiceAccount names.
 */
export async function keepPullSecrets(options: {
  readonly api: KubernetesApi;
  readonly name: string;
  /** A Docker config with the credential. */
  readonly dockerConfig: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}): Promise<void> {
  const { api, name, signal, log } = options;
  const furnish = async (namespace: string): Promise<void> => {
    const path = `/api/v1/namespaces/${namespace}`;
    const metadata = { name };
    const data = { ".dockerconfigjson": Buffer.from(options.dockerConfig).toString("base64") };
    const secret = { apiVersion: "v1", kind: "Secret", metadata, type: "kubernetes.io/dockerconfigjson", data };
    await api.request({ method: "POST", path: `${path}/secrets`, body: secret, signal }).catch(ignoreExisting);
    await api.request({
      method: "PATCH",
      path: `${path}/serviceaccounts/default`,
      contentType: "application/strategic-merge-patch+json",
      body: { imagePullSecrets: [{ name }] },
      signal,
    });
  };
  await startInformer<KubernetesObject>({
    api,
    path: "/api/v1/serviceaccounts",
    query: { fieldSelector: "metadata.name=default" },
    signal,
    onEvent: ({ type, object: { metadata } }) => {
      if (type !== "ADDED") return;
      furnish(metadata.namespace ?? "").catch((error: unknown) => log(`pull secrets: ${String(error)}`));
    },
  });
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 409)) throw error;
}
