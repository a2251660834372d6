import { describe, expect, it } from "@jest/globals";
import { answered, check, expectation } from "../../test/build/checks.ts";
import { SlipwayError } from "../error.ts";
import type { Clock } from "../runner/clock.ts";
import type { Answer, Check, CheckResult } from "./check.ts";
import { describeMismatch } from "./check.ts";
import { runCheck } from "./run-check.ts";

/** Time that passes only by waiting for it. */
class PatientClock implements Clock {
  #now = 0;
  readonly waits: number[] = [];
  now = (): number => this.#now;
  sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.waits.push(Math.round(ms));
    this.#now += ms;
    return Promise.resolve();
  };
  /** The time that a request takes. */
  pass(ms: number): void {
    this.#now += ms;
  }
}

const good = answered();
const bad = answered({ status: 500 });
const none = new SlipwayError("nothing listens there", { code: "unreachable", hint: "Check the address." });

interface Run {
  readonly result: CheckResult;
  readonly mismatches: readonly string[];
  readonly clock: PatientClock;
  readonly told: readonly string[];
}

/** Runs a check against a service that answers as `script` says; its last answer stays. */
async function run(script: readonly (Answer | Error)[], rest: Partial<Check> = {}, deadline = 60_000): Promise<Run> {
  const clock = new PatientClock();
  const told: string[] = [];
  const answers = script.values();
  let answer = script[0];
  const ask = (): Promise<Answer> => {
    answer = answers.next().value ?? answer;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? good);
  };
  const { signal } = new AbortController();
  const onWrong: Parameters<typeof runCheck>[1]["onWrong"] = (_check, mismatches) =>
    told.push(mismatches.map(describeMismatch).join("; "));
  const result = await runCheck(check("https://shop.example.com/health", rest), {
    clock,
    signal,
    deadline,
    ask,
    onWrong,
  });
  return { result, mismatches: result.mismatches.map(describeMismatch), clock, told };
}

