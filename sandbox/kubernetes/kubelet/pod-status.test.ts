import { describe, expect, it } from "@jest/globals";
import { podStatus } from "./pod-status.ts";
import type { PodObservation, Run } from "./pod-status.ts";
import type { PodSpec } from "./pod.ts";
import { containersToStart } from "./start-order.ts";
import { podOf } from "./testing/objects.ts";

const running: Run = { id: "1", attempt: 0, image: "web", imageId: "", startedAt: 0 };
const ended = (exitCode: number): Run => ({
  ...running,
  end: { at: 1_000, exitCode, reason: exitCode === 0 ? "Completed" : "Error" },
});

function observe(spec: Partial<PodSpec>, runs: Record<string, Run[]>, more: Partial<PodObservation> = {}) {
  return podStatus({
    pod: podOf({
      containers: [
        { name: "a", image: "web" },
        { name: "b", image: "web" },
      ],
      ...spec,
    }),
    previous: { phase: "Pending" },
    hostAddress: "127.0.0.1",
    podAddress: "127.16.1.1",
    runs: new Map(Object.entries(runs)),
    problems: new Map(),
    probes: { isStarted: () => true, isReady: () => true },
    ended: false,
    now: 2_000,
    ...more,
  });
}

describe("podStatus()", () => {
  it.each<[string, Partial<PodSpec>, Record<string, Run[]>, boolean, string]>([
    ["all run", {}, { a: [running], b: [running] }, false, "Running"],
    ["one was not started yet", {}, { a: [running] }, false, "Pending"],
    ["one has failed and will run again", {}, { a: [running], b: [ended(1)] }, false, "Running"],
    ["all have succeeded, but run always", {}, { a: [ended(0)], b: [ended(0)] }, false, "Running"],
    [
      "one has failed and is run again on failure",
      { restartPolicy: "OnFailure" },
      { a: [ended(0)], b: [ended(1)] },
      false,
      "Running",
    ],
    [
      "all have succeeded for good",
      { restartPolicy: "OnFailure" },
      { a: [ended(0)], b: [ended(0)] },
      true,
      "Succeeded",
    ],
    ["one has failed for good", { restartPolicy: "Never" }, { a: [ended(0)], b: [ended(1)] }, true, "Failed"],
    [
      "one has failed for good, the other runs",
      { restartPolicy: "Never" },
      { a: [running], b: [ended(1)] },
      false,
      "Running",
    ],
    [
      "an init container has failed for good",
      { restartPolicy: "Never", initContainers: [{ name: "i", image: "web" }] },
      { i: [ended(1)] },
      true,
      "Failed",
    ],
    ["an init container runs", { initContainers: [{ name: "i", image: "web" }] }, { i: [running] }, false, "Pending"],
  ])("where %s", (_name, spec, runs, finished, phase) => {
    const seen = observe(spec, runs);
    expect(seen.finished).toBe(finished);
    // A final phase is reported only once everything has been cleared.
    expect(seen.status.phase).toBe(finished ? "Pending" : phase);
    if (finished) expect(observe(spec, runs, { ended: true }).status.phase).toBe(phase);
  });

  it("counts a container that never ran as lost once the pod has ended", () => {
    const { status } = observe({}, {}, { ended: true, podAddress: undefined });
    expect(status.phase).toBe("Failed");
    expect(status.containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 137,
      reason: "ContainerStatusUnknown",
    });
  });

  it("keeps the time of a condition's last change, and the address the pod had", () => {
    const first = observe({}, {}, { now: 2_000 }).status;
    const second = observe({}, { a: [running], b: [running] }, { now: 9_000, previous: first }).status;
    const third = observe(
      {},
      { a: [running], b: [running] },
      { now: 99_000, previous: second, podAddress: undefined },
    ).status;
    const readySince = [first, second, third].map(
      (status) => status.conditions?.find(({ type }) => type === "Ready")?.lastTransitionTime,
    );
    expect(readySince).toEqual(["1970-01-01T00:00:02Z", "1970-01-01T00:00:09Z", "1970-01-01T00:00:09Z"]);
    expect([third.podIP, third.startTime]).toEqual(["127.16.1.1", first.startTime]);
  });

  it("waits for the readiness gates that others open", () => {
    const readinessGates = [{ conditionType: "example.com/open" }];
    const { status } = observe({ readinessGates }, { a: [running], b: [running] });
    expect(status.conditions?.find(({ type }) => type === "Ready")).toMatchObject({
      status: "False",
      reason: "ReadinessGatesNotReady",
      message: 'corresponding condition of pod readiness gate "example.com/open" does not exist.',
    });
    expect(status.conditions?.find(({ type }) => type === "ContainersReady")?.status).toBe("True");
  });
});

it.each<[string, Partial<PodSpec>, Record<string, Run[]>, string[]]>([
  ["the first init container", {}, {}, ["i"]],
  ["nothing while that runs", {}, { i: [running] }, []],
  ["the second when the first has succeeded", {}, { i: [ended(0)] }, ["j"]],
  ["the first again when it has failed", {}, { i: [ended(1)] }, ["i"]],
  ["nothing any more when it has failed for good", { restartPolicy: "Never" }, { i: [ended(1)] }, []],
  ["all others after the last", {}, { i: [ended(0)], j: [ended(0)] }, ["a", "b"]],
  ["what has ended, though the init containers are forgotten", {}, { a: [ended(0)], b: [running] }, ["a"]],
  ["nothing that succeeded, on failure", { restartPolicy: "OnFailure" }, { a: [ended(0)], b: [ended(2)] }, ["b"]],
])("containersToStart() gives %s", (_name, spec, runs, names) => {
  const named = (...all: string[]) => all.map((name) => ({ name, image: "web" }));
  const pod = podOf({ initContainers: named("i", "j"), containers: named("a", "b"), ...spec });
  const found = containersToStart(pod, new Map(Object.entries(runs)));
  expect(found.map(({ container }) => container.name)).toEqual(names);
});
