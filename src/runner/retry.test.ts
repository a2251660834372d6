import { describe, expect, it } from "@jest/globals";
import { retry, type RetryOptions } from "./retry.ts";

/** Work that fails as often as it is told, on a clock that only sleeping moves. */
function scene(failures: number, options: Partial<RetryOptions> = {}): { run: () => Promise<string>; waits: number[] } {
  const waits: number[] = [];
  let time = 1000;
  const work = (attempt: number): Promise<string> =>
    attempt > failures ? Promise.resolve(`done at ${attempt}`) : Promise.reject(new Error(`failed ${attempt}`));
  const all: RetryOptions = {
    signal: new AbortController().signal,
    shouldRetry: () => ({}),
    random: () => 1,
    now: () => time,
    sleep: (ms) => {
      waits.push(ms);
      time += ms;
      return Promise.resolve();
    },
    ...options,
  };
  return { run: () => retry(work, all), waits };
}

describe("retry()", () => {
  it("waits twice as long each time, up to a limit", async () => {
    const { run, waits } = scene(5, { firstDelayMs: 100, longestDelayMs: 500 });
    await expect(run()).resolves.toBe("done at 6");
    expect(waits).toEqual([100, 200, 400, 500, 500]);
  });

  it("varies its waits between half and all", async () => {
    const { run, waits } = scene(1, { firstDelayMs: 100, random: () => 0 });
    await run();
    expect(waits).toEqual([50]);
  });

  it("waits as long as the other side asks", async () => {
    const { run, waits } = scene(2, { shouldRetry: () => ({ afterMs: 7000 }) });
    await run();
    expect(waits).toEqual([7000, 7000]);
  });

  it("throws what is not worth another try", async () => {
    const { run, waits } = scene(3, { shouldRetry: (error) => (String(error).includes("failed 2") ? false : {}) });
    await expect(run()).rejects.toThrow("failed 2");
    expect(waits).toHaveLength(1);
  });

  it("throws the last error when its tries are used up", async () => {
    await expect(scene(9, { attempts: 3 }).run()).rejects.toThrow("failed 3");
  });

  it("does not begin a wait that ends after the deadline", async () => {
    const { run, waits } = scene(9, { shouldRetry: () => ({ afterMs: 400 }), deadline: 2000 });
    await expect(run()).rejects.toThrow("failed 3");
    expect(waits).toEqual([400, 400]);
  });

  it("throws the signal's reason once it aborts, and does not try again", async () => {
    const job = new AbortController();
    const { run } = scene(9, {
      signal: job.signal,
      sleep: () => {
        job.abort(new Error("cancelled"));
        return Promise.resolve();
      },
    });
    await expect(run()).rejects.toThrow("cancelled");
  });
});
