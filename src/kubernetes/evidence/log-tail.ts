import { SlipwayError } from "../../error.ts";
import type { KubernetesApi } from "../api.ts";
import type { ContainerStatus } from "../readiness/objects.ts";

const mostLines = 40;
const mostBytes = 16 * 1024;
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
 * What a container said last, in this run and the one before: first that which tells why, which is the run before where the container runs
 * again after a failure. A run that said the same as the other is told once. Empty where there is no log, or no permission to read it.
 */
export async function readLogs(source: LogSource, status: ContainerStatus): Promise<readonly EvidenceLog[]> {
  const hasEnded = status.lastState?.terminated !== undefined;
  const order = hasEnded && status.state?.running !== undefined ? [true, false] : hasEnded ? [false, true] : [false];
  const logs = await Promise.all(
    order.map(async (previous): Promise<EvidenceLog> => {
      const lines = await readTail(source, { container: status.name, previous });
      return { pod: source.pod, container: status.name, previous, lines };
    }),
  );
  const [first, second] = logs.filter(({ lines }) => lines.length > 0);
  const isSame = first?.lines.join("\n") === second?.lines.join("\n");
  return [first, isSame ? undefined : second].filter((log) => log !== undefined);
}

/** At most 40 lines and 16 KiB. */
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
  const text = tail.toString("utf8");
  // Half of a secret is none that anybody recognises.
  const lines = (tail.length < mostBytes ? text : text.replace(/^\S*\s/, "")).split("\n");
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}
