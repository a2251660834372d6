import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { SlipwayError } from "../error.ts";
import type { ApiRequest, KubernetesApi } from "../kubernetes/api.ts";
import { parseManifests } from "../kubernetes/manifests/parse.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { beginBudget } from "../runner/budget.ts";
import { carryOut } from "./carry-out.ts";
import type { ReleaseResult } from "./carry-out.ts";
import { appLabel } from "./labels.ts";
import { planRelease } from "./plan/plan.ts";
import type { ReleasePorts } from "./ports.ts";
import { readRecorded } from "./restore.ts";
import { releaseStore } from "./record/store.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
  await server.other.request({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "shop" } } });
});
afterEach(() => server.close());

/** A ConfigMap, which is applied in the wave before the Service. */
const app = (value: string): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: config, namespace: shop, labels: { ${appLabel}: shop } }
data: { key: ${value} }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, labels: { ${appLabel}: shop } }
spec: { selector: { app: ${value} }, ports: [{ port: 80 }] }
`;

/** Plans and carries out a release of manifests, as deploy-doks does once it has the lock. */
async function release(text: string, ports: ReleasePorts = server.ports, runId = ""): Promise<ReleaseResult> {
  const { manifests } = parseManifests(text, { file: "app.yaml", variables: new Map() });
  const objects = manifests.map(({ object, source }) => {
    const kind = ports.discovery.find(object.apiVersion, object.kind);
    if (kind === undefined) throw new Error(`no kind ${object.kind}`);
    return { object, kind, source };
  });
  const store = releaseStore(ports.api, { app: "shop", namespace: "shop" });
  const history = await store.history();
  const recorded = await readRecorded(ports, store, history);
  const plan = await planRelease(server.ports, { app: "shop", objects, recorded, force: false, prune: true });
  const facts = { app: "shop", commit: "", actor: "", repository: "", run: "", runId, images: {} };
  return carryOut(ports, {
    facts,
    plan,
    history,
    store,
    force: false,
    wait: true,
    budget: beginBudget(ports.clock, 1_000),
  });
}

/** Calls `before` ahead of each request that is sent; what it throws is how the request ends. */
function portsWith(before: (request: ApiRequest) => unknown, signal = server.ports.signal): ReleasePorts {
  const { api } = server.ports;
  const request: KubernetesApi["request"] = async (each) => {
    await before(each);
    return api.request(each);
  };
  return { ...server.ports, signal, api: { request, stream: (each) => api.stream(each) } };
}

const read = (path: string): Promise<KubernetesObject> =>
  server.other.request({ method: "GET", path: `/api/v1/namespaces/shop/${path}` });

/** A watch on which nothing happens. */
async function* waiting(signal: AbortSignal | undefined): AsyncIterable<Uint8Array> {
  await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
  yield* [];
}

const boats = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.harbour.test }
spec:
  group: harbour.test
  scope: Namespaced
  names: { kind: Boat, plural: boats, singular: boat }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;

describe("carryOut()", () => {
  it("applies what a cancelled release did not get to, though its record has the same manifests", async () => {
    await release(app("one"));
    const cancel = new AbortController();
    const ports = portsWith(({ method, path }) => {
      if (method === "PATCH" && path.endsWith("/configmaps/config"))
        cancel.abort(new SlipwayError("The job was cancelled", { code: "cancelled" }));
    }, cancel.signal);
    expect((await release(app("two"), ports)).outcome).toBe("cancelled");
    expect((await read("configmaps/config")).data).toEqual({ key: "two" });
    expect((await read("services/web")).spec).toMatchObject({ selector: { app: "one" } });

    expect(await release(app("two"))).toMatchObject({ outcome: "succeeded", changed: true, release: { revision: 3 } });
    expect((await read("services/web")).spec).toMatchObject({ selector: { app: "two" } });
  });

  it("is no success when it cannot be recorded: nobody could verify it or go back to it", async () => {
    const away = new SlipwayError("the API server gave no answer", { code: "unreachable" });
    const ports = portsWith(({ method, path }) => {
      if (method === "PATCH" && path.endsWith("/secrets/slipway.shop.r1")) throw away;
    });
    const { outcome, error } = await release(app("one"), ports);
    expect(outcome).toBe("unknown");
    expect(error?.message).toMatch(/^Cannot record that r1 succeeded/);
    expect(await release(app("one"))).toMatchObject({ outcome: "succeeded", release: { revision: 2 }, changed: false });
  });

  it("makes a new release where the record of the last one is damaged: nobody could go back to that", async () => {
    await release(app("one"));
    const path = "/api/v1/namespaces/shop/secrets/slipway.shop.r1";
    const body = { metadata: { annotations: { "slipway.dev/parts": "0123456789abcdef 1" } } };
    await server.other.request({ method: "PATCH", path, contentType: "application/merge-patch+json", body });
    expect(await release(app("one"))).toMatchObject({ outcome: "succeeded", release: { revision: 2 }, changed: false });
    expect(await release(app("one"))).toMatchObject({ outcome: "succeeded", release: { revision: 2 }, changed: false });
  });

  it("records the newest run that found the release in place, and keeps what a smoke test wrote meanwhile", async () => {
    const store = releaseStore(server.ports.api, { app: "shop", namespace: "shop" });
    await release(app("one"), server.ports, "7");
    const [first] = await store.history();
    if (first !== undefined) await store.annotate({ ...first, verified: "2026-01-02T03:04:05Z" });
    for (const runId of ["9", "8", "7", ""]) {
      expect(await release(app("one"), server.ports, runId)).toMatchObject({ outcome: "succeeded", changed: false });
      expect(await store.history()).toEqual([{ ...first, verified: "2026-01-02T03:04:05Z", confirmedBy: "9" }]);
    }
  });

  it("applies nothing that comes after a kind which does not come up", async () => {
    const { api } = server.ports;
    /** As on a server that has not got round to the definition yet. */
    const slow: KubernetesApi = {
      request: async <T>(request: ApiRequest): Promise<T> => {
        const text = JSON.stringify(await api.request(request));
        return JSON.parse(
          text.replaceAll('"type":"Established","status":"True"', '"type":"Established","status":"False"'),
        ) as T;
      },
      stream: (request) => waiting(request.signal),
    };
    const result = await release(`${boats}---\n${app("one")}`, { ...server.ports, api: slow });
    expect(result).toMatchObject({ outcome: "timed-out", failures: [{ verdict: { status: "in-progress" } }] });
    await expect(read("configmaps/config")).rejects.toThrow("not found");
  });

  it("gives a server that does not answer any more few seconds to take the record of a cancelled release", async () => {
    const cancel = new AbortController();
    const ports = portsWith(({ method, path, signal }) => {
      if (method === "PATCH") cancel.abort(new SlipwayError("The job was cancelled", { code: "cancelled" }));
      if (method !== "PATCH" || !path.includes("/secrets/")) return undefined;
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("given up"))));
    }, cancel.signal);
    const started = performance.now();
    expect((await release(app("one"), ports)).outcome).toBe("cancelled");
    expect(performance.now() - started).toBeLessThan(4_500);
  });
});
