import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import { object } from "../../../test/build/objects.ts";
import type { ApiRequest, KubernetesApi } from "../../kubernetes/api.ts";
import type { KubernetesObject, ManagedFieldsEntry } from "../../kubernetes/object.ts";
import { applyObject } from "../rollout/apply-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { lastAppliedAnnotation, takeOver, takeoverOf, withLastApplied } from "./take-over.ts";
import type { TakeoverQuestion } from "./take-over.ts";

const entry = (
  manager: string,
  fields: Record<string, unknown>,
  rest: Partial<ManagedFieldsEntry> = {},
): ManagedFieldsEntry => {
  return { manager, operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1: fields, ...rest };
};
const data = (...keys: readonly string[]): Record<string, unknown> => {
  return { "f:data": Object.fromEntries([".", ...keys.map((key) => `f:${key}`)].map((key) => [key, {}])) };
};
const own = (...keys: readonly string[]): ManagedFieldsEntry => entry("slipway", data(...keys), { operation: "Apply" });

function released(it: KubernetesObject): ReleaseObject {
  const kind = {
    group: "",
    version: "v1",
    kind: it.kind,
    plural: "configmaps",
    namespaced: true,
    verbs: [],
    subresources: [],
  };
  return { object: it, kind };
}

const config = (content: Record<string, string>): KubernetesObject => object("ConfigMap", "c", { data: content });

function live(entries: readonly ManagedFieldsEntry[]): KubernetesObject {
  const it = config({ a: "1", b: "2" });
  it.metadata.managedFields = [...entries];
  return it;
}

describe("takeoverOf()", () => {
  const wanted = released(config({ a: "1" }));

  it.each<[string, Omit<TakeoverQuestion, "released">, unknown]>([
    ["nothing, where nobody else owns anything", { live: live([own("a", "b")]), previous: undefined }, undefined],
    [
      "all of what made the object",
      { live: live([entry("kubectl-create", data("a", "b"))]), previous: undefined },
      { from: ["kubectl-create"], paths: [["f:data", "f:b"]] },
    ],
    [
      "nothing of controllers and other tools",
      { live: live([entry("kube-controller-manager", data("b")), entry("argocd", data("a"))]), previous: undefined },
      undefined,
    ],
    [
      "nothing that somebody else owns too",
      { live: live([entry("kubectl-create", data("a", "b")), entry("operator", data("b"))]), previous: undefined },
      { from: ["kubectl-create"], paths: [] },
    ],
    [
      "of what people edited, what was this app's",
      { live: live([own("a"), entry("kubectl-edit", data("b"))]), previous: config({ a: "1", b: "1" }) },
      { from: [], paths: [["f:data", "f:b"]] },
    ],
    [
      "nothing that people added",
      { live: live([own("a"), entry("kubectl-edit", data("b"))]), previous: config({ a: "1" }) },
      undefined,
    ],
    [
      "no status",
      { live: live([entry("kubectl-edit", data("b"), { subresource: "status" })]), previous: config({ b: "1" }) },
      undefined,
    ],
    [
      "no fields of another version, whose paths may mean something else",
      { live: live([entry("helm", data("b"), { apiVersion: "v0" })]), previous: undefined },
      { from: ["helm"], paths: [] },
    ],
  ])("takes %s", (_name, question, expected) => {
    expect(takeoverOf({ released: wanted, ...question })).toEqual(expected);
  });

  it("takes nothing of a namespace, whose labels are others' too", () => {
    const namespace = object("Namespace", "shop");
    const enforced = structuredClone(namespace);
    enforced.metadata.labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    const fields = { "f:metadata": { "f:labels": { "f:pod-security.kubernetes.io/enforce": {} } } };
    enforced.metadata.managedFields = [entry("kubectl-client-side-apply", fields)];
    expect(takeoverOf({ released: released(namespace), live: enforced, previous: undefined })).toBeUndefined();
    enforced.metadata.annotations = { [lastAppliedAnnotation]: "{}" };
    expect(withLastApplied(namespace, enforced)).toBe(namespace);
  });

  it("keeps no copy for kubectl that would be too large for an annotation", () => {
    const [before, after] = [config({}), config({ a: "x".repeat(250_000) })];
    before.metadata.annotations = { [lastAppliedAnnotation]: "{}" };
    expect(withLastApplied(after, before)).toBe(after);
    expect(withLastApplied(config({ a: "1" }), before).metadata.annotations?.[lastAppliedAnnotation]).toContain(
      '"a":"1"',
    );
  });

  it("knows list items by their keys, also by those that are defaults", () => {
    const ports = { "f:spec": { "f:ports": { 'k:{"port":80,"protocol":"TCP"}': { ".": {}, "f:port": {} } } } };
    const service = object("Service", "s", { spec: { ports: [{ port: 80 }] } });
    const it = object("Service", "s", { spec: { ports: [{ port: 80, protocol: "TCP" }] } });
    it.metadata.managedFields = [entry("helm", ports)];
    expect(takeoverOf({ released: released(service), live: it, previous: undefined })).toEqual({
      from: ["helm"],
      paths: [],
    });
  });
});

describe("takeOver()", () => {
  let server: TestApiServer;
  beforeEach(async () => {
    server = await testApiServer();
    await server.other.request({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "shop" } } });
  });
  afterEach(() => server.close());

  it("starts again where the object changes meanwhile, and changes no value itself", async () => {
    const path = "/api/v1/namespaces/shop/configmaps";
    const body = config({ a: "1", b: "2" });
    const made = await server.other.request<KubernetesObject>({
      method: "POST",
      path,
      query: { fieldManager: "kubectl-create" },
      body,
    });
    const wanted = released(config({ a: "1" }));
    const takeover = takeoverOf({ released: wanted, live: made, previous: undefined });
    if (takeover === undefined) throw new Error("nothing to take over");
    let writes = 0;
    const meddle = async ({ contentType }: ApiRequest): Promise<void> => {
      if (contentType !== "application/json-patch+json" || (writes += 1) > 2) return;
      const query = { fieldManager: "operator" };
      const change = { data: { c: String(writes) } };
      await server.other.request({
        method: "PATCH",
        path: `${path}/c`,
        query,
        contentType: "application/merge-patch+json",
        body: change,
      });
    };
    const { api } = server.ports;
    const busy: KubernetesApi = {
      request: async <T>(request: ApiRequest): Promise<T> => {
        await meddle(request);
        return api.request<T>(request);
      },
      stream: (request) => api.stream(request),
    };
    await takeOver(busy, { released: wanted, live: made, takeover });
    expect(writes).toBe(3);
    const taken = await api.request<KubernetesObject>({ method: "GET", path: `${path}/c` });
    expect(taken.data).toEqual({ a: "1", b: "2", c: "2" });
    const applied = await applyObject({ api }, wanted, { live: taken, force: false, dryRun: false });
    expect(applied.data).toEqual({ a: "1", c: "2" });
    expect(applied.metadata.managedFields?.map(({ manager }) => manager).sort()).toEqual(["operator", "slipway"]);
  });
});
