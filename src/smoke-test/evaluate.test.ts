import { describe, expect, it } from "@jest/globals";
import { answered, expectation } from "../../test/build/checks.ts";
import type { Answer, Expectation } from "./check.ts";
import { describeMismatch } from "./check.ts";
import { evaluate, isVersion, versionIn } from "./evaluate.ts";

const deep = "[".repeat(200_000) + "]".repeat(200_000);
const sha = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";

function json(value: unknown, rest: Partial<Answer> = {}): Answer {
  return answered({ headers: { "content-type": "application/json" }, body: JSON.stringify(value), ...rest });
}

function wrong(answer: Answer, expected: Partial<Expectation>): string[] {
  return evaluate(answer, expectation(expected)).map(describeMismatch);
}

describe("evaluate()", () => {
  it.each<[string, Answer, Partial<Expectation>]>([
    ["any good status, where none is asked for", answered({ status: 204 }), {}],
    ["one of several statuses", answered({ status: 404 }), { status: [200, 404] }],
    ["a status of one of several classes", answered({ status: 301 }), { status: ["2xx", "3xx"] }],
    ["a header", answered({ headers: { "x-version": "v1" } }), { headers: { "x-version": "v1" } }],
    ["text in the body", answered({ body: "all is well" }), { body: "well" }],
    [
      "values in JSON",
      json({ a: 1, b: "x", c: null, d: [{ e: true }] }),
      { json: { "$.a": 1, "$.b": "x", "$.c": null, "$.d[0].e": true } },
    ],
    [
      "deep values in JSON, whatever the order of keys",
      json({ a: { x: [1, { y: 2, z: 3 }] } }),
      { json: { "$.a": { x: [1, { z: 3, y: 2 }] } } },
    ],
    ["a value that all matches have", json([{ up: true }, { up: true }]), { json: { "$[*].up": true } }],
    ["all of a document", json([]), { json: { $: [] } }],
    ["an answer just in time", answered({ latencyMs: 500 }), { latencyMs: 500 }],
  ])("is content with %s", (_name, answer, expected) => {
    expect(wrong(answer, expected)).toEqual([]);
  });

  it.each<[string, Answer, Partial<Expectation>, string]>([
    ["another status", answered({ status: 500 }), {}, "the status is not 2xx: got 500"],
    [
      "none of several statuses",
      answered({ status: 500 }),
      { status: [200, "3xx"] },
      "the status is not 200 or 3xx: got 500",
    ],
    [
      "an error in plain words",
      answered({ status: 503, headers: { "content-type": "text/plain; charset=utf-8" }, body: "no database" }),
      {},
      'the status is not 2xx: got 503 "no database"',
    ],
    [
      "an error in JSON",
      json({ error: "no database" }, { status: 503, headers: { "content-type": "application/problem+json" } }),
      {},
      'got 503 {"error":"no database"}',
    ],
    [
      "a page for an error",
      answered({ status: 502, headers: { "content-type": "text/html" }, body: "<html>" }),
      {},
      "the status is not 2xx: got 502",
    ],
    [
      "a redirect",
      answered({ status: 302, headers: { location: "/login" } }),
      {},
      'the status is not 2xx: got 302 to "/login", and redirects are not followed',
    ],
    [
      "another header",
      answered({ headers: { "x-version": "v1" } }),
      { headers: { "x-version": "v2" } },
      'the header x-version is not "v2": got "v1"',
    ],
    ["no such header", answered(), { headers: { "x-version": "v2" } }, 'the header x-version is not "v2": got none'],
    [
      "other text",
      answered({ body: "all is lost" }),
      { body: "well" },
      'the body does not contain "well": got "all is lost"',
    ],
    ["no text", answered(), { body: "well" }, 'the body does not contain "well": got an empty one'],
    [
      "an endless body",
      answered({ body: "yy", isCut: true }),
      { body: "z" },
      'got more than 2 characters, beginning with "yy"',
    ],
    [
      "a page for JSON",
      answered({ body: "<!doctype html>" }),
      { json: { "$.a": 1 } },
      'the body is not JSON: got "<!doctype html>"',
    ],
    [
      "half of a document",
      answered({ body: '{"a":', isCut: true }),
      { json: { "$.a": 1 } },
      "the body is not JSON: got more than 5 characters",
    ],
    [
      "another value",
      json({ status: "degraded" }),
      { json: { "$.status": "healthy" } },
      '$.status is not "healthy": got "degraded"',
    ],
    ["a value of another type", json({ count: "1" }), { json: { "$.count": 1 } }, '$.count is not 1: got "1"'],
    ["no value", json({}), { json: { "$.status": "healthy" } }, '$.status is not "healthy": got nothing there'],
    ["no value for null", json({}), { json: { "$.error": null } }, "$.error is not null: got nothing there"],
    [
      "null for a value",
      json({ status: null }),
      { json: { "$.status": "healthy" } },
      '$.status is not "healthy": got null',
    ],
    [
      "a value that not all matches have",
      json([{ up: true }, { up: false }]),
      { json: { "$[*].up": true } },
      "$[*].up is not true: got false",
    ],
    [
      "one key too many",
      json({ a: { x: 1, y: 2 } }),
      { json: { "$.a": { x: 1 } } },
      '$.a is not {"x":1}: got {"x":1,"y":2}',
    ],
    [
      "a slow answer",
      answered({ latencyMs: 812.4 }),
      { latencyMs: 500 },
      "the answer took longer than 500 ms: got 812 ms",
    ],
    [
      "a document that is too deep to be searched",
      answered({ body: deep }),
      { json: { "$[?@ == @]": 1 } },
      "$[?@ == @] cannot be looked for, the body is nested too deeply",
    ],
    [
      "a value that is too deep to be shown",
      answered({ body: deep }),
      { json: { $: 1 } },
      "$ is not 1: got a value that is nested too deeply to show",
    ],
  ])("tells of %s", (_name, answer, expected, mismatch) => {
    const told = wrong(answer, expected);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(mismatch);
  });

  it("tells everything that is wrong at once", () => {
    const expected = { status: [200], headers: { a: "b" }, body: "x", json: { "$.a": 1 }, latencyMs: 1 };
    expect(wrong(answered({ status: 500, body: "no" }), expected)).toHaveLength(5);
  });
});