describe("runCheck()", () => {
  it("asks once where the first answer is good", async () => {
    const { result, clock } = await run([good]);
    expect(result).toEqual({
      name: "health",
      target: "GET https://shop.example.com/health",
      passed: true,
      mismatches: [],
      hint: undefined,
      attempts: 1,
      durationMs: 0,
      latencyMs: 5,
      share: undefined,
    });
    expect(clock.waits).toEqual([]);
  });

  it("asks again, less and less often, until the answer is good", async () => {
    const { result, clock, told } = await run([none, bad, bad, bad, bad, bad, good]);
    expect(result).toMatchObject({ passed: true, attempts: 7, mismatches: [] });
    expect(told).toEqual([
      "there was no answer because nothing listens there",
      ...Array<string>(5).fill("the status is not 2xx: got 500"),
    ]);
    [200, 400, 800, 1600, 3000, 3000].forEach((ms, index) => {
      expect(Math.abs((clock.waits[index] ?? 0) - ms)).toBeLessThanOrEqual(ms / 4);
    });
  });

  it("makes its last try when the time is up, and tells what was wrong with that", async () => {
    const { result, clock, mismatches } = await run([bad], {}, 10_000);
    expect(result).toMatchObject({ passed: false, durationMs: 10_000, latencyMs: 5 });
    expect(mismatches).toEqual(["the status is not 2xx: got 500"]);
    expect(clock.waits.at(-1)).toBeGreaterThan(0);
  });

  it("asks once where nothing is to be retried", async () => {
    await expect(run([bad, good], { retry: false })).resolves.toMatchObject({ result: { passed: false, attempts: 1 } });
  });

  it("tells what to do where there was no answer", async () => {
    const { result, mismatches } = await run([none], { retry: false });
    expect(mismatches).toEqual(["there was no answer because nothing listens there"]);
    expect(result.hint).toBe("Check the address.");
    expect(result.latencyMs).toBeUndefined();
  });

  it.each<[string, Record<string, string>, number]>([
    ["seconds", { "retry-after": "20" }, 20_000],
    ["a date", { "retry-after": "Fri, 02 Jan 2026 03:04:25 GMT", date: "Fri, 02 Jan 2026 03:04:05 GMT" }, 20_000],
  ])("waits as long as the service asks for, in %s", async (_name, headers, ms) => {
    const { clock } = await run([answered({ status: 503, headers }), good]);
    expect(clock.waits).toEqual([ms]);
  });

  it("tries once more at the end where the service asks for more time than there is", async () => {
    const { result, clock } = await run([answered({ status: 503, headers: { "retry-after": "3600" } }), good]);
    expect(clock.waits).toEqual([60_000]);
    expect(result).toMatchObject({ passed: true, attempts: 2 });
  });

  it("makes nothing of a Retry-After that is none", async () => {
    const { clock } = await run([answered({ status: 503, headers: { "retry-after": "soon" } }), good]);
    expect(clock.waits[0]).toBeLessThanOrEqual(250);
  });

  it("tells the last answer there was where the deadline cuts one off", async () => {
    const clock = new PatientClock();
    let requests = 0;
    const ask = (): Promise<Answer> => {
      if (++requests === 1) return Promise.resolve(bad);
      clock.pass(10_000);
      return Promise.reject(new SlipwayError("nothing came within 1.0 s", { code: "unreachable" }));
    };
    const { signal } = new AbortController();
    const result = await runCheck(check("https://shop.example.com"), {
      clock,
      signal,
      deadline: 5_000,
      ask,
      onWrong: () => undefined,
    });
    expect(result.mismatches.map(describeMismatch)).toEqual(["the status is not 2xx: got 500"]);
  });

  it("passes on what is neither an answer nor the lack of one", async () => {
    const refused = new SlipwayError("Cannot ask it", { code: "refused" });
    await expect(run([bad, refused])).rejects.toBe(refused);
    await expect(run([new TypeError("a bug")])).rejects.toThrow("a bug");
  });

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const reason = new SlipwayError("The job was cancelled", { code: "cancelled" });
    const clock = new PatientClock();
    const ask = (): Promise<Answer> => {
      controller.abort(reason);
      return Promise.resolve(bad);
    };
    const options = { clock, signal: controller.signal, deadline: 5_000, ask, onWrong: () => undefined };
    await expect(runCheck(check("https://shop.example.com"), options)).rejects.toBe(reason);
  });
});

describe("runCheck() with passes in a row", () => {
  it("begins to count again after each answer that is bad", async () => {
    const { result } = await run([good, good, bad, good, good, good, bad], { consecutive: 3 });
    expect(result).toMatchObject({ passed: true, attempts: 6 });
  });

  it("tells how far it came, and what was in the way", async () => {
    const flapping = Array.from({ length: 200 }, (_, index) => (index % 3 === 2 ? bad : good));
    const { result, mismatches } = await run(flapping, { consecutive: 3 }, 8_000);
    expect(result.passed).toBe(false);
    expect(mismatches[0]).toBe("the status is not 2xx: got 500");
    expect(mismatches[1]).toMatch(/^it did not pass 3 times in a row: got [012] when the time was up$/);
  });

  it("needs the time for it", async () => {
    const { result, mismatches } = await run([good], { consecutive: 100 }, 1_000);
    expect(result.passed).toBe(false);
    expect(mismatches).toEqual(["it did not pass 100 times in a row: got 5 when the time was up"]);
  });

  it("gives up at the first bad answer where nothing is to be retried", async () => {
    const { result } = await run([good, bad, good], { consecutive: 3, retry: false });
    expect(result).toMatchObject({ passed: false, attempts: 2 });
  });
});

