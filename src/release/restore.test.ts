import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { release } from "../../test/build/objects.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { appLabel } from "./labels.ts";
import { changesOf } from "./plan.ts";
import { planRestore } from "./restore.ts";
import { releaseStore } from "./store.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
});
afterEach(() => server.close());

function configMap(name: string): KubernetesObject {
  const metadata = { name, namespace: "default", labels: { [appLabel]: "shop" } };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data: { k: "v" } };
}

it("planRestore() removes what came after the release that it goes back to, and nothing that this one had left there", async () => {
  const store = releaseStore(server.ports.api, { app: "shop", namespace: "default" });
  const releases = [
    { summary: release(1), objects: ["kept", "left"] },
    { summary: release(2, { pruned: false }), objects: ["kept"] },
    { summary: release(3, { outcome: "failed" }), objects: ["kept", "new"] },
  ];
  for (const { summary, objects } of releases)
    await store.create({ summary, objects: objects.map((name) => ({ object: configMap(name) })) });
  for (const name of ["kept", "left", "new"])
    await server.other.request({
      method: "POST",
      path: "/api/v1/namespaces/default/configmaps",
      body: configMap(name),
    });
  const [, target] = await store.history();
  if (target === undefined) throw new Error("no release r2");
  const facts = { app: "shop", actor: "", repository: "", run: "", runId: "" };
  const plan = await planRestore(server.ports, {
    target,
    history: await store.history(),
    store,
    facts,
    timeoutMs: 1_000,
  });
  const removed = changesOf(plan).flatMap(({ action, object }) => (action === "delete" ? [object] : []));
  expect(removed).toEqual(["ConfigMap/new"]);
});
