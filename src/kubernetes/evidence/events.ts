import type { Event } from "../readiness/objects.ts";

/** More than this tells nobody more. */
const mostEvents = 8;

export interface EvidenceEvent {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** The newest warnings, or the newest events where nothing was warned of; oldest first, the same told once with its count. */
export function newestEvents(events: readonly Event[]): EvidenceEvent[] {
  const byTime = events.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)));
  const merged = new Map<string, EvidenceEvent>();
  for (const { involvedObject, type = "", reason = "", message = "", count, series } of byTime) {
    // Pods of one revision say the same, each with its own name.
    const key = `${involvedObject?.kind ?? ""} ${reason} ${message.replaceAll(involvedObject?.name ?? "", "")}`;
    const before = merged.get(key)?.count ?? 0;
    const object = `${involvedObject?.kind ?? ""}/${involvedObject?.name ?? ""}`;
    merged.delete(key);
    merged.set(key, { object, type, reason, message, count: before + (series?.count ?? count ?? 1) });
  }
  const all = [...merged.values()];
  const warnings = all.filter(({ type }) => type === "Warning");
  return (warnings.length > 0 ? warnings : all).slice(-mostEvents);
}

function timeOf({ series, lastTimestamp, eventTime, firstTimestamp, metadata }: Event): string {
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp ?? "";
}

export function eventLines(events: readonly EvidenceEvent[]): string[] {
  return events.map(({ object, type, reason, message, count }) => {
    const often = count > 1 ? ` (${count} times)` : "";
    return `  ${type === "Warning" ? "!" : " "} ${object} ${reason}${often}: ${message}`;
  });
}
