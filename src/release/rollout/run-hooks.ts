import { randomUUID } from "node:crypto";
import { SlipwayError } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import { collectionPath, objectPath } from "../../kubernetes/discovery.ts";
import type { ResourceKind } from "../../kubernetes/discovery.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { conditionOf, numberOf, specOf, statusOf } from "../../kubernetes/readiness/objects.ts";
import { inParallel } from "../../parallel.ts";
import { hookLabel, hookRunAnnotation, jobOfHook, revisionLabel } from "./hooks.ts";
import { appLabel, fieldManager } from "../labels.ts";
import type { PlannedHook } from "../plan/plan-hooks.ts";
import { parallelRequests } from "../ports.ts";
import type { ReleasePorts } from "../ports.ts";
import { tellProgress } from "./progress.ts";
import { nameOf } from "../release-object.ts";
import { rollOut } from "./roll-out.ts";
import type { ReleaseTarget } from "./roll-out.ts";

/** The release that runs hooks; times are on the ports' clock. */
export interface HookRelease {
  readonly app: string;
  readonly revision: number;
  readonly startedMs: number;
  readonly deadlineMs: number;
}

/**
 * Starts the hooks of one step together. A Job that a killed run left running is waited for first: two migrations at once are worse than
 * one that comes later.
 * @throws SlipwayError `timeout` where that one does not end in time.
 */
export async function startHooks(
  ports: ReleasePorts,
  hooks: readonly PlannedHook[],
  release: HookRelease,
): Promise<ReleaseTarget[]> {
  const kind = hooks[0]?.released.kind;
  if (kind === undefined) return [];
  const namespaces = [...new Set(hooks.map(({ released }) => released.object.metadata.namespace ?? ""))];
  const earlier = await listJobs(ports, { app: release.app, kind, namespaces });
  await untilEnded(ports, { jobs: earlier.filter(isActive), kind, release });
  return inParallel(hooks, parallelRequests, async ({ released }) => {
    const object = await createJob(ports.api, released.object, { kind: released.kind, release });
    return { object, released: { ...released, object } };
  });
}

/** The Job as the server made it. A name that is taken, by a history that was lost, gets an addition. */
async function createJob(
  api: KubernetesApi,
  hook: KubernetesObject,
  { kind, release }: { readonly kind: ResourceKind; readonly release: HookRelease },
): Promise<KubernetesObject> {
  const run = randomUUID();
  const body = jobOfHook(hook, { ...release, run });
  const namespace = body.metadata.namespace ?? "";
  const request = { method: "POST", path: collectionPath(kind, namespace), query: { fieldManager } } as const;
  try {
    return await api.request<KubernetesObject>({ ...request, body, repeatable: true });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    const path = objectPath(kind, namespace, body.metadata.name);
    const found = await api.request<KubernetesObject>({ method: "GET", path });
    // Made by a try whose answer was lost.
    if (found.metadata.annotations?.[hookRunAnnotation] === run) return found;
    const name = `${body.metadata.name}-${run.slice(0, 4)}`.slice(-63).replace(/^[-.]+/, "");
    return await api.request<KubernetesObject>({ ...request, body: { ...body, metadata: { ...body.metadata, name } } });
  }
}

async function listJobs(
  { api, signal }: Pick<ReleasePorts, "api" | "signal">,
  of: { readonly app: string; readonly kind: ResourceKind; readonly namespaces: readonly string[] },
): Promise<KubernetesObject[]> {
  const query = { labelSelector: `${appLabel}=${of.app},${hookLabel},${revisionLabel}` };
  const lists = of.namespaces.map(async (namespace) => {
    const path = collectionPath(of.kind, namespace);
    const { items } = await api.request<{ items: KubernetesObject[] }>({ method: "GET", path, query, signal });
    // Items of a list do not say what they are.
    return items.map((item) => ({ ...item, apiVersion: "batch/v1", kind: "Job" }));
  });
  return (await Promise.all(lists)).flat();
}

