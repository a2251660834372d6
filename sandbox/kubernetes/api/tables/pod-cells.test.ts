import { describe, expect, it } from "@jest/globals";
import { podCells } from "./pod-cells.ts";
import { span } from "./text.ts";

type Pod = Parameters<typeof podCells>[0];

function pod(status: object, o: { spec?: object; deletionTimestamp?: string } = {}): Pod {
  const { spec = {}, ...metadata } = o;
  const containers = [{ name: "a" }, { name: "b" }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "p", ...metadata }, spec: { containers, ...spec }, status };
}

const running = { ready: true, state: { running: {} } };
const initContainers = { spec: { initContainers: [{ name: "i" }, { name: "j" }] } };
const ended = (exitCode: number, reason?: string): object => ({ state: { terminated: { exitCode, reason } } });

describe("podCells()", () => {
  it.each([
    ["a pod that has just been made", pod({ phase: "Pending" }), "0/2", "Pending"],
    ["all containers running", pod({ phase: "Running", containerStatuses: [running, running] }), "2/2", "Running"],
    [
      "one that cannot be pulled",
      pod({ phase: "Pending", containerStatuses: [running, { state: { waiting: { reason: "ErrImagePull" } } }] }),
      "1/2",
      "ErrImagePull",
    ],
    [
      "the first of two problems",
      pod({ containerStatuses: [{ state: { waiting: { reason: "CrashLoopBackOff" } } }, ended(1, "Error")] }),
      "0/2",
      "CrashLoopBackOff",
    ],
    ["an end without a reason", pod({ containerStatuses: [ended(3)] }), "0/2", "ExitCode:3"],
    ["one done, the other running", pod({ containerStatuses: [ended(0, "Completed"), running] }), "1/2", "NotReady"],
    [
      "all done",
      pod({ phase: "Succeeded", containerStatuses: [ended(0, "Completed"), ended(0, "Completed")] }),
      "0/2",
      "Completed",
    ],
    ["evicted", pod({ phase: "Failed", reason: "Evicted" }), "0/2", "Evicted"],
    [
      "on its way out",
      pod({ phase: "Running", containerStatuses: [running, running] }, { deletionTimestamp: "2026-01-01T00:00:00Z" }),
      "2/2",
      "Terminating",
    ],
    [
      "the second init container",
      pod(
        {
          phase: "Pending",
          initContainerStatuses: [
            { name: "i", ...ended(0) },
            { name: "j", state: { running: {} } },
          ],
        },
        initContainers,
      ),
      "0/2",
      "Init:1/2",
    ],
    [
      "a failed init container",
      pod({ initContainerStatuses: [{ name: "i", ...ended(1, "Error") }] }, initContainers),
      "0/2",
      "Init:Error",
    ],
    [
      "a waiting init container",
      pod(
        { initContainerStatuses: [{ name: "i", state: { waiting: { reason: "ImagePullBackOff" } } }] },
        initContainers,
      ),
      "0/2",
      "Init:ImagePullBackOff",
    ],
  ])("says what is going on with %s", (_, object, ready, status) => {
    expect(podCells(object).slice(1, 3)).toEqual([ready, status]);
  });

  it("counts restarts, and says when the last one was", () => {
    const finishedAt = new Date(Date.now() - 65_000).toISOString();
    const status = { restartCount: 3, lastState: { terminated: { finishedAt } } };
    expect(podCells(pod({ containerStatuses: [{ ...running, ...status }] }))[3]).toMatch(/^3 \(6\ds ago\)$/);
  });
});

describe("span()", () => {
  it.each([
    [-500, "0s"],
    [59_000, "59s"],
    [119_000, "119s"],
    [133_000, "2m13s"],
    [600_000, "10m"],
    [3 * 3_600_000, "3h"],
    [5 * 3_600_000 + 7 * 60_000, "5h7m"],
    [40 * 3_600_000, "40h"],
    [76 * 3_600_000, "3d4h"],
    [400 * 86_400_000, "400d"],
    [750 * 86_400_000, "2y20d"],
  ])("prints %i ms as %s", (ms, text) => {
    expect(span(ms)).toBe(text);
  });
});
