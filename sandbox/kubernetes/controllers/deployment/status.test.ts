import { describe, expect, it } from "@jest/globals";
import type { Condition, DeploymentStatus } from "../kinds.ts";
import { deployment, replicaSet } from "../testing/builders.ts";
import { plainStatus, progressCheckDelay, progressing, rolloutStatus } from "./status.ts";

const now = new Date("2026-01-01T00:10:00Z");
const earlier = new Date("2026-01-01T00:00:00Z");

function reasons(status: DeploymentStatus): Record<string, string> {
  return Object.fromEntries(
    (status.conditions ?? []).map((each) => [each.type, `${each.status} ${each.reason ?? ""}`]),
  );
}

const created: Condition = progressing("True", "NewReplicaSetCreated", "Created new replica set", earlier);

describe("plainStatus()", () => {
  it("counts by what the ReplicaSets say and leaves zeros out", () => {
    const revisions = {
      newest: replicaSet({ name: "new", replicas: 1 }),
      older: [replicaSet({ name: "old", replicas: 2, available: 2 })],
    };
    const status = plainStatus(deployment({ replicas: 2 }), revisions, now);
    expect(status).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 1,
      readyReplicas: 2,
      availableReplicas: 2,
      unavailableReplicas: 1,
    });
    expect(reasons(status)).toEqual({ Available: "True MinimumReplicasAvailable" });
  });

  it("says unavailable below the minimum", () => {
    const status = plainStatus(deployment(), { newest: undefined, older: [] }, now);
    expect(reasons(status)).toEqual({ Available: "False MinimumReplicasUnavailable" });
  });
});

describe("rolloutStatus()", () => {
  const newest = (available: number) => replicaSet({ name: "new", replicas: 2, available });

  it.each([
    { what: "complete", available: 2, before: {}, deadline: 600, expected: "True NewReplicaSetAvailable" },
    {
      what: "progress",
      available: 1,
      before: { updatedReplicas: 2 },
      deadline: 600,
      expected: "True ReplicaSetUpdated",
    },
    {
      what: "no progress before the deadline",
      available: 1,
      before: { updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1, replicas: 2 },
      deadline: 601,
      expected: "True NewReplicaSetCreated",
    },
    {
      what: "no progress at the deadline",
      available: 1,
      before: { updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1, replicas: 2 },
      deadline: 599,
      expected: "False ProgressDeadlineExceeded",
    },
  ])("says $expected for $what", ({ available, before, deadline, expected }) => {
    const given = deployment({ progressDeadlineSeconds: deadline, status: { ...before, conditions: [created] } });
    const status = rolloutStatus(given, { newest: newest(available), older: [] }, now);
    expect(reasons(status).Progressing).toBe(expected);
  });

  it("says nothing of progress without a deadline", () => {
    const given = deployment({ progressDeadlineSeconds: 2 ** 31 - 1, status: { conditions: [created] } });
    expect(reasons(rolloutStatus(given, { newest: newest(2), older: [] }, now))).toEqual({
      Available: "True MinimumReplicasAvailable",
    });
  });

  it("stays complete when a pod fails later", () => {
    const done = progressing("True", "NewReplicaSetAvailable", "done", earlier);
    const given = deployment({ progressDeadlineSeconds: 1, status: { conditions: [done] } });
    const status = rolloutStatus(given, { newest: newest(1), older: [] }, now);
    expect(reasons(status).Progressing).toBe("True NewReplicaSetAvailable");
  });

  it("carries a ReplicaSet's failure, and drops it when it is over", () => {
    const failure: Condition = { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: "no" };
    const failing = replicaSet({ name: "new", status: { replicas: 0, conditions: [failure] } });
    const status = rolloutStatus(deployment(), { newest: failing, older: [] }, now);
    expect(reasons(status).ReplicaFailure).toBe("True FailedCreate");
    const after = rolloutStatus(deployment({ status }), { newest: newest(2), older: [] }, now);
    expect(reasons(after)).not.toHaveProperty("ReplicaFailure");
  });
});

describe("progressCheckDelay()", () => {
  it("is the rest of the deadline and a second", () => {
    expect(progressCheckDelay(deployment({ progressDeadlineSeconds: 900 }), { conditions: [created] }, now)).toBe(
      301_000,
    );
  });

  it("is nothing once the deadline was missed", () => {
    const late = progressing("False", "ProgressDeadlineExceeded", "late", earlier);
    expect(progressCheckDelay(deployment(), { conditions: [late] }, now)).toBeUndefined();
  });
});
