import type { IncomingMessage, ServerResponse } from "node:http";
import { makeCertificates } from "../../sandbox/certificates.ts";
import type { Certificates } from "../../sandbox/certificates.ts";
import type { Answer } from "../../sandbox/kubernetes/api/request.ts";
import { startApiServer } from "../../sandbox/kubernetes/api/server.ts";
import type { Contents } from "../../sandbox/kubernetes/api/store.ts";
import { startControllers } from "../../sandbox/kubernetes/controllers/start.ts";
import type { ApiRequest, KubernetesApi } from "../../src/kubernetes/api.ts";
import { startNode } from "./node.ts";
import { VirtualClock } from "./virtual-clock.ts";
import type { Activity } from "./virtual-clock.ts";

/** A cluster in this process: the sandbox's API server and controllers, and a node that only says that it runs pods. */
export interface TestCluster {
  /** What its API server says to a request. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<Answer>;
  readonly token: string;
  /** For who looks from outside: nothing on this way goes wrong. */
  readonly api: KubernetesApi;
  /** The time of its controllers, and of those who use it. */
  readonly clock: VirtualClock;
  /** What its controllers and its node do. */
  readonly activity: Activity;
  contents(): Contents;
  stop(): Promise<void>;
}

/** The kinds of all objects that runs make, and of what becomes of these. */
const owned = new Set([
  ...["configmaps", "pods", "secrets", "serviceaccounts", "services"],
  ...["deployments", "replicasets", "jobs", "endpointslices", "horizontalpodautoscalers", "networkpolicies", "roles"],
  ...["customresourcedefinitions", "features"],
]);

let certificates: Promise<Certificates> | undefined;

/** Starts a cluster that goes on from `contents`, or a new one. */
export async function startCluster(contents?: Contents): Promise<TestCluster> {
  certificates ??= makeCertificates(["127.0.0.1"]);
  const server = await startApiServer({ certificates: await certificates, contents });
  const stopping = new AbortController();
  const { signal } = stopping;
  const count = new Count();
  const manager = count.requestsOf(showing(owned, server.inProcess("system:kube-controller-manager")));
  const clock = new VirtualClock();
  const controllers = await startControllers({ api: manager, signal, clock });
  await startNode(count.requestsOf(server.inProcess("system:node:node1")), signal);
  return {
    answer: server.answer,
    token: server.issueToken({ user: "deployer", groups: ["system:masters"] }),
    api: server.inProcess("observer"),
    clock,
    activity: count,
    contents: () => server.contents(),
    async stop() {
      stopping.abort(new Error("the cluster was stopped"));
      await controllers.stop();
      await server.close();
    },
  };
}

interface Discovered {
  readonly items: readonly { readonly versions: readonly { resources: { readonly resource: string }[] }[] }[];
}

/** The garbage collector watches every kind that it is told of: the fifty of a whole server would be a good part of each case's work. */
function showing(kinds: ReadonlySet<string>, api: KubernetesApi): KubernetesApi {
  return {
    request: async <T>(request: ApiRequest) => {
      const answer = await api.request<T>(request);
      if (request.path !== "/api" && request.path !== "/apis") return answer;
      for (const version of (answer as Discovered).items.flatMap(({ versions }) => versions))
        version.resources = version.resources.filter(({ resource }) => kinds.has(resource));
      return answer;
    },
    stream: (request) => api.stream(request),
  };
}

/** Counts the requests of those who are part of the cluster. */
class Count implements Activity {
  #begun = 0;
  #ended = 0;

  isBusy(): boolean {
    return this.#begun > this.#ended;
  }

  count(): number {
    return this.#ended;
  }

  requestsOf(api: KubernetesApi): KubernetesApi {
    return {
      request: async (request) => {
        this.#begun++;
        try {
          return await api.request(request);
        } finally {
          this.#ended++;
        }
      },
      stream: (request) => api.stream(request),
    };
  }
}
