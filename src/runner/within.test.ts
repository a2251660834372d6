import { describe, expect, it } from "@jest/globals";
import { systemClock } from "./clock.ts";
import { within } from "./within.ts";

const never = new AbortController().signal;
const options = { clock: systemClock, signal: never, ms: 30, doing: "reach the cluster" };

describe("within()", () => {
  it("gives what the work gives", async () => {
    expect(await within({ ...options, ms: 60_000 }, () => Promise.resolve(7))).toBe(7);
    await expect(within({ ...options, ms: 60_000 }, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  it("ends work that looks at its signal, and work that does not", async () => {
    const expected = "Cannot reach the cluster because the time is up: got no end within 30 ms";
    await expect(within(options, (signal) => systemClock.sleep(60_000, signal))).rejects.toThrow(expected);
    await expect(within(options, () => new Promise<never>(() => undefined))).rejects.toMatchObject({
      outcome: "timed-out",
    });
  });

  it("ends with the job", async () => {
    const cancel = new AbortController();
    const work = within({ ...options, ms: 60_000, signal: cancel.signal }, () => new Promise<never>(() => undefined));
    cancel.abort(new Error("cancelled"));
    await expect(work).rejects.toThrow("cancelled");
    await expect(within({ ...options, signal: cancel.signal }, () => Promise.resolve(1))).rejects.toThrow("cancelled");
  });
});
