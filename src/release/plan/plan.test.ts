import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import type { SlipwayError } from "../../error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import { parseManifests } from "../../kubernetes/manifests/parse.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { applyObject } from "../rollout/apply-object.ts";
import { appLabel } from "../labels.ts";
import { ownedHash } from "../fields/owned-fields.ts";
import { planRelease } from "./plan.ts";
import type { PlanRequest } from "./plan.ts";
import { changesOf } from "./plan-document.ts";
import type { Change } from "./plan-document.ts";
import type { RecordedObject } from "../record/record.ts";
import type { ReleaseObject } from "../release-object.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
  await server.other.request({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "shop" } } });
});
afterEach(() => server.close());

const config = (name: string, data: string, labels = `{ ${appLabel}: shop }`): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\n  labels: ${labels}\ndata:\n  ${data}\n`;

const deployment = (spec: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d, namespace: shop, labels: { ${appLabel}: shop } }\nspec:\n  ${spec}\n  selector: { matchLabels: { app: d } }\n  template:\n    metadata: { labels: { app: d } }\n    spec: { containers: [{ name: c, image: i }] }\n`;

function objects(...texts: string[]): ReleaseObject[] {
  const { manifests, problems } = parseManifests(texts.join("---\n"), { file: "app.yaml", variables: new Map() });
  expect(problems).toEqual([]);
  return manifests.map(({ object, source }) => {
    const kind = server.ports.discovery.find(object.apiVersion, object.kind);
    if (kind === undefined) throw new Error(`no kind ${object.kind}`);
    return { object, kind, source };
  });
}

async function plan(released: ReleaseObject[], rest: Partial<PlanRequest> = {}): Promise<Change[]> {
  const request = { app: "shop", objects: released, recorded: [], force: false, prune: true, ...rest };
  return changesOf(await planRelease(server.ports, request));
}

async function apply(released: ReleaseObject[]): Promise<RecordedObject[]> {
  return Promise.all(
    released.map(async (each) => {
      const live = await applyObject(server.ports, each, { live: undefined, force: false, dryRun: false });
      const applied = ownedHash(live, { withoutReplicas: each.autoscaledBy !== undefined });
      return { object: each.object, ...(applied === undefined ? {} : { applied }) };
    }),
  );
}

async function problemsOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason as SlipwayError,
  );
  return error?.problems.map(({ message, line }) => [line, message]);
}

const patch = (name: string, body: unknown): Promise<KubernetesObject> =>
  server.other.request({
    method: "PATCH",
    path: `/api/v1/namespaces/shop/configmaps/${name}`,
    query: { fieldManager: "kubectl-edit" },
    contentType: "application/merge-patch+json",
    body,
  });

const actions = (changes: Change[]): string[] => changes.map(({ action, object }) => `${action} ${object}`);

