import { formatDuration } from "../runner/duration.ts";
import { code, details, table } from "./markdown.ts";

/** How long one object took to come up. Milliseconds since the release began. */
export interface RolloutSpan {
  readonly object: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** `current`, `failed`, or `in-progress` where the time was up first. */
  readonly status: string;
}

/** What is current sooner than that tells nothing. */
const shortestMs = 100;
/** More lines than these nobody can take in at once. */
const mostDrawn = 20;
const mostListed = 100;
/** Below this, whole seconds say too little. */
const secondsFromMs = 10_000;
const longestName = 60;

/** When which object came up: a picture of the slowest ones, and all of them in a table. "" where nothing took time. */
export function rolloutTimeline(rollout: readonly RolloutSpan[]): string {
  const told = rollout.filter((span) => lastedMs(span) >= shortestMs || span.status !== "current");
  if (told.length === 0) return "";
  const slowest = told.toSorted(byWeight);
  const rows = slowest
    .slice(0, mostListed)
    .map((span) => [code(span.object), span.status, formatDuration(lastedMs(span))]);
  const more = told.length > mostListed ? [`and ${told.length - mostListed} more`] : [];
  const summary =
    told.length > mostDrawn ? `The picture shows the slowest ${mostDrawn} of ${told.length}` : "As a table";
  const all = [table(["Object", "", "Took"], rows), ...more].join("\n\n");
  return ["### Rollout", gantt(slowest.slice(0, mostDrawn)), details(summary, all)].join("\n\n");
}

/** What did not come up stands first, then what took longest. */
function byWeight(a: RolloutSpan, b: RolloutSpan): number {
  return Number(a.status === "current") - Number(b.status === "current") || lastedMs(b) - lastedMs(a);
}

/**
 * A Mermaid diagram, which GitHub draws. Times are milliseconds since the epoch, so that no time zone moves the axis, and of the syntax
 * only what every version reads the same way is used.
 */
function gantt(spans: readonly RolloutSpan[]): string {
  const untilMs = Math.max(...spans.map((span) => span.untilMs));
  const lines = [
    "gantt",
    "    dateFormat x",
    `    axisFormat ${untilMs < secondsFromMs ? "%Q ms" : "%s s"}`,
    "    todayMarker off",
    "    section Rollout",
    ...spans.toSorted((a, b) => a.fromMs - b.fromMs || a.untilMs - b.untilMs).map(bar),
  ];
  return ["```mermaid", ...lines, "```"].join("\n");
}

const styles: Readonly<Record<string, { readonly sign: string; readonly tag: string }>> = {
  current: { sign: "✓", tag: "done" },
  failed: { sign: "✗", tag: "crit" },
};

/** The sign in front also keeps a name from being read as one of Mermaid's own words. */
function bar(span: RolloutSpan): string {
  const { sign, tag } = styles[span.status] ?? { sign: "…", tag: "active" };
  const from = Math.round(span.fromMs);
  const until = Math.max(from + 1, Math.round(span.untilMs));
  return `    ${sign} ${plainName(span.object)} ${formatDuration(lastedMs(span))} :${tag}, ${from}, ${until}`;
}

/** Only characters that mean nothing to Mermaid, Markdown or HTML. */
function plainName(object: string): string {
  const name = object.replace(/[^\w./-]+/g, "_");
  return name.length <= longestName ? name : `${name.slice(0, longestName)}…`;
}

function lastedMs({ fromMs, untilMs }: RolloutSpan): number {
  return Math.max(0, untilMs - fromMs);
}
