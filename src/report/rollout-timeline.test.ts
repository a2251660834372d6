import { describe, expect, it } from "@jest/globals";
import { rolloutTimeline } from "./rollout-timeline.ts";
import type { RolloutSpan } from "./rollout-timeline.ts";

const span = (object: string, untilMs: number, more: Partial<RolloutSpan> = {}): RolloutSpan => {
  return { object, fromMs: 0, untilMs, status: "current", ...more };
};

function diagram(markdown: string): string[] {
  return (/```mermaid\n([^]*?)\n```/.exec(markdown)?.[1] ?? "").split("\n");
}

describe("rolloutTimeline()", () => {
  it("draws a bar for each object, in the order in which they began", () => {
    const spans = [
      span("Deployment/web", 12_400, { fromMs: 3_000 }),
      span("StatefulSet/db", 3_000),
      span("Job/migrate", 9_000, { fromMs: 4_000, status: "failed" }),
      span("Deployment/api", 30_000, { fromMs: 4_000, status: "in-progress" }),
      span("ConfigMap/a", 20),
    ];
    expect(diagram(rolloutTimeline(spans))).toEqual([
      "gantt",
      "    dateFormat x",
      "    axisFormat %s s",
      "    todayMarker off",
      "    section Rollout",
      "    ✓ StatefulSet/db 3.0 s :done, 0, 3000",
      "    ✓ Deployment/web 9.4 s :done, 3000, 12400",
      "    ✗ Job/migrate 5.0 s :crit, 4000, 9000",
      "    … Deployment/api 26 s :active, 4000, 30000",
    ]);
  });

  it("counts milliseconds where everything is up within ten seconds", () => {
    expect(diagram(rolloutTimeline([span("Deployment/web", 2_000)]))[2]).toBe("    axisFormat %Q ms");
  });

  it("says nothing of a release in which nothing took time", () => {
    expect(rolloutTimeline([span("ConfigMap/a", 3), span("Service/b", 99)])).toBe("");
    expect(rolloutTimeline([])).toBe("");
  });

  it("draws the slowest twenty of three hundred, those that did not come up before all others", () => {
    const many = Array.from({ length: 300 }, (_, index) => span(`Deployment/web-${index}`, 1_000 + index));
    const markdown = rolloutTimeline([...many, span("Deployment/bad", 200, { status: "failed" })]);
    const bars = diagram(markdown).slice(5);
    expect(bars).toHaveLength(20);
    expect(bars[0]).toContain("✗ Deployment/bad");
    expect(bars.at(-1)).toContain("Deployment/web-299");
    expect(markdown).toContain("<summary>The picture shows the slowest 20 of 301</summary>");
    expect(markdown).toContain("and 201 more");
    expect(markdown.length).toBeLessThan(10_000);
  });

  it.each([
    'x\n    click x href "javascript:alert(1)"',
    "x :crit, 0, 1\nsection evil",
    "%%{init: {'theme':'dark'}}%%",
    "a;b#c:d,e",
    "gantt",
    "section evil",
    "2026-01-01",
    "``` <script>alert(1)</script>",
    "\u202eevil\u0000",
    "x".repeat(500),
  ])("takes nothing of a name for Mermaid's syntax: %j", (name) => {
    const bars = diagram(rolloutTimeline([span(name, 500), span(`Widget/${name}`, 700)])).slice(5);
    expect(bars).toHaveLength(2);
    for (const bar of bars) expect(bar).toMatch(/^ {4}✓ [\w./-]{1,60}…? \d+ ms :done, 0, \d+$/);
  });
});
