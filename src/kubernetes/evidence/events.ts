import { causeOf } from "../readiness/kubelet-words.ts";
import type { Event } from "../readiness/objects.ts";

/** What the kubelet says right after having said why. */
const echo = /^Error: (ErrImagePull|ImagePullBackOff)$/;
/** More than this tells nobody more. */
const mostEvents = 8;

export interface EvidenceEvent {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/**
 * The newest warnings, or the newest events where nothing was warned of, the same told once with its count.
 * @param events oldest first, and so is the result
 */
export function newestEvents(events: readonly Event[]): EvidenceEvent[] {
  const merged = new Map<string, EvidenceEvent>();
  for (const { involvedObject, type = "", reason = "", message = "", count, series } of events) {
    if (echo.test(message)) continue;
    const { kind = "", name = "" } = involvedObject ?? {};
    const text = plainly(message);
    // Pods of one revision say the same, each with its own name.
    const key = `${kind} ${reason} ${text.replaceAll(name, "").replace(/-[a-z0-9]{5}"/g, "")}`;
    const before = merged.get(key)?.count ?? 0;
    merged.delete(key);
    merged.set(key, {
      object: `${kind}/${name}`,
      type,
      reason,
      message: text,
      count: before + (series?.count ?? count ?? 1),
    });
  }
  const all = [...merged.values()];
  const warnings = all.filter(({ type }) => type === "Warning");
  return (warnings.length > 0 ? warnings : all).slice(-mostEvents);
}

/** Without what is told elsewhere: the pod's id, the layers between the kubelet and the cause. */
function plainly(message: string): string {
  const pull = /^(Failed to pull image "([^"]*)"): (.*)$/s.exec(message);
  if (pull !== null) return `${pull[1] ?? ""}: ${causeOf(pull[3] ?? "", pull[2])}`;
  return message.replace(/^\(combined from similar events\): /, "").replace(/ in pod \S+\([0-9a-f-]+\)$/, "");
}

/** Oldest first. */
export function byTime(a: Event, b: Event): number {
  return Date.parse(timeOf(a)) - Date.parse(timeOf(b));
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
