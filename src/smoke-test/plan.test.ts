import { describe, expect, it } from "@jest/globals";
import { release } from "../../test/build/objects.ts";
import { SlipwayError } from "../error.ts";
import { planChecks } from "./plan.ts";
import type { PlanOptions } from "./plan.ts";

const sha = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";
const digest = `sha256:${"ab".repeat(32)}`;

function plan(options: Partial<PlanOptions>): ReturnType<typeof planChecks> {
  return planChecks({
    url: "https://shop.example.com/base",
    checks: [{}],
    release: undefined,
    resolved: new Map(),
    ...options,
  });
}

function problemsOf(options: Partial<PlanOptions>): string[] {
  try {
    plan(options);
  } catch (error) {
    if (error instanceof SlipwayError) return error.problems.map(({ message, hint }) => `${message} | ${hint ?? ""}`);
    throw error;
  }
  return [];
}

describe("planChecks()", () => {
  it("fills in what a check does not say", () => {
    expect(plan({ checks: [{ path: "/health" }] })).toEqual([
      {
        name: "/health",
        url: new URL("https://shop.example.com/base/health"),
        method: "GET",
        headers: {},
        body: undefined,
        expect: { status: ["2xx"], headers: {}, body: undefined, json: {}, latencyMs: undefined },
        consecutive: 1,
        retry: true,
        version: undefined,
      },
    ]);
  });

  it.each([
    ["a path", "/health", "https://shop.example.com/base/health"],
    ["one without its slash", "health", "https://shop.example.com/base/health"],
    ["none", undefined, "https://shop.example.com/base/"],
    ["only a query", "?a=1", "https://shop.example.com/base/?a=1"],
    ["one that looks like a host", "//evil.example.com/", "https://shop.example.com/base/evil.example.com/"],
    ["a whole address", "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"],
  ])("makes an address of %s", (_name, path, address) => {
    expect(plan({ checks: [{ path }] })[0]?.url.href).toBe(address);
  });

  it("sends a body with POST, unless another method is given", () => {
    const methods = plan({ checks: [{ body: "x" }, { body: "x", method: "PUT" }] }).map(({ method }) => method);
    expect(methods).toEqual(["POST", "PUT"]);
  });

  it.each([
    ["the path", { path: "/health?token=s3cret" }, "/health"],
    [
      "host and path of a whole address",
      { path: "https://api.example.com/health?key=s3cret" },
      "api.example.com/health",
    ],
    ["its own name", { name: "the portal", path: "/" }, "the portal"],
    ["a slash", {}, "/"],
  ])("names a check by %s", (_name, check, name) => {
    expect(plan({ checks: [check] })[0]?.name).toBe(name);
  });

  it("takes a release's commit and digests for its version", () => {
    const tested = release(3, { commit: sha, images: { shop: `registry.example.com/shop@${digest}` } });
    const [planned] = plan({ checks: [{ version: { header: "X-Version" } }], release: tested });
    expect(planned?.version).toEqual({ from: { header: "x-version" }, equals: [sha, digest], connections: 10 });
  });

  it("takes the version that the check gives before that of the release", () => {
    const [planned] = plan({
      checks: [{ version: { json: "$.v", equals: "v1.4.0", connections: 3 } }],
      release: release(3),
    });
    expect(planned?.version).toEqual({ from: { json: "$.v" }, equals: ["v1.4.0"], connections: 3 });
  });

  it.each<[string, Partial<PlanOptions>, string]>([
    [
      "no address",
      { url: undefined, checks: [{ name: "up", path: "/" }] },
      'Input checks, up: it has no address | Give the input "url"',
    ],
    [
      "a scheme that is not HTTP",
      { checks: [{ path: "file:///etc/passwd" }] },
      'its address is not an address: got "file:///etc/passwd"',
    ],
    [
      "a metadata address",
      { checks: [{ path: "http://169.254.169.254/latest" }] },
      "its address leads to a link-local address, which is never asked",
    ],
    [
      "a metadata name",
      { checks: [{ path: "http://metadata.google.internal/" }] },
      "its address leads to a cloud's metadata service",
    ],
    [
      "a version nobody knows",
      { checks: [{ path: "/v", version: { json: "$.v" } }] },
      "Input checks, /v: it is not known which version should answer",
    ],
    [
      "a number for a header",
      { checks: [{ path: "/", headers: { "x-pin": 12345 } }] },
      "the value of its header x-pin is not text | Put it in quotes.",
    ],
    [
      "a host of resolve that no check asks",
      { resolved: new Map([["shop.exmaple.com:443", "10.0.0.1"]]) },
      "Input resolve: no check asks shop.exmaple.com:443 | The checks ask shop.example.com:443.",
    ],
  ])("refuses %s", (_name, options, problem) => {
    expect(problemsOf(options)).toEqual([expect.stringContaining(problem)]);
  });

  it("never shows what it refuses as a credential", () => {
    const checks = [
      { path: "https://ann:pa55word@shop.example.com/" },
      { headers: { authorization: "Bearer pa55word\n" } },
      { headers: { "x-pin": 5511223344 } },
    ];
    const problems = problemsOf({ checks }).join("\n");
    expect(problems).toContain("its address holds credentials | Addresses are logged: send credentials in a header.");
    expect(problems).toContain("the value of its header authorization cannot be sent | Look for a line break");
    expect(problems).not.toMatch(/pa55word|5511223344/);
  });

  it("tells every problem of every check, with the file that they stand in", () => {
    const options = {
      url: undefined,
      checks: [{ name: "a" }, { name: "b", version: { json: "$.v" } }],
      file: "smoke.yaml",
    };
    expect(() => plan(options)).toThrow(
      expect.objectContaining({
        code: "configuration",
        problems: [1, 2, 3].map(() => expect.objectContaining({ file: "smoke.yaml" }) as unknown),
      }),
    );
  });
});
