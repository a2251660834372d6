import { describe, expect, it } from "@jest/globals";
import { deployment, replicaSet } from "../testing/builders.ts";
import { newestReplicas, rolloutBudget, scaleAll, shrinkOlder } from "./replicas.ts";
import type { Scaling } from "./replicas.ts";

const rolling = (maxSurge: string | number, maxUnavailable: string | number) => ({
  strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } },
});

function sizes(scalings: readonly Scaling[]): Record<string, number> {
  return Object.fromEntries(scalings.map(({ replicaSet: { metadata }, replicas }) => [metadata.name, replicas]));
}

describe("rolloutBudget()", () => {
  it.each([
    { replicas: 4, surge: "25%", unavailable: "25%", expected: { maxSurge: 1, maxUnavailable: 1 } },
    { replicas: 2, surge: "25%", unavailable: "25%", expected: { maxSurge: 1, maxUnavailable: 0 } },
    { replicas: 10, surge: "25%", unavailable: "25%", expected: { maxSurge: 3, maxUnavailable: 2 } },
    { replicas: 3, surge: 0, unavailable: "10%", expected: { maxSurge: 0, maxUnavailable: 1 } },
    { replicas: 3, surge: "100%", unavailable: 0, expected: { maxSurge: 3, maxUnavailable: 0 } },
    { replicas: 3, surge: 0, unavailable: 8, expected: { maxSurge: 0, maxUnavailable: 3 } },
    { replicas: 0, surge: "25%", unavailable: "25%", expected: { maxSurge: 0, maxUnavailable: 0 } },
  ])("is $expected for $replicas replicas, surge $surge, unavailable $unavailable", (each) => {
    const given = deployment({ replicas: each.replicas, ...rolling(each.surge, each.unavailable) });
    expect(rolloutBudget(given)).toEqual(each.expected);
  });

  it("is nothing for Recreate", () => {
    expect(rolloutBudget(deployment({ replicas: 4, strategy: { type: "Recreate" } }))).toEqual({
      maxSurge: 0,
      maxUnavailable: 0,
    });
  });
});

describe("newestReplicas()", () => {
  it.each([
    { replicas: 4, surge: 1, newest: 0, older: [4], expected: 1 },
    { replicas: 4, surge: "100%", newest: 0, older: [4], expected: 4 },
    { replicas: 4, surge: 0, newest: 0, older: [4], expected: 0 },
    { replicas: 4, surge: 1, newest: 1, older: [3], expected: 2 },
    { replicas: 4, surge: 2, newest: 3, older: [1], expected: 4 },
    { replicas: 4, surge: 1, newest: 0, older: [3, 2], expected: 0 },
    { replicas: 4, surge: 1, newest: 0, older: [], expected: 4 },
  ])("is $expected of $replicas beside $older with surge $surge", (each) => {
    const newest = replicaSet({ name: "newest", replicas: each.newest });
    const older = each.older.map((replicas, index) => replicaSet({ name: `old${index}`, replicas }));
    const given = deployment({ replicas: each.replicas, ...rolling(each.surge, 1) });
    expect(newestReplicas(given, newest, [...older, newest])).toBe(each.expected);
  });

  it("is all of them at once for Recreate", () => {
    const newest = replicaSet({});
    expect(newestReplicas(deployment({ replicas: 3, strategy: { type: "Recreate" } }), newest, [newest])).toBe(3);
  });
});

describe("shrinkOlder()", () => {
  const older = (name: string, replicas: number, available: number) => replicaSet({ name, replicas, available });

  it.each([
    {
      what: "nothing while the newest is not available",
      newest: [1, 0],
      old: [older("a", 4, 4)],
      unavailable: 0,
      expected: {},
    },
    {
      what: "one for each newest that is available",
      newest: [1, 1],
      old: [older("a", 4, 4)],
      unavailable: 0,
      expected: { a: 3 },
    },
    {
      what: "as many as may be unavailable",
      newest: [0, 0],
      old: [older("a", 4, 4)],
      unavailable: 2,
      expected: { a: 2 },
    },
    {
      what: "pods that are broken anyway, though the newest are not available",
      newest: [1, 0],
      old: [older("a", 4, 2)],
      unavailable: 1,
      expected: { a: 3 },
    },
    {
      what: "the broken of every one before any that works, oldest first",
      newest: [0, 0],
      old: [older("a", 2, 2), older("b", 3, 0)],
      unavailable: 2,
      expected: { b: 0 },
    },
    { what: "nothing of what has nothing", newest: [4, 4], old: [older("a", 0, 0)], unavailable: 1, expected: {} },
  ])("takes $what", ({ newest: [replicas = 0, available = 0], old, unavailable, expected }) => {
    const newest = replicaSet({ name: "newest", replicas, available });
    const given = deployment({ replicas: 4, ...rolling(1, unavailable) });
    expect(sizes(shrinkOlder(given, newest, old))).toEqual(expected);
  });
});

describe("scaleAll()", () => {
  const sized = (name: string, replicas: number, max: number, available = replicas) =>
    replicaSet({
      name,
      replicas,
      available,
      annotations: {
        "deployment.kubernetes.io/desired-replicas": String(max - 1),
        "deployment.kubernetes.io/max-replicas": String(max),
      },
    });

  it("gives all to the only active one", () => {
    expect(
      sizes(scaleAll(deployment({ replicas: 7 }), { newest: sized("new", 3, 4), older: [sized("old", 0, 4)] })),
    ).toEqual({ new: 7 });
  });

  it("gives all to the newest when none is active", () => {
    expect(
      sizes(scaleAll(deployment({ replicas: 7 }), { newest: sized("new", 0, 4), older: [sized("old", 0, 4)] })),
    ).toEqual({ new: 7 });
  });

  it("spreads growth in proportion, the rest to the largest", () => {
    const given = deployment({ replicas: 20, ...rolling(3, 2) });
    const result = scaleAll(given, { newest: sized("new", 5, 13, 3), older: [sized("old", 8, 13)] });
    expect(sizes(result)).toEqual({ old: 14, new: 9 });
  });

  it("spreads shrinking in proportion", () => {
    const given = deployment({ replicas: 5, ...rolling(1, 1) });
    const result = scaleAll(given, { newest: sized("new", 5, 11, 3), older: [sized("old", 6, 11)] });
    expect(sizes(result)).toEqual({ old: 3, new: 3 });
  });

  it("ends everything at zero replicas", () => {
    expect(
      sizes(scaleAll(deployment({ replicas: 0 }), { newest: sized("new", 2, 4), older: [sized("old", 1, 4)] })),
    ).toEqual({
      new: 0,
      old: 0,
    });
  });
});
