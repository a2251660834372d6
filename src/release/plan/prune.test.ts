import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { losingAnswers, testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import { kind, object } from "../../../test/build/objects.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import { makeDiscovery } from "../../kubernetes/discovery.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { appLabel } from "../labels.ts";
import { findLeftovers, leftoversAfter, planRemovals, removeLeftover } from "./prune.ts";
import type { Leftover, PlannedRemoval } from "./prune.ts";
import { keyOf } from "../release-object.ts";

const discovery = makeDiscovery(
  [
    kind("ConfigMap", "configmaps"),
    kind("PersistentVolumeClaim", "persistentvolumeclaims"),
    kind("Namespace", "namespaces", { namespaced: false }),
    kind("Deployment", "deployments", { group: "apps" }),
    kind("HorizontalPodAutoscaler", "horizontalpodautoscalers", { group: "autoscaling", version: "v2" }),
    kind("Ingress", "ingresses", { group: "networking.k8s.io" }),
  ],
  ["metrics.test/v1"],
);

function released(of: KubernetesObject): Leftover {
  const found = discovery.find(of.apiVersion, of.kind);
  if (found === undefined) throw new Error(`no kind ${of.kind}`);
  return { object: of, kind: found, recorded: { object: of } };
}

describe("findLeftovers()", () => {
  const names = (
    recorded: KubernetesObject[],
    options: Partial<Parameters<typeof findLeftovers>[1]> = {},
  ): string[] => {
    const request = { objects: [], recorded: recorded.map((each) => ({ object: each })), prune: true, ...options };
    return findLeftovers(discovery, request).removable.map(({ object: each }) => keyOf(each));
  };
  const ingress = { ...object("Ingress", "web"), apiVersion: "extensions/v1beta1" };

  it("is what was recorded and is not released", () => {
    const [a, b] = [object("ConfigMap", "a"), object("ConfigMap", "b")];
    expect(names([a, b], { objects: [released(a)] })).toEqual(["/ConfigMap/shop/b"]);
  });

  it("looks for an object by the version, and in the group, that the server has today", () => {
    const autoscaler = { ...object("HorizontalPodAutoscaler", "web"), apiVersion: "autoscaling/v2beta2" };
    expect(names([autoscaler, ingress])).toEqual([
      "autoscaling/HorizontalPodAutoscaler/shop/web",
      "networking.k8s.io/Ingress/shop/web",
    ]);
  });

  it("is no object that the release has by another version or in the group that its kind has moved to", () => {
    const moved = { ...ingress, apiVersion: "networking.k8s.io/v1" };
    expect(names([ingress], { objects: [released(moved)] })).toEqual([]);
  });

  it("keeps what stays for the next release to know: not pruned, beside the release, or of an API that is away", () => {
    const [a, b] = [object("ConfigMap", "a"), object("ConfigMap", "b")];
    const away = { ...object("Gauge", "g"), apiVersion: "metrics.test/v1" };
    const gone = { ...object("Gauge", "g"), apiVersion: "gone.test/v1" };
    const recorded = [a, b, away, gone].map((each) => ({ object: each, uid: "u" }));
    const left = (options: object): string[] =>
      findLeftovers(discovery, { objects: [], recorded, prune: true, ...options }).leftovers.map(
        ({ object: each }) => each.metadata.name,
      );
    expect(left({})).toEqual(["g"]);
    expect(left({ prune: false })).toEqual(["a", "b", "g"]);
    expect(left({ beside: [{ object: a }] })).toEqual(["a", "g"]);
  });

  it("keeps of a Secret only what it takes to find it", () => {
    const secret = object("ConfigMap", "a", { data: { password: "hunter2" } });
    const found = findLeftovers(discovery, { objects: [], recorded: [{ object: secret, uid: "u" }], prune: false });
    expect(found.leftovers).toEqual([
      { object: { apiVersion: "v1", kind: "ConfigMap", metadata: secret.metadata }, uid: "u" },
    ]);
  });
});

describe("planRemovals()", () => {
  const owned = {
    labels: { [appLabel]: "shop" },
    uid: "1",
    managedFields: [{ manager: "slipway", operation: "Apply" as const }],
  };
  const live = (metadata: Partial<KubernetesObject["metadata"]> = {}, what = "ConfigMap"): KubernetesObject => {
    const plain = object(what, "a");
    return { ...plain, metadata: { ...plain.metadata, ...owned, ...metadata } };
  };
  const plan = (found: KubernetesObject, uid?: string): string[] => {
    const plain = released({ ...found, metadata: object(found.kind, "a").metadata });
    const leftover = { ...plain, recorded: { ...plain.recorded, ...(uid && { uid }) } };
    const removals = planRemovals({ app: "shop", objects: [] }, [leftover], new Map([[keyOf(found), found]]));
    return removals.map(({ action, reason }) => (reason === undefined ? action : `${action}: ${reason}`));
  };

  it.each<[string, KubernetesObject, string[]]>([
    ["deletes what is the app's still", live(), ["delete"]],
    ["passes over what is on its way", live({ deletionTimestamp: "2026-01-01T00:00:00Z" }), []],
    ["keeps what another app has", live({ labels: { [appLabel]: "other" } }), ["skip: it belongs to other now"]],
    ["keeps what is nobody's", live({ labels: {} }), ["skip: it is nobody's now"]],
    [
      "keeps what Helm has adopted",
      live({
        labels: { ...owned.labels, "app.kubernetes.io/managed-by": "Helm" },
        annotations: { "meta.helm.sh/release-name": "web" },
      }),
      ["skip: it belongs to the Helm release web now"],
    ],
    [
      "keeps what a controller has",
      live({ ownerReferences: [{ apiVersion: "v1", kind: "Boat", name: "b", uid: "9", controller: true }] }),
      ["skip: it belongs to Boat/b now"],
    ],
    [
      "keeps what others have taken over whole",
      live({ managedFields: [] }),
      ["skip: others have taken all of its fields over"],
    ],
    [
      "keeps what a person wants kept",
      live({ annotations: { "slipway.dev/prune": "false" } }),
      ["skip: its annotation slipway.dev/prune keeps it"],
    ],
    ["keeps a volume claim", live({}, "PersistentVolumeClaim"), ["skip: it may hold data"]],
    [
      "deletes a volume claim that may go",
      live({ annotations: { "slipway.dev/prune": "true" } }, "PersistentVolumeClaim"),
      ["delete"],
    ],
    [
      "keeps a namespace whatever is asked",
      live({ annotations: { "slipway.dev/prune": "true" } }, "Namespace"),
      ["skip: a Namespace is never pruned"],
    ],
  ])("%s", (_what, found, expected) => {
    expect(plan(found)).toEqual(expected);
  });

  it("keeps what somebody has made anew, as far as that is known", () => {
    expect(plan(live(), "1")).toEqual(["delete"]);
    expect(plan(live(), "0")).toEqual(["skip: somebody has deleted it and made it anew since"]);
  });

  it("never takes an object for another that the release has in another group", () => {
    const kept = released(object("Deployment", "a"));
    const found = live();
    const both = new Map([
      [keyOf(found), found],
      [keyOf(kept.object), { ...kept.object, metadata: { ...kept.object.metadata, uid: "1" } }],
    ]);
    const leftover = released(object("ConfigMap", "a"));
    expect(planRemovals({ app: "shop", objects: [kept] }, [leftover], both)).toEqual([]);
  });
});

describe("removeLeftover()", () => {
  let server: TestApiServer;
  beforeEach(async () => {
    server = await testApiServer();
  });
  afterEach(() => server.close());

  const path = "/api/v1/namespaces/default/configmaps/a";
  const identity = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "default" } };
  const apply = (app: string): Promise<KubernetesObject> => {
    const body = { ...identity, metadata: { ...identity.metadata, labels: { [appLabel]: app } } };
    const query = { fieldManager: "slipway", force: true };
    return server.other.request({ method: "PATCH", path, query, contentType: "application/apply-patch+yaml", body });
  };
  const planned = async (): Promise<PlannedRemoval> => ({
    released: released(identity),
    live: await apply("shop"),
    action: "delete",
  });
  const edit = (body: unknown): Promise<unknown> =>
    server.other.request({ method: "PATCH", path, contentType: "application/merge-patch+json", body });
  const read = (): Promise<KubernetesObject> => server.other.request({ method: "GET", path });

  it("deletes, though the object has changed since, and though the answer is lost", async () => {
    const removal = await planned();
    await edit({ data: { status: "changes all the time" } });
    expect(await removeLeftover(losingAnswers(server.ports.api), "shop", removal)).toBeUndefined();
    await expect(read()).rejects.toThrow("not found");
    expect(await removeLeftover(server.ports.api, "shop", removal)).toBeUndefined();
  });

  it("leaves what another app has adopted since the plan was made", async () => {
    const removal = await planned();
    await apply("other");
    expect(await removeLeftover(server.ports.api, "shop", removal)).toBe("it belongs to other now");
    await read();
  });

  it("leaves what was made anew since the plan was made", async () => {
    const removal = await planned();
    await server.other.request({ method: "DELETE", path });
    await apply("shop");
    expect(await removeLeftover(server.ports.api, "shop", removal)).toBe(
      "somebody has deleted it and made it anew since",
    );
    await read();
  });

  it("is done with an object that waits for its finalizers", async () => {
    await planned();
    await edit({ metadata: { finalizers: ["harbour.test/pilot"] } });
    const removal: PlannedRemoval = { released: released(identity), live: await read(), action: "delete" };
    expect(await removeLeftover(losingAnswers(server.ports.api), "shop", removal)).toBeUndefined();
    expect((await read()).metadata.deletionTimestamp).toBeDefined();
  });

  it("passes on what the server has against it", async () => {
    const removal = await planned();
    const api: KubernetesApi = { ...server.ports.api, request: () => Promise.reject(new Error("denied")) };
    await expect(removeLeftover(api, "shop", removal)).rejects.toThrow("denied");
  });
});

it("leftoversAfter() a release that did not end well is everything that may still be there", () => {
  const rest = { objects: [], hooks: [], hookNamespaces: [], leftovers: [{ object: object("ConfigMap", "old") }] };
  const removal: PlannedRemoval = {
    released: released(object("ConfigMap", "a")),
    live: object("ConfigMap", "a"),
    action: "delete",
  };
  const after = (outcome: Parameters<typeof leftoversAfter>[1]): string[] =>
    leftoversAfter({ ...rest, removals: [removal] }, outcome).map(({ object: each }) => each.metadata.name);
  expect(after("pending")).toEqual(["old", "a"]);
  expect(after("failed")).toEqual(["old", "a"]);
  expect(after("succeeded")).toEqual(["old"]);
});
