import { describe, expect, it } from "@jest/globals";
import { waitFor } from "./testing/test-cluster.ts";
import { WorkQueue } from "./work-queue.ts";

function queueOf(
  reconcile: (key: string) => Promise<{ afterMs: number } | undefined>,
  errors: unknown[] = [],
): WorkQueue {
  return new WorkQueue({ reconcile, concurrency: 2, onError: (_, error) => errors.push(error) });
}

describe("WorkQueue", () => {
  it("works once on a key that was added many times, and once more when it is added meanwhile", async () => {
    const runs: string[] = [];
    let finish = (): void => undefined;
    const queue = queueOf(async (key) => {
      runs.push(key);
      if (runs.length === 1) await new Promise<void>((resolve) => (finish = resolve));
      return undefined;
    });
    for (let i = 0; i < 3; i++) queue.add("a");
    await waitFor(
      "the first run",
      () => runs.length,
      (count) => count === 1,
    );
    queue.add("a");
    queue.add("a");
    finish();
    await waitFor(
      "the second run",
      () => runs.length,
      (count) => count === 2,
    );
    await queue.stop();
    expect(runs).toEqual(["a", "a"]);
  });

  it("works on no more keys at once than it may, and on one key only once at a time", async () => {
    let running = 0;
    let most = 0;
    const done: string[] = [];
    const queue = queueOf(async (key) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      done.push(key);
      return undefined;
    });
    for (const key of ["a", "b", "c", "d"]) queue.add(key);
    await waitFor(
      "all",
      () => done.length,
      (count) => count === 4,
    );
    await queue.stop();
    expect(most).toBe(2);
  });

  it("tries again, ever later, until it succeeds", async () => {
    const times: number[] = [];
    const errors: unknown[] = [];
    const queue = queueOf((key) => {
      times.push(performance.now());
      return times.length < 5 ? Promise.reject(new Error(key)) : Promise.resolve(undefined);
    }, errors);
    queue.add("a");
    await waitFor(
      "success",
      () => times.length,
      (count) => count === 5,
    );
    await queue.stop();
    expect(errors).toHaveLength(4);
    // 5, 10, 20 and 40 ms, less what a timer may be early.
    expect((times[4] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(70);
  });

  it("comes back after a while when it is asked to, and never once it is stopped", async () => {
    let runs = 0;
    const queue = queueOf(() => Promise.resolve((runs += 1) < 3 ? { afterMs: 1 } : { afterMs: 1_000_000 }));
    queue.add("a");
    await waitFor(
      "the third run",
      () => runs,
      (count) => count === 3,
    );
    await queue.stop();
    queue.add("a");
    queue.addAfter("b", 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(runs).toBe(3);
  });
});
