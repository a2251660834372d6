import { ApiError } from "../../kubernetes/api-error.ts";
import { collectionPath, objectPath } from "../../kubernetes/discovery.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { fieldManager } from "../labels.ts";
import { ownsReplicasAlone } from "../fields/owned-fields.ts";
import type { ReleasePorts } from "../ports.ts";
import type { ReleaseObject } from "../release-object.ts";
import { takeOver, withLastApplied } from "../fields/take-over.ts";
import type { Takeover } from "../fields/take-over.ts";

/**
 * Holds the replicas of autoscaled workloads from the moment our manifest gives them up until the autoscaler first changes them:
 * a field that no manager owns any more is reset to its default, and one replica is not what anybody asked for.
 */
export const replicasManager = "slipway-replicas";

export interface ApplyOptions {
  readonly live: KubernetesObject | undefined;
  readonly force: boolean;
  readonly dryRun: boolean;
  /** Fields that change hands before. */
  readonly takeover?: Takeover | undefined;
  /** Given for reads only: a write that was begun is finished. */
  readonly signal?: AbortSignal;
}

type Api = Pick<ReleasePorts, "api">;

/** Server-side apply of one object, or its dry run. Gives the object as the server has it, or would have it. */
export async function applyObject(
  { api }: Api,
  released: ReleaseObject,
  options: ApplyOptions,
): Promise<KubernetesObject> {
  const handOver = released.autoscaledBy !== undefined && !options.dryRun;
  if (handOver && options.live !== undefined && losesReplicas(options.live, options.takeover))
    await holdReplicas({ api }, released, options.live);
  const { live, takeover } = options;
  if (live !== undefined && takeover !== undefined && !options.dryRun)
    await takeOver(api, { released, live, takeover });
  const applied = await api.request<KubernetesObject>({
    method: "PATCH",
    path: pathOf(released),
    query: {
      fieldManager,
      fieldValidation: "Strict",
      force: options.force || undefined,
      dryRun: options.dryRun ? "All" : undefined,
    },
    contentType: "application/apply-patch+yaml",
    body: withLastApplied(bodyOf(released, live), live),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (handOver && options.live === undefined) await holdReplicas({ api }, released, applied);
  return applied;
}

/** Whether nobody would own the replicas any more: a manifest that Slipway succeeds had them, or its own. */
function losesReplicas(live: KubernetesObject, takeover: Takeover | undefined): boolean {
  return ownsReplicasAlone(live) || (takeover !== undefined && takeover.from.length > 0);
}

function pathOf({ object, kind }: ReleaseObject): string {
  return objectPath(kind, object.metadata.namespace ?? "", object.metadata.name);
}

/** Without replicas where an autoscaler owns them, but for the first time: a new workload starts with what its manifest says. */
function bodyOf({ object, autoscaledBy }: ReleaseObject, live: KubernetesObject | undefined): KubernetesObject {
  if (autoscaledBy === undefined || live === undefined) return object;
  const { replicas, ...spec } = (object.spec ?? {}) as Record<string, unknown>;
  return { ...object, spec };
}

async function holdReplicas({ api }: Api, released: ReleaseObject, live: KubernetesObject): Promise<void> {
  const { apiVersion, kind, metadata } = released.object;
  const replicas = (live.spec as { replicas?: number } | undefined)?.replicas;
  if (replicas === undefined) return;
  await api.request({
    method: "PATCH",
    path: pathOf(released),
    query: { fieldManager: replicasManager, force: true },
    contentType: "application/apply-patch+yaml",
    body: { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace }, spec: { replicas } },
  });
}

/**
 * Checks that an object can be made: a dry run of its creation. One of its name that is there already does not matter.
 * @throws ApiError for what the server has against it.
 */
export async function checkCreation(
  { api, signal }: Api & { signal: AbortSignal },
  { object, kind }: ReleaseObject,
): Promise<void> {
  try {
    await api.request({
      method: "POST",
      path: collectionPath(kind, object.metadata.namespace),
      query: { fieldManager, fieldValidation: "Strict", dryRun: "All" },
      body: object,
      signal,
    });
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 409 && error.reason === "AlreadyExists")) throw error;
  }
}

/**
 * Checks an object whose namespace does not exist yet: a dry run of its creation in the namespace `default`, which always does. What
 * depends on the namespace (a quota, a policy, a permission) cannot be seen this way; the schema and the validation can. `false` where
 * the server did not get that far: this user may create nothing there, say.
 * @throws ApiError 400 or 422 for what is wrong with the object itself.
 */
export async function checkElsewhere(ports: Api & { signal: AbortSignal }, released: ReleaseObject): Promise<boolean> {
  const { object } = released;
  try {
    await checkCreation(ports, {
      ...released,
      object: { ...object, metadata: { ...object.metadata, namespace: "default" } },
    });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 400 || error.status === 422) throw error;
    // Answered after the validation.
    return error.status === 409;
  }
}