describe("runCheck() with a version", () => {
  const version = { from: { header: "x-version" }, equals: ["new"], connections: 4 };
  const of = (name: string, rest: Partial<Answer> = {}): Answer =>
    answered({ headers: { "x-version": name }, ...rest });
  const once = { version, retry: false };

  it("passes where every connection gets the right one", async () => {
    const { result } = await run([of("new")], once);
    expect(result).toMatchObject({ passed: true, attempts: 1, share: { right: 4, of: 4 } });
  });

  it("tells the share while old and new answer side by side", async () => {
    const { result, mismatches } = await run([of("new"), of("old"), of("new"), of("older")], once);
    expect(result).toMatchObject({ passed: false, share: { right: 2, of: 4 } });
    expect(mismatches).toEqual(["not every connection reached version new: got 2 of 4, the others old, older"]);
  });

  it("waits until the last of the old ones is gone", async () => {
    const { result } = await run(
      [of("new"), of("old"), of("old"), of("old"), of("new"), of("new"), of("new"), of("old"), of("new")],
      { version },
    );
    expect(result).toMatchObject({ passed: true, attempts: 3 });
  });

  it("is not content with an answer that tells none", async () => {
    const { mismatches } = await run([of("new"), good], once);
    expect(mismatches).toEqual(["not every connection reached version new: got 1 of 4, the others none"]);
  });

  it("expects of every answer what the check expects", async () => {
    const { mismatches } = await run([of("new"), of("new"), of("new", { status: 500 }), of("new")], once);
    expect(mismatches).toEqual(["the status is not 2xx, on 1 of 4 connections: got 500"]);
  });

  it("counts a connection without an answer as one that is wrong", async () => {
    const { result, mismatches } = await run([of("new"), none, of("new"), of("new")], once);
    expect(result.share).toEqual({ right: 3, of: 4 });
    expect(mismatches[1]).toBe("there was no answer because nothing listens there, on 1 of 4 connections");
  });

  it("speaks of no version where nobody answers", async () => {
    const { result, mismatches } = await run([none], once);
    expect(result.share).toBeUndefined();
    expect(mismatches).toHaveLength(1);
  });
});

describe("runCheck() hides credentials", () => {
  const token = "s3cr3t-t0ken-of-the-check";

  it("that the service sends back, in what it tells and in what it returns", async () => {
    const echo = answered({
      body: JSON.stringify({ headers: { authorization: `Bearer ${token}` } }),
      headers: { "x-echo": token },
    });
    const { result, told } = await run([echo, bad], {
      url: new URL(`https://shop.example.com/?token=${token}`),
      headers: { authorization: `Bearer ${token}` },
      expect: expectation({ json: { "$.headers": {}, "$.headers.authorization": "none" }, headers: { "x-echo": "none" }, body: "none" }),
    }, 1_000); // prettier-ignore
    expect(told.join()).toContain("***");
    expect(told.join() + JSON.stringify(result)).not.toContain(token.slice(0, 8));
    expect(result.target).toBe("GET https://shop.example.com/?token=***");
  });

  it("also where a long answer is cut in the middle of one", async () => {
    for (let length = 100; length < 200; length++) {
      const { told, mismatches } = await run([answered({ body: "x".repeat(length) + token })], {
        retry: false,
        headers: { "x-api-key": token },
        expect: expectation({ body: "none" }),
      });
      expect(told.join() + mismatches.join()).not.toContain("s3c");
    }
  });
});

it("runCheck() tells nothing that starts a command of the runner", async () => {
  const forged = answered({
    headers: { "x-echo": "##[set-output name=outcome]succeeded" },
    body: "\u001b[31m::error::x",
  });
  const { mismatches } = await run([forged], {
    retry: false,
    expect: expectation({ headers: { "x-echo": "" }, body: "y" }),
  });
  expect(mismatches).toEqual([
    'the header x-echo is not "": got "## [set-output name=outcome]succeeded"',
    'the body does not contain "y": got "\\u001b[31m::error::x"',
  ]);
});
