import type { Answer, Check, CheckResult, Expectation } from "../../src/smoke-test/check.ts";

/** Builders for smoke tests: everything that a test does not speak of has a plain value. */
export function expectation(rest: Partial<Expectation> = {}): Expectation {
  return { status: ["2xx"], headers: {}, json: {}, ...rest };
}

export function check(url: string, rest: Partial<Check> = {}): Check {
  return {
    name: "health",
    url: new URL(url),
    method: "GET",
    headers: {},
    expect: expectation(),
    consecutive: 1,
    retry: true,
    ...rest,
  };
}

export function answered(rest: Partial<Answer> = {}): Answer {
  return { status: 200, headers: {}, body: "", isCut: false, latencyMs: 5, ...rest };
}

export function checkResult(rest: Partial<CheckResult> = {}): CheckResult {
  const passed = rest.mismatches === undefined;
  return {
    name: "health",
    target: "GET https://shop.example.com/health",
    passed,
    mismatches: [],
    attempts: 1,
    durationMs: 20,
    ...rest,
  };
}
