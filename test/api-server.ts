import { startApiServer } from "../sandbox/kubernetes/api/server.ts";
import { makeCertificates } from "../sandbox/certificates.ts";
import type { ApiRequest, KubernetesApi } from "../src/kubernetes/api.ts";
import { discover } from "../src/kubernetes/discovery.ts";
import { systemClock } from "../src/runner/clock.ts";
import type { ReleasePorts } from "../src/release/ports.ts";
import { silentLog } from "./silent-log.ts";

export interface TestApiServer {
  readonly ports: ReleasePorts;
  /** As somebody else than Slipway: a person with kubectl, a controller. */
  readonly other: KubernetesApi;
  /** Every request of `ports.api` so far, `METHOD path?query`; emptied by the caller. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** The sandbox's API server alone, without controllers and nodes: for what needs answers but no rollouts. */
export async function testApiServer(): Promise<TestApiServer> {
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]) });
  const requests: string[] = [];
  const admin = server.inProcess("admin");
  const record = (request: ApiRequest): ApiRequest => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(request.query ?? {}))
      if (value !== undefined) query.set(key, String(value));
    requests.push(`${request.method} ${request.path}${query.size === 0 ? "" : `?${query.toString()}`}`);
    return request;
  };
  const api: KubernetesApi = {
    request: (request) => admin.request(record(request)),
    stream: (request) => admin.stream(record(request)),
  };
  const signal = new AbortController().signal;
  const ports = {
    api,
    discovery: await discover(api),
    clock: systemClock,
    log: silentLog,
    signal,
    hide: () => undefined,
    redact: (text: string) => text,
  };
  requests.length = 0;
  return { ports, other: server.inProcess("ann"), requests, close: () => server.close() };
}

/** The same API where the first answer to each write that may be repeated is lost, so that the client sends it again. */
export function losingAnswers(api: KubernetesApi): KubernetesApi {
  return {
    async request<T>(request: ApiRequest): Promise<T> {
      if (request.repeatable === true) await api.request(request);
      return api.request<T>(request);
    },
    stream: (request) => api.stream(request),
  };
}
