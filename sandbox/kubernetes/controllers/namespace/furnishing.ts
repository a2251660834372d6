import { ApiError } from "../../../../src/kubernetes/api-error.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { isNamespaceTerminating } from "../cluster.ts";
import type { Cluster, Draft } from "../cluster.ts";
import { changesOf } from "../controller.ts";
import type { Controller } from "../controller.ts";
import { configMapKind, namespaceKind, serviceAccountKind } from "../kinds.ts";
import type { Kind } from "../kinds.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";

const description = {
  "kubernetes.io/description":
    "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
};

/** Gives every namespace what pods expect in it: the ServiceAccount `default` and the API server's CA. */
export function furnishingController(caPem: string | undefined): Controller {
  return {
    name: "namespace-furnishing",
    async prepare({ cluster }) {
      const [namespaces, accounts, configMaps] = await Promise.all([
        cluster.store(namespaceKind),
        cluster.store(serviceAccountKind),
        cluster.store(configMapKind),
      ]);
      const namespaceOf = ({ metadata }: KubernetesObject): string[] => [metadata.namespace ?? ""];
      return {
        sources: [
          changesOf(namespaces, (namespace) => [keyOf(namespace)]),
          changesOf(accounts, (account, type) => (type === "DELETED" ? namespaceOf(account) : [])),
          changesOf(configMaps, (configMap, type) => (type === "DELETED" ? namespaceOf(configMap) : [])),
        ],
        async reconcile(namespace): Promise<undefined> {
          const found = namespaces.get(namespace);
          if (found === undefined || found.metadata.deletionTimestamp !== undefined) return;
          const metadata = { name: "default", namespace };
          await ensure(cluster, { kind: serviceAccountKind, store: accounts, draft: { metadata } });
          if (caPem === undefined) return;
          const draft = {
            metadata: { name: "kube-root-ca.crt", namespace, annotations: description },
            data: { "ca.crt": caPem },
          };
          await ensure(cluster, { kind: configMapKind, store: configMaps, draft });
        },
      };
    },
  };
}

async function ensure(
  cluster: Cluster,
  o: {
    readonly kind: Kind;
    readonly store: Store<KubernetesObject>;
    readonly draft: Draft<KubernetesObject> & { metadata: { name: string; namespace: string } };
  },
): Promise<void> {
  const { name, namespace } = o.draft.metadata;
  if (o.store.get(`${namespace}/${name}`) !== undefined) return;
  try {
    await cluster.create(o.kind, o.draft);
  } catch (error) {
    const isThere = error instanceof ApiError && error.reason === "AlreadyExists";
    if (!isThere && !isNamespaceTerminating(error)) throw error;
  }
}
