import { describe, expect, it } from "@jest/globals";
import type { Event } from "../readiness.ts";
import { newestEvents } from "./events.ts";

describe("newestEvents()", () => {
  const event = (name: string, message: string, o: Partial<Event> = {}): Event => ({
    apiVersion: "v1",
    kind: "Event",
    metadata: { name },
    type: "Warning",
    reason: "R",
    message,
    involvedObject: { kind: "Pod", name },
    ...o,
  });

  it("tells once what several pods say, with its count", () => {
    const told = newestEvents([
      event("a-1", "Back-off restarting failed container main in pod a-1_ns(0f-1)", { count: 3 }),
      event("a-2", "Back-off restarting failed container main in pod a-2_ns(0f-2)", { series: { count: 2 } }),
    ]);
    expect(told).toEqual([
      {
        object: "Pod/a-2",
        type: "Warning",
        reason: "R",
        message: "Back-off restarting failed container main",
        count: 5,
      },
    ]);
  });

  it("keeps the newest warnings, and other events only where nothing was warned of", () => {
    const warnings = Array.from({ length: 12 }, (_, index) => event("a", `w${index}`));
    const normal = event("a", "n", { type: "Normal" });
    expect(newestEvents([normal, ...warnings]).map(({ message }) => message)).toEqual([
      "w4",
      "w5",
      "w6",
      "w7",
      "w8",
      "w9",
      "w10",
      "w11",
    ]);
    expect(newestEvents([normal]).map(({ message }) => message)).toEqual(["n"]);
  });
});