async function untilEnded(
  ports: ReleasePorts,
  left: { readonly jobs: readonly KubernetesObject[]; readonly kind: ResourceKind; readonly release: HookRelease },
): Promise<void> {
  let { jobs } = left;
  for (const job of jobs)
    ports.log.info(`${nameOf(job)}, which an earlier run started, has not ended yet: waiting for it`);
  const progress = tellProgress({ ...ports, startedMs: left.release.startedMs });
  while (jobs.length > 0) {
    const targets = jobs.map((object) => ({ object, released: { object, kind: left.kind } }));
    const results = await rollOut(ports, { ...left.release, targets, progress });
    const late = results.find(({ timedOut }) => timedOut);
    if (late !== undefined) throw stillRunning(late.object);
    jobs = results.filter(({ verdict }) => verdict.status === "in-progress").map(({ object }) => object);
  }
}

function stillRunning({ kind, metadata }: KubernetesObject): SlipwayError {
  const name = `${kind}/${metadata.name}`;
  return new SlipwayError(
    `Cannot run the hooks of this release because ${name} of an earlier one still runs: got no end of it in time`,
    {
      code: "timeout",
      hint: `Nothing of the workloads was changed. Wait for it, or delete it: "kubectl delete job ${metadata.name} -n ${metadata.namespace ?? ""}".`,
    },
  );
}

/**
 * Keeps a Job that was given up before it did anything from doing it later, when nobody waits for it any more. One that is running is left
 * to it: half of a migration is worse than a late one. Gives whether it still runs.
 */
export async function holdBack({ api, log }: ReleasePorts, { object, released }: ReleaseTarget): Promise<boolean> {
  if (!isActive(object)) return false;
  if ((numberOf(statusOf(object).ready) ?? 0) > 0) {
    log.warning(`${nameOf(object)} is still running, and is left to it: the next release waits for its end`);
    return true;
  }
  const { metadata } = object;
  try {
    await api.request({
      method: "PATCH",
      path: objectPath(released.kind, metadata.namespace ?? "", metadata.name),
      query: { fieldManager },
      contentType: "application/merge-patch+json",
      body: { spec: { suspend: true } },
      repeatable: true,
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log.warning(`${nameOf(object)} could not be suspended, and may still start: ${error.message}`);
  }
  return false;
}

/** Removes the Jobs of earlier releases, but of each hook the newest and the newest that failed. Never throws what the server refuses. */
export async function removeOldJobs(
  ports: ReleasePorts,
  of: { readonly app: string; readonly kind: ResourceKind; readonly namespaces: readonly string[] },
): Promise<void> {
  try {
    const jobs = (await listJobs(ports, of)).sort((a, b) => revisionOf(b) - revisionOf(a));
    const hooks = Map.groupBy(
      jobs,
      ({ metadata }) => `${metadata.namespace ?? ""}/${metadata.labels?.[hookLabel] ?? ""}`,
    );
    const old = [...hooks.values()].flatMap((each) => {
      const kept = [each[0], each.find(isFailed)];
      return each.filter((job) => !kept.includes(job) && !isActive(job));
    });
    await inParallel(old, parallelRequests, async ({ metadata }) => {
      const path = objectPath(of.kind, metadata.namespace ?? "", metadata.name);
      const query = { propagationPolicy: "Background" };
      await ports.api.request({ method: "DELETE", path, query, repeatable: true }).catch(unlessGone);
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ports.log.warning(`Jobs of earlier hooks could not be removed: ${error.message}`);
  }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}

/** Whether it may still do something. */
function isActive(job: KubernetesObject): boolean {
  return conditionOf(job, "Complete")?.status !== "True" && !isFailed(job) && specOf(job).suspend !== true;
}

function isFailed(job: KubernetesObject): boolean {
  return conditionOf(job, "Failed")?.status === "True";
}

function revisionOf({ metadata }: KubernetesObject): number {
  return Number(metadata.labels?.[revisionLabel] ?? 0);
}
