import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { labelMatcher } from "./selectors.ts";
import { configMaps, pod, pods, refusal, startTestServer } from "./testing/test-server.ts";
import type { TestServer } from "./testing/test-server.ts";

interface List {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly KubernetesObject[];
}

describe("a list", () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
    for (const name of ["a", "b", "c", "d", "e"]) await test.create(configMaps, { metadata: { name } });
  });
  afterAll(() => test.server.close());

  const names = ({ items }: List): string[] => items.map(({ metadata }) => metadata.name);

  it("comes in pages that all show the moment of the first", async () => {
    const first = await test.get<List>(configMaps, { limit: 2 });
    expect(names(first)).toEqual(["a", "b"]);
    expect(first.metadata.remainingItemCount).toBe(3);
    await test.remove(`${configMaps}/c`);
    await test.create(configMaps, { metadata: { name: "bb" } });
    const second = await test.get<List>(configMaps, { limit: 2, continue: first.metadata.continue });
    expect(names(second)).toEqual(["c", "d"]);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    const third = await test.get<List>(configMaps, { limit: 2, continue: second.metadata.continue });
    expect(names(third)).toEqual(["e"]);
    expect(third.metadata.continue).toBeUndefined();
  });

  it("cannot be continued once its moment is forgotten", async () => {
    const { metadata } = await test.get<List>(configMaps, { limit: 1 });
    test.server.compact();
    const status = await refusal(test.get(configMaps, { limit: 1, continue: metadata.continue }));
    expect(status).toMatchObject({ code: 410, reason: "Expired" });
  });

  it("is null where it would be of metadata alone and holds nothing, and empty otherwise", async () => {
    const query = { labelSelector: "a=b" };
    const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    expect((await test.get<List>(configMaps, query)).items).toEqual([]);
    expect((await test.api.request<List>({ method: "GET", path: configMaps, query, accept })).items).toBeNull();
  });

  it("is filtered by the fields that its kind offers, and by no other", async () => {
    await test.create(pods, pod("here"));
    await test.create(pods, pod("there", { nodeName: "other" }));
    expect(names(await test.get<List>(pods, { fieldSelector: "spec.nodeName=node" }))).toEqual(["here"]);
    expect(names(await test.get<List>(pods, { fieldSelector: "spec.nodeName!=node,status.phase=Pending" }))).toEqual([
      "there",
    ]);
    const { message } = await refusal(test.get(pods, { fieldSelector: "spec.colour=red" }));
    expect(message).toBe("field label not supported: spec.colour");
  });
});

describe("labelMatcher()", () => {
  const labels = { app: "web", tier: "front", n: "5", empty: "" };

  it.each([
    ["", true],
    ["app=web", true],
    ["app==web,tier=front", true],
    ["app=web,tier=back", false],
    ["app!=web", false],
    ["missing!=x", true],
    ["app in (api, web)", true],
    ["app notin (api,web)", false],
    ["missing notin (a)", true],
    ["app", true],
    ["!app", false],
    ["!missing", true],
    ["n>4,n<6", true],
    ["n > 5", false],
    ["empty=", true],
    ["empty in (,x)", true],
  ])("reads %j", (selector, matches) => {
    expect(labelMatcher(selector)(labels)).toBe(matches);
  });

  it.each([
    ["a===b", "unable to parse requirement: found '=', expected: identifier"],
    ["=a", "unable to parse requirement: found '=', expected: '!', identifier, or 'end of string'"],
    ["a in b", "unable to parse requirement: found 'b', expected: '('"],
  ])("refuses %j as Kubernetes does", (selector, message) => {
    expect(() => labelMatcher(selector)).toThrow(message);
  });
});
