import type { ReleaseSummary } from "./record/record.ts";

type Shape = { readonly [Key in keyof Required<ReleaseSummary>]: (value: unknown) => boolean };

const outcomes: ReadonlySet<unknown> = new Set<ReleaseSummary["outcome"]>([
  "pending",
  "succeeded",
  "failed",
  "timed-out",
  "cancelled",
  "unknown",
]);

const isFalse = (value: unknown): boolean => value === false;
const isText = (value: unknown): boolean => typeof value === "string";
const isTime = (value: unknown): boolean => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isRunId = (value: unknown): boolean => typeof value === "string" && /^\d{0,20}$/.test(value);
const optional = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

function isTextMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText);
}

/** What each field of a summary has to be. One that a later Slipway adds is let through. */
const shape: Shape = {
  app: isText,
  revision: isCount,
  outcome: (value) => outcomes.has(value),
  verified: optional(isTime),
  startedAt: isTime,
  finishedAt: optional(isTime),
  commit: isText,
  actor: isText,
  repository: isText,
  run: isText,
  runId: isRunId,
  runAttempt: optional(isCount),
  confirmedBy: optional(isRunId),
  images: isTextMap,
  restores: optional(isCount),
  replaces: optional(isCount),
  reason: optional(isText),
  pruned: optional(isFalse),
  watched: optional(isFalse),
  damaged: (value) => value === undefined,
};

/** A summary as an annotation holds it. */
export function writeSummary({ damaged, ...summary }: ReleaseSummary): string {
  return JSON.stringify(summary);
}

/**
 * The inverse. Anybody who may edit the annotation can have written it, so nothing of it is taken for granted.
 * Throws an Error that says what is wrong.
 */
export function readSummary(text: string | undefined): ReleaseSummary {
  if (text === undefined) throw new Error("it has no summary");
  const found = parse(text);
  const wrong = Object.entries(shape).find(([field, check]) => !check(found[field]));
  if (wrong !== undefined) {
    const [field] = wrong;
    const got = field in found ? JSON.stringify(found[field]).slice(0, 40) : "nothing";
    throw new Error(`its summary has no good "${field}": got ${got}`);
  }
  return found as unknown as ReleaseSummary;
}

function parse(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === "object" && found !== null) return found as Record<string, unknown>;
  } catch {
    // As bad as any other text that is no summary.
  }
  throw new Error(`its summary is no JSON object: got ${text.slice(0, 40)}`);
}
