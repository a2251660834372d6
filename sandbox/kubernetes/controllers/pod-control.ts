import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { controllerReference, isNamespaceTerminating } from "./cluster.ts";
import type { Context } from "./controller.ts";
import { podKind } from "./kinds.ts";
import type { Kind, Pod, PodTemplate } from "./kinds.ts";

/** Why the pods could not all be created or deleted. */
export interface Failure {
  readonly reason: "FailedCreate" | "FailedDelete";
  readonly message: string;
}

/** Who gets pods, and of what kind they are. */
export interface Owner {
  readonly kind: Kind;
  readonly object: KubernetesObject;
  readonly template: PodTemplate;
  readonly finalizers?: string[];
}

/** Creates pods in batches of 1, 2, 4 … and no further once one fails, so that a quota is not met with a storm of requests. */
export async function createPods(context: Context, owner: Owner, wanted: number): Promise<Failure | undefined> {
  let left = wanted;
  for (let batch = 1; left > 0; batch *= 2) {
    const size = Math.min(batch, left);
    const results = await Promise.all(Array.from({ length: size }, () => createPod(context, owner)));
    const failure = results.find((result) => result !== undefined);
    if (failure !== undefined) return failure;
    left -= size;
  }
  return undefined;
}

/** Deletes pods, all at once. */
export async function deletePods(
  context: Context,
  owner: KubernetesObject,
  pods: readonly Pod[],
): Promise<Failure | undefined> {
  const results = await Promise.all(pods.map((pod) => deletePod(context, owner, pod)));
  return results.find((result) => result !== undefined);
}

async function createPod({ cluster, record }: Context, owner: Owner): Promise<Failure | undefined> {
  try {
    const { metadata } = await cluster.create(podKind, podOf(owner));
    record(owner.object, { type: "Normal", reason: "SuccessfulCreate", message: `Created pod: ${metadata.name}` });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isNamespaceTerminating(error)) return undefined;
    record(owner.object, { type: "Warning", reason: "FailedCreate", message: `Error creating: ${error.message}` });
    return { reason: "FailedCreate", message: error.message };
  }
}

function podOf({ kind, object, template, finalizers }: Owner) {
  const { name, namespace = "" } = object.metadata;
  const { labels = {}, annotations = {} } = template.metadata ?? {};
  const metadata = {
    generateName: `${name}-`,
    namespace,
    labels,
    annotations,
    ownerReferences: [controllerReference(kind, object)],
    ...(finalizers === undefined ? {} : { finalizers }),
  };
  return { metadata, spec: template.spec };
}

async function deletePod(
  { cluster, record }: Context,
  owner: KubernetesObject,
  pod: Pod,
): Promise<Failure | undefined> {
  try {
    await cluster.delete(podKind, pod);
    record(owner, { type: "Normal", reason: "SuccessfulDelete", message: `Deleted pod: ${pod.metadata.name}` });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    record(owner, { type: "Warning", reason: "FailedDelete", message: `Error deleting: ${error.message}` });
    return { reason: "FailedDelete", message: error.message };
  }
}
