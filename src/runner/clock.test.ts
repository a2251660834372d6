import { describe, expect, it } from "@jest/globals";
import { systemClock } from "./clock.ts";

describe("systemClock", () => {
  it("sleeps no shorter than asked", async () => {
    const started = systemClock.now();
    await systemClock.sleep(20);
    expect(systemClock.now() - started).toBeGreaterThanOrEqual(19);
  });

  it("wakes up with the signal's reason", async () => {
    const job = new AbortController();
    const sleep = systemClock.sleep(60_000, job.signal);
    job.abort(new Error("cancelled"));
    await expect(sleep).rejects.toThrow("cancelled");
    await expect(systemClock.sleep(60_000, job.signal)).rejects.toThrow("cancelled");
  });

  it("can sleep longer than a timer holds", async () => {
    const job = new AbortController();
    const sleep = systemClock.sleep(2 ** 40, job.signal);
    const first = await Promise.race([sleep.then(() => "woke"), systemClock.sleep(20).then(() => "slept on")]);
    expect(first).toBe("slept on");
    job.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
  });
});
