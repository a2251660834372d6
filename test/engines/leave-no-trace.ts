import { ApiError } from "../../src/kubernetes/api-error.ts";
import type { KubernetesClient } from "../../src/kubernetes/client.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { until } from "./parts.ts";

/** How long it may take until all namespaces are gone, with a busy node. */
const limitMs = 60_000;

interface Collection {
  readonly path: string;
  readonly names: ReadonlySet<string>;
}

/**
 * Remembers what there is in a cluster. What resolves is to be called at the end: it deletes whatever has come since, and resolves when it
 * is gone, so that the next file finds the cluster as the first one did.
 */
export async function leaveNoTrace(api: KubernetesClient): Promise<() => Promise<void>> {
  const before = new Map((await clusterWide(api)).map(({ path, names }) => [path, names]));
  return async () => {
    await forceEndOfPods(api, before.get("/api/v1/namespaces") ?? new Set());
    const remaining = async (): Promise<string[]> =>
      (await clusterWide(api)).flatMap(({ path, names }) =>
        [...names].filter((name) => before.get(path)?.has(name) !== true).map((name) => `${path}/${name}`),
      );
    for (const path of await remaining()) await remove(api, path);
    await until("cluster as it was", async () => ((await remaining()).length === 0 ? true : undefined), limitMs);
  };
}

/** Pods that take their time would keep their namespace for as long. */
async function forceEndOfPods(api: KubernetesClient, kept: ReadonlySet<string>): Promise<void> {
  const { items } = await list(api, "/api/v1/pods");
  const ending = items.filter(({ metadata }) => !kept.has(metadata.namespace ?? ""));
  await Promise.all(
    ending.map(({ metadata: { namespace = "", name } }) =>
      remove(api, `/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: "0" }),
    ),
  );
}

/** All that is in no namespace and can be deleted, by the path of its kind. */
async function clusterWide(api: KubernetesClient): Promise<Collection[]> {
  const { groups } = await api.request<{ groups: { preferredVersion: { groupVersion: string } }[] }>({
    method: "GET",
    path: "/apis",
  });
  const roots = ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const paths = (await Promise.all(roots.map((root) => kindsOf(api, root)))).flat();
  return Promise.all(
    paths.map(async (path) => ({
      path,
      names: new Set((await list(api, path)).items.map(({ metadata }) => metadata.name)),
    })),
  );
}

async function kindsOf(api: KubernetesClient, root: string): Promise<string[]> {
  const { resources } = await api.request<{ resources: { name: string; namespaced: boolean; verbs: string[] }[] }>({
    method: "GET",
    path: root,
  });
  return resources
    .filter(({ name, namespaced, verbs }) => !namespaced && !name.includes("/") && verbs.includes("delete"))
    .map(({ name }) => `${root}/${name}`);
}

/** Nothing, of a custom resource that has gone meanwhile. */
async function list(api: KubernetesClient, path: string): Promise<{ readonly items: readonly KubernetesObject[] }> {
  return unlessGone(api.request({ method: "GET", path }), { items: [] });
}

async function remove(api: KubernetesClient, path: string, query: Record<string, string> = {}): Promise<void> {
  await unlessGone(api.request({ method: "DELETE", path, query }), undefined);
}

async function unlessGone<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return otherwise;
    throw error;
  }
}
