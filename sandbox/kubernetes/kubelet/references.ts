import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { PersistentVolumeClaim } from "../controllers/kinds.ts";
import type { ConfigMap, References, Secret } from "./environment.ts";
import type { FileSource, Pod } from "./pod.ts";

/** Asks the API for what the pods of a namespace refer to; each object is read once, so one of these serves one purpose. */
export function references(o: {
  readonly api: KubernetesApi;
  readonly signal: AbortSignal;
  readonly namespace: string;
}): References {
  const known = new Map<string, Promise<KubernetesObject | undefined>>();
  const read = <T extends KubernetesObject>(plural: string, name: string): Promise<T | undefined> => {
    const path = `/api/v1/namespaces/${o.namespace}/${plural}/${encodeURIComponent(name)}`;
    const found = known.get(path) ?? unlessNotFound(o.api.request<T>({ method: "GET", path, signal: o.signal }));
    known.set(path, found);
    // What a path holds is what was asked of it.
    return found as Promise<T | undefined>;
  };
  return {
    configMap: (name) => read<ConfigMap>("configmaps", name),
    secret: (name) => read<Secret>("secrets", name),
    claim: (name) => read<PersistentVolumeClaim>("persistentvolumeclaims", name),
  };
}

/** A token with which the pod's processes may speak to the API as its service account. */
export async function accountToken(o: {
  readonly api: KubernetesApi;
  readonly signal: AbortSignal;
  readonly pod: Pod;
  readonly source: NonNullable<FileSource["serviceAccountToken"]>;
}): Promise<string> {
  const { metadata, spec } = o.pod;
  const account = encodeURIComponent(spec.serviceAccountName ?? "default");
  const path = `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${account}/token`;
  const { audience, expirationSeconds } = o.source;
  const audiences = audience === undefined ? {} : { audiences: [audience] };
  const bound = { kind: "Pod", apiVersion: "v1", name: metadata.name, uid: metadata.uid };
  const body = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { ...audiences, expirationSeconds, boundObjectRef: bound },
  };
  const answer = await o.api.request<{ status: { token: string } }>({ method: "POST", path, body, signal: o.signal });
  return answer.status.token;
}

async function unlessNotFound<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
