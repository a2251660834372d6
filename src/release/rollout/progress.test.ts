import { describe, expect, it } from "@jest/globals";
import { current, failed, inProgress } from "../../kubernetes/readiness/verdict.ts";
import type { Clock } from "../../runner/clock.ts";
import type { LiveLines } from "../../runner/live-lines.ts";
import { silentLog } from "../../../test/silent-log.ts";
import { tellProgress } from "./progress.ts";

/** Time that stands still unless it is moved. */
function stillClock() {
  let nowMs = 0;
  const clock: Clock = { now: () => nowMs, sleep: () => new Promise(() => undefined) };
  return { clock, move: (ms: number) => (nowMs += ms) };
}

const pods = (ready: number) => inProgress("InProgress", `${ready} of 2 ready`);

describe("tellProgress() in a log that is kept", () => {
  function start() {
    const lines: string[] = [];
    const { clock, move } = stillClock();
    const progress = tellProgress({ log: { ...silentLog, info: (text) => lines.push(text) }, clock, startedMs: 0 });
    return { lines, move, progress };
  }

  it("tells of few objects what each has come to", () => {
    const { lines, move, progress } = start();
    progress.tell("Deployment/a", pods(0));
    move(1_200);
    progress.tell("Deployment/a", pods(1));
    progress.tell("Deployment/a", current("Current", "2 of 2 ready"));
    expect(lines).toEqual([
      "    0 ms  Deployment/a: 0 of 2 ready",
      "   1.2 s  Deployment/a: 1 of 2 ready",
      "   1.2 s  Deployment/a: 2 of 2 ready",
    ]);
  });

  it("tells of many only what matters, and every five seconds that something moves", () => {
    const { lines, move, progress } = start();
    const names = Array.from({ length: 20 }, (_, index) => `Deployment/a${index}`);
    for (const name of names) progress.tell(name, pods(0));
    expect(lines).toHaveLength(5);
    move(5_000);
    for (const name of names.slice(0, 12)) progress.tell(name, current("Current", "2 of 2 ready"));
    expect(lines.slice(5)).toEqual(["   5.0 s  Deployment/a0: 2 of 2 ready (1 of 20 are done)"]);
    progress.tell("Deployment/a17", inProgress("ImagePullBackOff", "no image"));
    progress.tell("Deployment/a18", failed("CrashLoopBackOff", "exit code 1"));
    progress.end();
    expect(lines.slice(6)).toEqual([
      "   5.0 s  Deployment/a17: no image",
      "   5.0 s  Deployment/a18: exit code 1",
      "   5.0 s  12 of 20 are done",
    ]);
  });

  it("says no more of what was far enough already and now counts as done", () => {
    const { lines, progress } = start();
    progress.tell("Deployment/a", inProgress("Unprobed", "2 of 2 ready"));
    progress.tell("Deployment/a", current("Current", "2 of 2 ready"));
    expect(lines).toEqual(["    0 ms  Deployment/a: 2 of 2 ready"]);
  });

  it("says nothing again of what an earlier rollout of the release has told", () => {
    const { lines, progress } = start();
    for (const verdict of [current("Current", "2 of 2 ready"), current("Current", "2 of 2 ready")]) {
      progress.tell("Deployment/a", verdict);
      progress.end();
    }
    expect(lines).toEqual(["    0 ms  Deployment/a: 2 of 2 ready"]);
    progress.tell("Deployment/a", failed("CrashLoopBackOff", "exit code 1"));
    expect(lines).toHaveLength(2);
  });

  it("tells a trouble once, however its words count up", () => {
    const { lines, progress } = start();
    for (const times of [1, 2, 3])
      progress.tell("Deployment/a", inProgress("CrashLoopBackOff", `failed ${times} times`));
    expect(lines).toHaveLength(1);
  });
});

describe("tellProgress() on a terminal", () => {
  it("keeps a line for each object, and leaves the last word on each", () => {
    const lines: string[] = [];
    const shown: (readonly string[])[] = [];
    const live: LiveLines = { size: { columns: 80, rows: 5 }, show: (each) => shown.push(each) };
    const { clock, move } = stillClock();
    const progress = tellProgress({
      log: { ...silentLog, live, info: (text) => lines.push(text) },
      clock,
      startedMs: 0,
    });
    for (const name of ["Deployment/a", "Deployment/bc", "Job/d", "Job/e"]) progress.tell(name, pods(0));
    move(2_000);
    progress.tell("Deployment/a", current("Current", "2 of 2 ready"));
    progress.tell("Job/d", failed("Failed", "gave up"));
    expect(shown.at(-1)).toEqual([
      "… 1 more",
      expect.stringMatching(/^\S {4}2.0 s {2}Deployment\/bc {2}0 of 2 ready$/),
      expect.stringMatching(/^\S {4}2.0 s {2}Job\/e {10}0 of 2 ready$/),
      "✗    2.0 s  Job/d          gave up",
    ]);
    progress.end();
    expect(shown.at(-1)).toEqual([]);
    expect(lines.join("\n").split("\n")).toEqual([
      "✓    2.0 s  Deployment/a   2 of 2 ready",
      "·    2.0 s  Deployment/bc  0 of 2 ready",
      "·    2.0 s  Job/e          0 of 2 ready",
      "✗    2.0 s  Job/d          gave up",
    ]);
    lines.length = 0;
    progress.tell("Deployment/a", current("Current", "2 of 2 ready"));
    progress.tell("Deployment/bc", current("Current", "2 of 2 ready"));
    progress.end();
    expect(lines).toEqual(["✓    2.0 s  Deployment/bc  2 of 2 ready"]);
  });
});