describe("planRelease()", () => {
  it("creates what is not there, and writes nothing", async () => {
    expect(actions(await plan(objects(config("a", "k: v"))))).toEqual(["create ConfigMap/a"]);
    await expect(server.other.request({ method: "GET", path: "/api/v1/namespaces/shop/configmaps/a" })).rejects.toThrow(
      "not found",
    );
  });

  it("asks nothing about objects that nobody touched since they were applied like this", async () => {
    const released = objects(
      ...Array.from({ length: 30 }, (_, i) => config(`c${i}`, "k: v")),
      deployment("replicas: 2"),
    );
    const recorded = await apply(released);
    server.requests.length = 0;
    const changes = await plan(released, { recorded });
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
    expect(server.requests).toHaveLength(3);
  });

  it("shows the fields that an apply would change, by the server's own word", async () => {
    const recorded = await apply(objects(config("a", "k: v")));
    const [change] = await plan(objects(config("a", "k: w")), { recorded });
    expect(change).toMatchObject({
      action: "update",
      fields: [{ path: "data.k", before: "v", after: "w" }],
      file: "app.yaml",
      line: 1,
    });
  });

  it("finds what somebody changed by hand, though the manifest is the same", async () => {
    const recorded = await apply(objects(config("a", "k: v")));
    await patch("a", { data: { k: "by hand" } });
    expect(await problemsOf(plan(objects(config("a", "k: v")), { recorded }))).toEqual([
      [8, "ConfigMap/a: data.k belongs to kubectl-edit, who set it to another value"],
    ]);
    const [change] = await plan(objects(config("a", "k: v")), { recorded, force: true });
    expect(change).toMatchObject({ action: "update", fields: [{ path: "data.k", before: "by hand", after: "v" }] });
    expect(change?.taken).toEqual([expect.stringContaining('data.k (conflict with "kubectl-edit"')]);
  });

  it("leaves alone what somebody added beside our fields", async () => {
    const recorded = await apply(objects(config("a", "k: v")));
    await patch("a", { data: { theirs: "x" } });
    expect(actions(await plan(objects(config("a", "k: v")), { recorded }))).toEqual(["unchanged ConfigMap/a"]);
  });

  it("tells all problems at once, each at its line", async () => {
    const released = objects(deployment("replica: 2"), config("b", "k: { not: text }"), config("c", "k: v"));
    expect(await problemsOf(plan(released))).toEqual([
      [5, "Deployment/d: there is no field spec.replica"],
      [18, expect.stringMatching(/^ConfigMap\/b: data\.k/)],
    ]);
  });

  it("checks objects whose namespace comes with the deploy, before it exists", async () => {
    const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop2 }\n";
    const inside = (text: string): string => text.replace("namespace: shop", "namespace: shop2");
    expect(actions(await plan(objects(namespace, inside(deployment("replicas: 2")))))).toEqual([
      "create Namespace/shop2",
      "create Deployment/d",
    ]);
    expect(await problemsOf(plan(objects(namespace, inside(deployment("replica: 2")))))).toEqual([
      [9, "Deployment/d: there is no field spec.replica"],
    ]);
  });

  it("names a namespace that neither exists nor comes with the deploy", async () => {
    const [problem] = (await problemsOf(
      plan(objects(config("a", "k: v").replace("namespace: shop", "namespace: shpo"))),
    )) as unknown[][];
    expect(problem).toEqual([5, expect.stringContaining('its namespace "shpo" does not exist')]);
  });

  it("refuses an object that belongs to another app", async () => {
    await apply(objects(config("a", "k: v", `{ ${appLabel}: other }`)));
    expect(await problemsOf(plan(objects(config("a", "k: v"))))).toEqual([
      [1, expect.stringContaining('it belongs to the app "other"')],
    ]);
  });

  it("deletes what earlier releases held and this one does not, but never what may be somebody else's", async () => {
    const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: v, namespace: shop, labels: { ${appLabel}: shop } }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n`;
    const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: { name: side }\n";
    const recorded = await apply(
      objects(config("a", "k: v"), config("b", "k: v"), config("c", "k: v"), claim, namespace),
    );
    await patch("b", { metadata: { labels: { [appLabel]: "other" } } });
    await server.other.request({ method: "DELETE", path: "/api/v1/namespaces/shop/configmaps/c" });
    expect(actions(await plan([], { recorded }))).toEqual([
      "delete ConfigMap/a",
      "skip ConfigMap/b",
      "skip PersistentVolumeClaim/v",
      "skip Namespace/side",
    ]);
    expect(await plan([], { recorded, prune: false })).toEqual([]);
  });

  it("does not take back the replicas that an autoscaler chose", async () => {
    const autoscaled = objects(deployment("replicas: 2")).map((each) => ({ ...each, autoscaledBy: "hpa" }));
    const recorded = await apply(autoscaled);
    await server.other.request({
      method: "PATCH",
      path: "/apis/apps/v1/namespaces/shop/deployments/d/scale",
      query: { fieldManager: "kube-controller-manager" },
      contentType: "application/merge-patch+json",
      body: { spec: { replicas: 7 } },
    });
    expect(actions(await plan(autoscaled, { recorded }))).toEqual(["unchanged Deployment/d"]);
    const changed = objects(deployment("replicas: 2\n  minReadySeconds: 1")).map((each) => ({
      ...each,
      autoscaledBy: "hpa",
    }));
    const [change] = await plan(changed, { recorded });
    expect(change?.fields).toEqual([{ path: "spec.minReadySeconds", after: 1 }]);
  });

  it("gives the manifest its replicas back when the autoscaler that chose them is gone", async () => {
    const released = objects(deployment("replicas: 2"));
    const recorded = (await apply(released.map((each) => ({ ...each, autoscaledBy: "hpa" })))).map((each) => ({
      ...each,
      autoscaledBy: "hpa",
    }));
    await server.other.request({
      method: "PATCH",
      path: "/apis/apps/v1/namespaces/shop/deployments/d/scale",
      query: { fieldManager: "kube-controller-manager" },
      contentType: "application/merge-patch+json",
      body: { spec: { replicas: 7 } },
    });
    const [change] = await plan(released, { recorded });
    expect(change?.fields).toEqual([{ path: "spec.replicas", before: 7, after: 2 }]);
    expect(change?.taken).toEqual([expect.stringContaining('spec.replicas (conflict with "kube-controller-manager"')]);
    expect(await problemsOf(plan(released))).toEqual([
      [5, expect.stringContaining("spec.replicas belongs to kube-controller-manager")],
    ]);
  });

  it("tells what the server warns of in a hook, at its line, once", async () => {
    const job = `apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: shop, annotations: { slipway.dev/hook: pre-deploy } }
spec:
  template:
    spec:
      restartPolicy: Never
      nodeSelector: { beta.kubernetes.io/os: linux }
      containers: [{ name: c, image: i }]
`;
    const message =
      'spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os"';
    const { api } = server.ports;
    const warning: KubernetesApi = {
      request(request) {
        if (request.path.endsWith("/jobs") && request.method === "POST") request.onWarning?.(message);
        return api.request(request);
      },
      stream: (request) => api.stream(request),
    };
    const released = objects(job);
    const request = { app: "shop", objects: released, recorded: [], force: false, prune: true };
    const [change] = changesOf(await planRelease({ ...server.ports, api: warning }, request));
    expect(change).toMatchObject({ object: "Job/migrate-r1", warnings: [{ message, file: "app.yaml", line: 8 }] });
    const recorded = released.map(({ object }) => ({ object }));
    const [again] = changesOf(await planRelease({ ...server.ports, api: warning }, { ...request, recorded }));
    expect(again).not.toHaveProperty("warnings");
  });

  it("keeps the replicas that are there when an autoscaler comes to a workload which had none", async () => {
    const released = objects(deployment("replicas: 3"));
    await apply(released);
    const live = await server.other.request<KubernetesObject>({
      method: "GET",
      path: "/apis/apps/v1/namespaces/shop/deployments/d",
    });
    const [first] = released;
    if (first === undefined) throw new Error("no object");
    const applied = await applyObject(
      server.ports,
      { ...first, autoscaledBy: "hpa" },
      { live, force: false, dryRun: false },
    );
    expect(applied.spec).toMatchObject({ replicas: 3 });
  });
});
