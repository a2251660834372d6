import { describe, expect, it } from "@jest/globals";
import { pod } from "./testing/builders.ts";
import { budgetStatus } from "./disruption.ts";
import type { DisruptionBudget } from "./disruption.ts";

const ready = pod({ readySince: "2026-01-01T00:00:00Z" });
const starting = pod({});

describe("budgetStatus()", () => {
  it.each([
    { spec: { minAvailable: 2 }, healthy: 3, wanted: 3, desired: 2, allowed: 1 },
    { spec: { minAvailable: "50%" }, healthy: 3, wanted: 5, desired: 3, allowed: 0 },
    { spec: { maxUnavailable: 1 }, healthy: 3, wanted: 3, desired: 2, allowed: 1 },
    { spec: { maxUnavailable: "25%" }, healthy: 5, wanted: 5, desired: 3, allowed: 2 },
    { spec: { maxUnavailable: 0 }, healthy: 3, wanted: 3, desired: 3, allowed: 0 },
    { spec: { minAvailable: 0 }, healthy: 0, wanted: 0, desired: 0, allowed: 0 },
  ])("allows $allowed of $healthy under $spec", ({ spec, healthy, wanted, desired, allowed }) => {
    const budget: DisruptionBudget = {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "b", generation: 1 },
      spec,
    };
    const pods = [...Array<typeof ready>(healthy).fill(ready), ...(healthy === 0 ? [] : [starting])];
    const status = budgetStatus({ budget, pods, wanted, now: new Date() });
    expect(status).toMatchObject({
      currentHealthy: healthy,
      desiredHealthy: desired,
      disruptionsAllowed: allowed,
      observedGeneration: 1,
    });
    expect(status.conditions?.[0]?.reason).toBe(allowed > 0 ? "SufficientPods" : "InsufficientPods");
  });
});