describe("the version that an answer tells", () => {
  it.each<[string, Answer, Parameters<typeof versionIn>[1]["from"], string | undefined]>([
    ["a header", answered({ headers: { "x-version": "v1" } }), { header: "x-version" }, "v1"],
    ["a JSON field", json({ build: { version: "v1" } }), { json: "$.build.version" }, "v1"],
    ["a number", json({ version: 7 }), { json: "$.version" }, "7"],
    ["nowhere", json({}), { json: "$.version" }, undefined],
    ["no text", json({ version: { a: 1 } }), { json: "$.version" }, undefined],
    ["no JSON", answered({ body: "<html>" }), { json: "$.version" }, undefined],
    ["no header", answered(), { header: "x-version" }, undefined],
  ])("stands in %s", (_name, answer, from, version) => {
    expect(versionIn(answer, { from, equals: [], connections: 1 })).toBe(version);
  });

  it.each([
    [sha, true],
    [sha.slice(0, 7), true],
    [sha.slice(0, 12), true],
    [sha.slice(0, 6), false],
    [`${sha.slice(0, 8)}f`, false],
    ["v1.4.0", true],
    ["v1.4", false],
    [undefined, false],
  ])("%j is one of those expected: %j", (told, isExpected) => {
    expect(isVersion(told, { from: { json: "$" }, equals: [sha, "v1.4.0"], connections: 1 })).toBe(isExpected);
  });
});
