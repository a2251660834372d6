import { ApiError } from "../../../src/kubernetes/api-error.ts";
import type { Status } from "../../../src/kubernetes/api-error.ts";
import type { ApiRequest, KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { Answer, Call, User } from "./request.ts";

/**
 * A KubernetesApi that calls the server's handlers with no connection between: what the controllers of the control plane use. Bodies
 * are still written to JSON and read back, so that no object is shared.
 */
export function inProcess(handle: (call: Call) => Promise<Answer>, user: User): KubernetesApi {
  const answer = async (request: ApiRequest): Promise<Answer> => {
    const found = await handle(callOf(request, user));
    for (const text of found.warnings ?? []) request.onWarning?.(text);
    if (found.code >= 300) throw new ApiError(found.code, found.json as Status | undefined, { text: found.text ?? "" });
    return found;
  };
  return {
    async request<T>(request: ApiRequest): Promise<T> {
      const { json, text } = await answer(request);
      return (json === undefined ? text : JSON.parse(JSON.stringify(json))) as T;
    },
    async *stream(request: ApiRequest): AsyncGenerator<Uint8Array> {
      const { chunks, text } = await answer(request);
      if (text !== undefined) yield Buffer.from(text);
      for await (const chunk of chunks ?? []) yield Buffer.from(chunk);
    },
  };
}

function callOf(request: ApiRequest, user: User): Call {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) query.set(key, String(value));
  return {
    method: request.method,
    path: request.path,
    query,
    accept: request.accept ?? "application/json",
    contentType: request.contentType ?? "application/json",
    // The field manager of a write that names none: "kube-controller-manager" of "system:kube-controller-manager".
    userAgent: user.name.startsWith("system:node:") ? "kubelet" : user.name.replace(/^system:/, ""),
    body: request.body === undefined ? "" : JSON.stringify(request.body),
    user,
    signal: request.signal ?? new AbortController().signal,
  };
}
