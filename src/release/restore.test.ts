import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { release } from "../../test/build/objects.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { appLabel } from "./labels.ts";
import { changesOf } from "./plan/plan-document.ts";
import type { RecordedObject } from "./record/record.ts";
import { planRestore, readRecorded } from "./restore.ts";
import { releaseStore } from "./record/store.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
});
afterEach(() => server.close());

function configMap(name: string): KubernetesObject {
  const metadata = { name, namespace: "default", labels: { [appLabel]: "shop" } };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: { k: "v" } };
}

async function apply(name: string): Promise<void> {
  await server.other.request({
    method: "PATCH",
    path: `/api/v1/namespaces/default/configmaps/${name}`,
    query: { fieldManager: "slipway" },
    contentType: "application/apply-patch+yaml",
    body: configMap(name),
  });
}

const recorded = (...names: string[]): RecordedObject[] => names.map((name) => ({ object: configMap(name) }));

it("planRestore() removes what came after the release that it goes back to, and nothing that this one had left there", async () => {
  const store = releaseStore(server.ports.api, { app: "shop", namespace: "default" });
  const releases = [
    { summary: release(1), objects: recorded("kept", "left") },
    { summary: release(2, { pruned: false }), objects: recorded("kept"), leftovers: recorded("left") },
    { summary: release(3, { outcome: "failed" }), objects: recorded("kept", "new"), leftovers: recorded("left") },
    {
      summary: release(4, { outcome: "failed" }),
      objects: recorded("newer"),
      leftovers: recorded("kept", "new", "left"),
    },
  ];
  for (const record of releases) await store.create(record);
  for (const name of ["kept", "left", "new", "newer"]) await apply(name);
  const history = await store.history();
  const target = history.find(({ revision }) => revision === 2);
  if (target === undefined) throw new Error("no release r2");
  const facts = { app: "shop", actor: "", repository: "", run: "", runId: "" };
  const plan = await planRestore(server.ports, {
    target,
    history,
    store,
    facts,
    budget: { ms: 1_000, untilMs: Infinity },
  });
  const removed = changesOf(plan).flatMap(({ action, object }) => (action === "delete" ? [object] : []));
  expect(removed).toEqual(["ConfigMap/newer", "ConfigMap/new"]);
  expect(plan.leftovers.map(({ object }) => object.metadata.name)).toEqual(["left"]);
});

it("readRecorded() reads the newest record that it can, and says which ones it cannot", async () => {
  const store = releaseStore(server.ports.api, { app: "shop", namespace: "default" });
  for (const [index, name] of ["one", "two", "three"].entries())
    await store.create({ summary: release(index + 1), objects: recorded(name), leftovers: recorded("left") });
  const path = "/api/v1/namespaces/default/secrets/slipway.shop.r3";
  const contentType = "application/merge-patch+json";
  await server.other.request({ method: "PATCH", path, contentType, body: { data: { release: "AAAA" } } });
  const told: string[] = [];
  const log = { ...server.ports.log, warning: (text: string) => void told.push(text) };
  const history = await store.history();
  server.requests.length = 0;
  const found = await readRecorded({ log }, store, history);
  expect(server.requests).toHaveLength(2);
  expect(found.map(({ object }) => object.metadata.name)).toEqual(["two", "left"]);
  expect(told).toEqual([
    expect.stringMatching(/^What only r3 applied is not known, .* slipway\.shop\.r3 because it is damaged/),
  ]);

  // One that nobody lets us read is not damaged: without it, what it alone applied would be left there for ever.
  const refusing: KubernetesApi = {
    ...server.ports.api,
    request: (request) => {
      if (request.path.endsWith(".r2")) throw new ApiError(409, undefined, { text: "not now" });
      return server.ports.api.request(request);
    },
  };
  const refused = releaseStore(refusing, { app: "shop", namespace: "default" });
  await expect(readRecorded({ log }, refused, await store.history())).rejects.toThrow("not now");
});
