import type { KubernetesApi } from "../api.ts";

const mostLines = 20;
const mostBytes = 8 * 1024;

export interface LogTailRequest {
  readonly api: KubernetesApi;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The run before the present one. */
  readonly previous: boolean;
  readonly signal?: AbortSignal;
}

/** The last lines that a container wrote, at most 20 and 8 KiB. Throws `ApiError` where there is no log. */
export async function readLogTail({
  api,
  namespace,
  pod,
  container,
  previous,
  signal,
}: LogTailRequest): Promise<string[]> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
  // No limitBytes: the server would keep the first bytes, and the last are what tells.
  const query = { container, previous: previous || undefined, tailLines: mostLines };
  let tail = Buffer.alloc(0);
  for await (const chunk of api.stream({ method: "GET", path, query, ...(signal && { signal }) })) {
    tail = Buffer.concat([tail, chunk]).subarray(-mostBytes);
  }
  const lines = tail.toString("utf8").split("\n");
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}
