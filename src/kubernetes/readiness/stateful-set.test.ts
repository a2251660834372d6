import { describe, expect, it } from "@jest/globals";
import { podsInTheWay, readiness } from "../readiness.ts";
import { crashing, nothing, object, owner, pod, short } from "./testing/builders.ts";

describe("a StatefulSet", () => {
  const set = (o: { spec?: object; status?: object } = {}) =>
    object("StatefulSet", {
      apiVersion: "apps/v1",
      generation: 2,
      spec: { replicas: 3, ...o.spec },
      status: {
        observedGeneration: 2,
        replicas: 3,
        readyReplicas: 3,
        updatedReplicas: 3,
        currentRevision: "r2",
        updateRevision: "r2",
        ...o.status,
      },
    });
  const partition = { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } };
  const half = { updatedReplicas: 1, currentRevision: "r1" };
  it.each([
    ["all of the newest revision", set(), "current Current"],
    ["not all updated", set({ status: half }), "in-progress InProgress"],
    ["updated down to its partition", set({ spec: partition, status: half }), "current Current"],
    [
      "updated, but not to its partition",
      set({ spec: partition, status: { ...half, updatedReplicas: 0 } }),
      "in-progress InProgress",
    ],
    ["not all ready", set({ status: { readyReplicas: 2 } }), "in-progress InProgress"],
    ["ready, but not for long enough", set({ status: { availableReplicas: 2 } }), "in-progress InProgress"],
    ["updated by hand", set({ spec: { updateStrategy: { type: "OnDelete" } }, status: half }), "current OnDelete"],
  ])("with its pods %s", (_, statefulSet, expected) => {
    expect(short(readiness(statefulSet, nothing))).toBe(expected);
  });

  it("names the old pods that hold it up, unless it takes its pods all at once", () => {
    const labels = { "controller-revision-hash": "r1" };
    const broken = pod({ container: crashing(5), labels, ownerReferences: owner("StatefulSet") });
    const related = { ...nothing, pods: [broken] };
    const status = { updatedReplicas: 0, readyReplicas: 2 };
    expect(readiness(set({ status }), related).reason).toBe("BlockedByOldPod");
    expect(podsInTheWay(set({ status }), related)).toEqual([broken]);
    expect(podsInTheWay(set({ status, spec: { podManagementPolicy: "Parallel" } }), related)).toEqual([]);
  });

  it("blames a broken pod that its partition keeps at the older revision, and does not have it deleted", () => {
    const old = (name: string) =>
      pod({
        name,
        container: crashing(5),
        labels: { "controller-revision-hash": "r1" },
        ownerReferences: owner("StatefulSet"),
      });
    const held = set({ spec: partition, status: { ...half, readyReplicas: 2 } });
    expect(podsInTheWay(held, { ...nothing, pods: [old("db-1")] })).toEqual([]);
    expect(short(readiness(held, { ...nothing, pods: [old("db-1")] }))).toBe("failed CrashLoopBackOff");
    expect(short(readiness(held, { ...nothing, pods: [old("db-2")] }))).toBe("failed BlockedByOldPod");
  });
});
