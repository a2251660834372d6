import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { refusal, startTestServer } from "./testing/test-server.ts";
import type { TestServer } from "./testing/test-server.ts";

const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const gadgets = "/apis/example.com/v1/namespaces/ns/gadgets";

const spec = {
  type: "object",
  required: ["size"],
  properties: {
    size: { type: "integer", minimum: 1, maximum: 9, default: 3 },
    colour: { type: "string", enum: ["red", "blue"] },
    code: { type: "string", pattern: "^[a-z]+$", maxLength: 4 },
    tags: { type: "array", minItems: 1, items: { type: "string" } },
    port: { "x-kubernetes-int-or-string": true },
    free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    limits: { type: "object", additionalProperties: { type: "integer" } },
    nested: {
      type: "object",
      required: ["a"],
      properties: { a: { type: "string" }, b: { type: "string", default: "x" } },
    },
  },
};

const openAPIV3Schema = {
  type: "object",
  properties: { spec, status: { type: "object", properties: { ready: { type: "boolean" } } } },
};
const definition = {
  metadata: { name: "gadgets.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "gadgets", kind: "Gadget", shortNames: ["gd"] },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema },
        subresources: { status: {} },
      },
      { name: "v1beta1", served: true, storage: false, schema: { openAPIV3Schema }, subresources: { status: {} } },
    ],
  },
};

function gadget(name: string, content: object): object {
  return { apiVersion: "example.com/v1", kind: "Gadget", metadata: { name }, spec: content };
}

describe("a custom resource", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
    await test.create(definitions, definition);
  });
  afterAll(() => test.server.close());

  it("gets the defaults of its schema, and loses what the schema does not know", async () => {
    const given = { unknown: 1, nested: { a: "1", c: 2 }, free: { any: { thing: true } } };
    expect(await test.create(gadgets, gadget("complete", given))).toMatchObject({
      metadata: { generation: 1 },
      spec: { size: 3, nested: { a: "1", b: "x" }, free: { any: { thing: true } } },
    });
    expect(Object.keys((await test.get(`${gadgets}/complete`)).spec ?? {})).not.toContain("unknown");
  });

  it.each([
    [{ size: 0 }, "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1"],
    [{ size: 10 }, "spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9"],
    [{ size: "big" }, 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"'],
    [{ colour: "green" }, 'spec.colour: Unsupported value: "green": supported values: "red", "blue"'],
    [{ code: "A" }, "spec.code: Invalid value: \"A\": spec.code in body should match '^[a-z]+$'"],
    [{ code: "abcde" }, "spec.code: Too long: may not be more than 4 bytes"],
    [{ tags: [] }, "spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items"],
    [{ tags: ["a", 1] }, 'spec.tags[1]: Invalid value: "number": spec.tags[1] in body must be of type string'],
    [{ port: true }, "spec.port: Invalid value"],
    [{ limits: { a: "1" } }, "spec.limits.a: Invalid value"],
    [{ nested: {} }, "spec.nested.a: Required value"],
  ])("is held against its schema: %j", async (content, message) => {
    const status = await refusal(test.create(gadgets, gadget("wrong", content)));
    expect(status.message).toContain(message);
    expect(status).toMatchObject({ code: 422, details: { group: "example.com", kind: "Gadget" } });
  });

  it("keeps its status apart from the rest", async () => {
    await test.create(gadgets, { ...gadget("split", { size: 1 }), status: { ready: true } });
    const changed = await test.merge(`${gadgets}/split/status`, { spec: { size: 9 }, status: { ready: true } });
    expect(changed).toMatchObject({ metadata: { generation: 1 }, spec: { size: 1 }, status: { ready: true } });
    expect(await test.merge(`${gadgets}/split`, { status: { ready: false } })).toMatchObject({
      status: { ready: true },
    });
  });

  it("is served in each version of its definition, and found by discovery", async () => {
    await test.create(gadgets, gadget("versioned", { size: 2 }));
    const other = await test.get(`/apis/example.com/v1beta1/namespaces/ns/gadgets/versioned`);
    expect(other).toMatchObject({ apiVersion: "example.com/v1beta1", spec: { size: 2 } });
    const list = await test.get<{ resources: { name: string; shortNames?: string[] }[] }>("/apis/example.com/v1");
    expect(list.resources).toMatchObject([{ name: "gadgets", shortNames: ["gd"] }, { name: "gadgets/status" }]);
  });

  it("is printed with its age", async () => {
    await test.create(gadgets, gadget("printed", { size: 4 }));
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    const table = await test.api.request({ method: "GET", path: `${gadgets}/printed`, accept });
    expect(table).toMatchObject({
      columnDefinitions: [{ name: "Name" }, { name: "Age" }],
      rows: [{ cells: ["printed", expect.stringMatching(/^\d+s$/)] }],
    });
  });

  it("goes with its definition, which waits for finalizers", async () => {
    const names = { plural: "things", kind: "Thing" };
    const things = "/apis/example.org/v1/namespaces/ns/things";
    await test.create(definitions, {
      metadata: { name: "things.example.org" },
      spec: { ...definition.spec, group: "example.org", names },
    });
    await test.create(things, { metadata: { name: "held", finalizers: ["example.org/hold"] }, spec: {} });
    const watch = test.watch(definitions, { fieldSelector: "metadata.name=things.example.org" });
    await test.remove(`${definitions}/things.example.org`);
    const events: string[] = [];
    for (let event = await watch.next(); event !== undefined && event.type !== "DELETED"; event = await watch.next()) {
      events.push(event.type);
      const isGoing = event.object.metadata.deletionTimestamp !== undefined;
      if (isGoing) await whenMarked(test, `${things}/held`);
    }
    watch.stop();
    expect(events.length).toBeGreaterThan(0);
    await expect(test.get(things)).rejects.toMatchObject({ status: 404 });
  });
});

/** Once the cleanup has reached the object, lets it go. */
async function whenMarked(test: TestServer, path: string): Promise<void> {
  const watch = test.watch(path.replace(/\/[^/]+$/, ""));
  for (let event = await watch.next(); event !== undefined; event = await watch.next()) {
    if (event.object.metadata.deletionTimestamp !== undefined) break;
  }
  watch.stop();
  await test.merge(path, { metadata: { finalizers: null } });
}
