import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import { object } from "../../../test/build/objects.ts";
import type { ResourceKind } from "../../kubernetes/discovery.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { recordType } from "../labels.ts";
import { readLiveObjects } from "./live-objects.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
  await server.other.request({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "shop" } } });
});
afterEach(() => server.close());

async function create(plural: string, body: KubernetesObject): Promise<void> {
  await server.other.request({ method: "POST", path: `/api/v1/namespaces/shop/${plural}`, body });
}

function wanted(kind: string, ...names: string[]): { object: KubernetesObject; kind: ResourceKind }[] {
  const found = server.ports.discovery.find("v1", kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return names.map((name) => ({ object: object(kind, name), kind: found }));
}

async function read(...objects: ReturnType<typeof wanted>): Promise<string[]> {
  return [...(await readLiveObjects(server.ports, objects)).keys()].sort();
}

describe("readLiveObjects()", () => {
  it("reads few objects of a kind one by one, more as one list, and leaves out what nobody asked for", async () => {
    for (const name of ["a", "b", "c", "other"]) await create("configmaps", object("ConfigMap", name));
    await create("services", object("Service", "web", { spec: { ports: [{ port: 80 }] } }));
    const found = await read(...wanted("ConfigMap", "a", "b", "c", "missing"), ...wanted("Service", "web", "missing"));
    expect(found).toEqual(["/ConfigMap/shop/a", "/ConfigMap/shop/b", "/ConfigMap/shop/c", "/Service/shop/web"]);
    expect(server.requests).toEqual([
      "GET /api/v1/namespaces/shop/configmaps?limit=500",
      "GET /api/v1/namespaces/shop/services/web",
      "GET /api/v1/namespaces/shop/services/missing",
    ]);
  });

  it("does not read the histories of releases, which can be a hundred times as large as the Secrets of the app", async () => {
    const histories = { helm: "helm.sh/release.v1", ours: recordType };
    for (const [name, type] of Object.entries(histories)) await create("secrets", object("Secret", name, { type }));
    for (const name of ["a", "b", "c"]) await create("secrets", object("Secret", name, { type: "Opaque" }));
    expect(await read(...wanted("Secret", "a", "b", "c", ...Object.keys(histories)))).toEqual(
      ["a", "b", "c"].map((name) => `/Secret/shop/${name}`),
    );
    expect(server.requests).toHaveLength(1);
  });

  it("finds nothing in a namespace that does not exist", async () => {
    const elsewhere = wanted("ConfigMap", "a", "b", "c").map(({ object: { metadata, ...rest }, kind }) => {
      return { object: { ...rest, metadata: { ...metadata, namespace: "elsewhere" } }, kind };
    });
    expect(await read(...elsewhere)).toEqual([]);
  });
});
