import { SlipwayError } from "../../error.ts";
import type { KubernetesApi } from "../api.ts";
import type { ContainerStatus } from "../readiness/objects.ts";

const mostLines = 20;
const mostBytes = 8 * 1024;
/** A node that is gone must not keep the verdict from being told. */
const patienceMs = 5_000;

/** The last lines that a container wrote. */
export interface EvidenceLog {
  readonly pod: string;
  readonly container: string;
  /** Whether it is the run before the present one. */
  readonly previous: boolean;
  readonly lines: readonly string[];
}

export interface LogSource {
  readonly api: KubernetesApi;
  readonly namespace: string;
  readonly pod: string;
  readonly signal: AbortSignal;
}

/**
 * What a container said last. Where it runs again after a failure, the run that failed tells why; else the present run does, or the
 * one before where that has nothing to say yet. Empty where there is no log, or no permission to read it.
 */
export async function readLogs(source: LogSource, status: ContainerStatus): Promise<readonly EvidenceLog[]> {
  const hasEnded = status.lastState?.terminated !== undefined;
  const order = hasEnded && status.state?.running !== undefined ? [true, false] : hasEnded ? [false, true] : [false];
  for (const previous of order) {
    const lines = await readTail(source, { container: status.name, previous });
    if (lines.length > 0) return [{ pod: source.pod, container: status.name, previous, lines }];
  }
  return [];
}

/** At most 20 lines and 8 KiB. */
async function readTail(
  { api, namespace, pod, signal }: LogSource,
  { container, previous }: { readonly container: string; readonly previous: boolean },
): Promise<readonly string[]> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
  // No limitBytes: the server would keep the first bytes, and the last are what tells.
  const query = { container, previous: previous || undefined, tailLines: mostLines };
  const limit = AbortSignal.timeout(patienceMs);
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of api.stream({ method: "GET", path, query, signal: AbortSignal.any([signal, limit]) })) {
      tail = Buffer.concat([tail, chunk]).subarray(-mostBytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    // No log, no permission, no node: what did come is still worth telling.
    if (!(error instanceof SlipwayError) && !limit.aborted) throw error;
  }
  const lines = tail.toString("utf8").split("\n");
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}
