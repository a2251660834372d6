import { describe, expect, it } from "@jest/globals";
import { SlipwayError } from "../error.ts";
import { readInputs } from "../runner/inputs.ts";
import { inputs } from "./inputs.ts";
import type { SmokeTestInputs } from "./inputs.ts";

function read(given: Readonly<Record<string, string>>): Promise<SmokeTestInputs> {
  const all: Readonly<Record<string, string>> = { timeout: "2m", checks: "- path: /", ...given };
  return readInputs({ input: (name) => (all[name] ?? "").trim(), mask: () => undefined }, inputs);
}

/** Every problem as one text: message, then hint. */
async function problemsOf(given: Readonly<Record<string, string>>): Promise<string[]> {
  const error: unknown = await read(given).catch((thrown: unknown) => thrown);
  if (!(error instanceof SlipwayError)) throw new Error("expected a SlipwayError");
  return error.problems.map(({ message, hint = "" }) => `${message} | ${hint}`);
}

const statusHint = "It is a status such as 200, a class of them such as 2xx, or a list of those.";

describe("the input checks", () => {
  it("is a list of checks, or a path to one", async () => {
    const list =
      "- path: /health\n  expect: { status: 404, latency: 1s, json: { $.error: null } }\n- expect: { status: [2xx, 301] }";
    await expect(read({ checks: list })).resolves.toMatchObject({
      checks: [
        { path: "/health", expect: { status: [404], latency: 1000, json: { "$.error": null } } },
        { expect: { status: ["2xx", 301] } },
      ],
    });
    await expect(read({ checks: "test/smoke.yaml" })).resolves.toMatchObject({ checks: { file: "test/smoke.yaml" } });
    await expect(read({ checks: '[{ "path": "/" }]' })).resolves.toMatchObject({ checks: [{ path: "/" }] });
  });

  it.each([
    [
      "an unknown key",
      "- pth: /",
      "line 1: the key pth is not known | Did you mean path? Known here: name, path, method,",
    ],
    [
      "one further in",
      "- path: /\n  expect:\n    stauts: 200",
      "line 3: the key stauts is not known | Did you mean status?",
    ],
    ["a key given twice", "- path: /a\n  path: /b", "line 2: this is not YAML | Map keys must be unique."],
    ["a status that is none", "- expect: { status: 99 }", `line 1: status is not allowed: got 99 | ${statusHint}`],
    ["a class that is none", "- expect: { status: 2x }", `line 1: status is not allowed: got "2x" | ${statusHint}`],
    ["an empty list of them", "- expect: { status: [] }", `line 1: status is not allowed: got a list | ${statusHint}`],
    [
      "a latency without a unit",
      "- expect: { latency: 500 }",
      "latency is not allowed: got 500 | It is a duration such as 500ms",
    ],
    [
      "a path that is no JSONPath",
      "- expect: { json: { status: ok } }",
      'got "status" | It is a JSONPath such as $.status',
    ],
    ["a method in small letters", "- method: get", 'method is not "GET" or "HEAD"'],
    [
      "a header's name with a space",
      '- headers: { "x y": z }',
      'got "x y" | It is a header\'s name such as x-version.',
    ],
    [
      "an expected number for text",
      "- expect: { headers: { content-length: 12 } }",
      "content-length is not text: got 12 | Put it in quotes.",
    ],
    [
      "a version without its place",
      "- version: { equals: v1 }",
      "It takes either json or header, where the version stands.",
    ],
    ["a version in two places", "- version: { json: $.v, header: x-v }", "It takes either json or header"],
    [
      "no passes in a row",
      "- consecutive: 0",
      "consecutive is not allowed: got 0 | It is a whole number from 1 to 1000.",
    ],
    ["a boolean that is none", "- retry: yes", 'retry is not true or false: got "yes"'],
    ["no check", "[]", "Write at least one check."],
    ["a single check", "path: /", "line 1: it is not a list: got a map"],
    ["a path without an extension", "smoke", 'it is not a list: got "smoke"'],
    ["text for a check", "- /health", 'line 1: the entry is not a map: got "/health"'],
    ["broken YAML", "- path: [", "line 1: this is not YAML"],
  ])("is refused with %s", async (_name, checks, problem) => {
    const problems = await problemsOf({ checks });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
    expect(problems[0]).toMatch(/^Input checks, line \d: /);
  });
});

describe("the input url", () => {
  it("is taken without the slash at its end", async () => {
    await expect(read({ url: "HTTPS://Shop.example.com/base/" })).resolves.toMatchObject({
      url: "https://shop.example.com/base",
    });
  });

  it.each([
    [
      "shop.example.com",
      'Input url is not an address: got "shop.example.com" | Write it like https://shop.example.com.',
    ],
    ["ftp://shop.example.com", "Input url is not an address"],
    [
      "https://shop.example.com/?a=1",
      "Input url has more than host and path | Write queries into the paths of the checks.",
    ],
    [
      "http://169.254.169.254/latest",
      "Input url leads to a link-local address, which is never asked: got 169.254.169.254",
    ],
    ["http://2852039166", "leads to a link-local address"],
    ["http://0xa9.254.43518", "leads to a link-local address"],
    ["http://169.254.169.254.", "leads to a link-local address"],
    ["http://[::ffff:169.254.169.254]", "leads to a link-local address"],
    ["http://metadata.google.internal", "leads to a cloud's metadata service"],
  ])("is refused as %s", async (url, problem) => {
    expect((await problemsOf({ url }))[0]).toContain(problem);
  });

  it.each(["https://ann:pa55word@shop.example.com", "ann:pa55word@shop.example.com", "https//ann:pa55word@shop"])(
    "never shows the credentials in %s",
    async (url) => {
      const problems = await problemsOf({ url });
      expect(problems[0]).toMatch(/^Input url (holds credentials|is not an address)/);
      expect(problems.join()).not.toContain("pa55word");
    },
  );
});

describe("the input resolve", () => {
  it("is read as curl has it", async () => {
    const { resolve } = await read({
      resolve: "Shop.example.com:443:203.0.113.7\n\n  api.example.com:80:[2001:db8::1]\n",
    });
    expect([...(resolve ?? [])]).toEqual([
      ["shop.example.com:443", "203.0.113.7"],
      ["api.example.com:80", "2001:db8::1"],
    ]);
  });

  it.each([
    ["shop.example.com:443", "line 1: it is not host:port:address: got shop.example.com:443"],
    ["shop.example.com:443:there", "line 1: it is not host:port:address"],
    ["10.0.0.1:80:10.0.0.2", "it names an address, not a host"],
    ["shop:80:10.0.0.2\nshop:443:169.254.169.254", "line 2: it leads to a link-local address, which is never asked"],
    ["shop:443:[::ffff:a9fe:a9fe]", "it leads to a link-local address"],
  ])("is refused as %j", async (resolve, problem) => {
    const problems = await problemsOf({ resolve });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`Input resolve, ${problem.startsWith("line") ? "" : "line 1: "}${problem}`);
  });
});

it("all problems of all inputs are told at once", async () => {
  const problems = await problemsOf({
    checks: "- pth: /\n- retry: no",
    url: "x",
    resolve: "x",
    timeout: "2 minutes",
    revision: "r2",
  });
  expect(problems).toHaveLength(6);
});
