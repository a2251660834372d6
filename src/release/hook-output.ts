import { SlipwayError } from "../error.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { containersOf } from "../kubernetes/pod-template.ts";
import type { PodSpec } from "../kubernetes/pod-template.ts";
import { fieldsOf, specOf } from "../kubernetes/readiness/objects.ts";
import type { ReleasePorts } from "./ports.ts";

/** Of each container; a migration of thousands of steps has its end in the log, and all of it in the cluster. */
const mostLines = 200;
const mostBytes = 64 * 1024;
/** A Job that is tried again makes a new pod each time: these many, the newest last. */
const mostPods = 3;
const patienceMs = 5_000;

/**
 * What the containers of a Job wrote, as lines for the log: several are told apart by a heading. Where it cannot be read, one line says
 * why: the Job's verdict does not depend on it.
 */
export async function readOutput(
  { api, clock, signal }: Pick<ReleasePorts, "api" | "clock" | "signal">,
  job: KubernetesObject,
): Promise<string[]> {
  const [isUp, isDone] = [new AbortController(), new AbortController()];
  const end = (): void => isUp.abort();
  void clock.sleep(patienceMs, isDone.signal).then(end, () => undefined);
  const limit = AbortSignal.any([signal, isUp.signal]);
  try {
    const pods = await podsOf(api, job, limit);
    const outputs = pods.flatMap((pod) =>
      containersOf({ spec: pod.spec as PodSpec }).map(async ({ container: { name: container } }) => {
        const lines = await readLog(api, { pod, container, signal: limit });
        return { heading: `${pod.metadata.name}, container ${container}:`, lines };
      }),
    );
    const told = (await Promise.all(outputs)).filter(({ lines }) => lines.length > 0);
    return told.length === 1
      ? (told[0]?.lines ?? [])
      : told.flatMap(({ heading, lines }) => [heading, ...lines.map((line) => `  ${line}`)]);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SlipwayError) && !limit.aborted) throw error;
    return [`Its output could not be read: ${error instanceof SlipwayError ? error.message : "no answer in time"}`];
  } finally {
    isDone.abort();
  }
}

async function podsOf(api: KubernetesApi, job: KubernetesObject, signal: AbortSignal): Promise<KubernetesObject[]> {
  const selected = Object.entries(fieldsOf(fieldsOf(specOf(job).selector).matchLabels));
  const labelSelector = selected.map(([key, value]) => `${key}=${String(value)}`).join(",");
  if (labelSelector === "") return [];
  const path = `/api/v1/namespaces/${job.metadata.namespace ?? ""}/pods`;
  const { items } = await api.request<{ items: KubernetesObject[] }>({
    method: "GET",
    path,
    query: { labelSelector },
    signal,
  });
  const created = ({ metadata }: KubernetesObject): string => metadata.creationTimestamp ?? "";
  return items.sort((a, b) => created(a).localeCompare(created(b))).slice(-mostPods);
}

/** Empty where the container never ran. */
async function readLog(
  api: KubernetesApi,
  of: { readonly pod: KubernetesObject; readonly container: string; readonly signal: AbortSignal },
): Promise<string[]> {
  const { namespace = "", name } = of.pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
  const query = { container: of.container, tailLines: mostLines };
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of api.stream({ method: "GET", path, query, signal: of.signal })) {
      tail = Buffer.concat([tail, chunk]).subarray(-mostBytes);
    }
  } catch (error) {
    if (!(error instanceof SlipwayError) || error.code !== "refused") throw error;
  }
  const text = tail.toString("utf8").trimEnd();
  return text === "" ? [] : text.split("\n");
}
