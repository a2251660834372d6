import { describe, expect, it } from "@jest/globals";
import { readObserved } from "./testing/observed.ts";
import type { Scenario, Seen } from "./testing/observed.ts";
import { replay, withoutRefused } from "./testing/replay.ts";

/** Statuses that only the timing of the recorded cluster brought about, and what is said here instead. */
const exceptions: Readonly<
  Record<string, { readonly left: (seen: Seen) => boolean; readonly said: readonly string[] }>
> = {
  // There, the ReplicaSet counted its pod before the Deployment was looked at again, which therefore saw no progress.
  "deadline exceeded on a bad update": {
    left: ({ at, what }) => what === "deployment/app" && at === 6.3,
    said: ['deployment Progressing True ReplicaSetUpdated ReplicaSet "app-rs2" is progressing.'],
  },
};

/** A deadline of three seconds is as good as one of ten, and comes sooner. (Times in objects are whole seconds: one would be too few.) */
function hurried(scenario: Scenario): Scenario {
  const text = JSON.stringify(scenario).replaceAll(/"progressDeadlineSeconds":\d+/g, '"progressDeadlineSeconds":3');
  return JSON.parse(text) as Scenario;
}

function eventsOf(seen: readonly Seen[]): string[] {
  const own = seen.filter(({ what, from }) => what === "event" && from !== "kubelet");
  return own.map(({ about = "", reason = "", message = "" }) => `${about} ${reason} ${message}`);
}

function reasonsOf(events: readonly string[]): string[] {
  return [...new Set(events.map((event) => event.split(" ", 2).join(" ")))].sort();
}

const played = withoutRefused([...readObserved().values()]).filter(({ given }) =>
  given.some(
    (step) => "create" in step && ["Deployment", "Job", "StatefulSet", "DaemonSet"].includes(step.create.kind),
  ),
);

describe("what a client sees of workloads and autoscalers, compared with a real Kubernetes 1.34", () => {
  it.concurrent.each(played.map((each) => [each.scenario, each] as const))(
    "is the same: %s",
    async (name, scenario) => {
      const { left = () => false, said = [] } = exceptions[name] ?? {};
      const seen = scenario.seen.filter((each) => !left(each));
      const { unseen, events } = await replay(hurried({ ...scenario, seen }));
      expect(unseen).toEqual(said);
      expect(eventsOf(seen)).toEqual(expect.arrayContaining([...events]));
      expect(reasonsOf(events)).toEqual(reasonsOf(eventsOf(seen)));
    },
  );
});
