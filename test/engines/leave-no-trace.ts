import { ApiError } from "../../src/kubernetes/api-error.ts";
import type { KubernetesClient } from "../../src/kubernetes/client.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { until } from "./parts.ts";

const limitMs = 60_000;
const namespaces = "/api/v1/namespaces";
/** What a namespace that is being deleted still holds for its five seconds of grace, and others need: processors and node ports. */
const scarce = ["pods", "services"];

/**
 * Remembers what there is in a cluster. What resolves is to be called at the end: it deletes whatever has come since, so that the next file
 * finds the cluster as the first one did. Namespaces may still be on their way out then: see `untilFree`.
 */
export async function leaveNoTrace(api: KubernetesClient): Promise<() => Promise<void>> {
  const before = new Set(await clusterWide(api));
  return async () => {
    const added = async (): Promise<string[]> => (await clusterWide(api)).filter((path) => !before.has(path));
    const paths = await added();
    for (const path of paths) await remove(api, path);
    const ended = paths.filter((path) => path.startsWith(`${namespaces}/`));
    await Promise.all(ended.flatMap((path) => scarce.map((plural) => empty(api, `${path}/${plural}`))));
    const isClean = async (): Promise<true | undefined> => ((await added()).length === 0 ? true : undefined);
    await until("cluster as it was", isClean, limitMs);
  };
}

/** Resolves when there is no namespace of this name that is on its way out. */
export async function untilFree(api: KubernetesClient, name: string): Promise<void> {
  const look = async (): Promise<true | undefined> => {
    const found = await unlessGone(api.request<KubernetesObject>({ method: "GET", path: `${namespaces}/${name}` }));
    return found?.metadata.deletionTimestamp === undefined ? true : undefined;
  };
  await until(`end of an earlier namespace ${name}`, look, limitMs);
}

async function empty(api: KubernetesClient, path: string): Promise<void> {
  const names = (await list(api, path)).map(({ metadata }) => metadata.name);
  await Promise.all(names.map((name) => remove(api, `${path}/${name}`, { gracePeriodSeconds: "0" })));
}

/** The paths of all that is in no namespace, can be deleted and is not on its way out. */
async function clusterWide(api: KubernetesClient): Promise<string[]> {
  const { groups } = await api.request<{ groups: { preferredVersion: { groupVersion: string } }[] }>({
    method: "GET",
    path: "/apis",
  });
  const roots = ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const kinds = (await Promise.all(roots.map((root) => kindsOf(api, root)))).flat();
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const staying = (await list(api, kind)).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      return staying.map(({ metadata }) => `${kind}/${metadata.name}`);
    }),
  );
  return found.flat();
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
async function list(api: KubernetesClient, path: string): Promise<readonly KubernetesObject[]> {
  return (await unlessGone(api.request<{ items: KubernetesObject[] }>({ method: "GET", path })))?.items ?? [];
}

async function remove(api: KubernetesClient, path: string, query: Record<string, string> = {}): Promise<void> {
  await unlessGone(api.request({ method: "DELETE", path, query }));
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
