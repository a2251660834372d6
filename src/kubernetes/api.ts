/** One request to a Kubernetes API server. `path` is absolute and already percent-encoded; `query` is encoded by the client. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON, whatever the content type: a JSON document is also YAML, so it serves `apply-patch+yaml` too. */
  readonly body?: unknown;
  /** For PATCH, the kind of patch; `application/json` otherwise. */
  readonly contentType?:
    | "application/json"
    | "application/apply-patch+yaml"
    | "application/merge-patch+json"
    | "application/strategic-merge-patch+json"
    | "application/json-patch+json";
  readonly accept?: string;
  /** For a write: its caller copes with it being done twice, so it is sent again when the answer was lost. */
  readonly repeatable?: true;
  /** On the client's clock: no retry begins later. It is tried once in any case, and a try under way is not cut; `signal` does that. */
  readonly deadlineMs?: number;
  /** Told of the server's warnings about this request, in place of the client's own listener. */
  readonly onWarning?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A server's warnings (the `Warning` header, code 299), such as a deprecated API. */
export type WarningListener = (text: string, request: ApiRequest) => void;

/**
 * A Kubernetes API server as Slipway sees it: JSON in, JSON out, nothing added or dropped.
 * Made by `connect()` in client.ts, which adds retries, deadlines and credentials; everything else takes it as a port.
 */
export interface KubernetesApi {
  /** The parsed body of a 2xx answer. Throws `ApiError` for any other, `SlipwayError` (`unreachable`) when there is no answer. */
  request<T = unknown>(request: ApiRequest): Promise<T>;
  /** The raw bytes of a streaming answer (a watch, a followed log), until either side ends it. Throws as `request` does. */
  stream(request: ApiRequest): AsyncIterable<Uint8Array>;
}

/** The same server, where no retry begins after `deadlineMs` of the client's clock. */
export function withDeadline(api: KubernetesApi, deadlineMs: number): KubernetesApi {
  const bound = (request: ApiRequest): ApiRequest => {
    return { ...request, deadlineMs: Math.min(deadlineMs, request.deadlineMs ?? Infinity) };
  };
  return { request: (request) => api.request(bound(request)), stream: (request) => api.stream(bound(request)) };
}
