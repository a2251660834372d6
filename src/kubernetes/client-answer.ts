import { SlipwayError } from "../error.ts";
import { ApiError, isStatus } from "./api-error.ts";
import type { Status } from "./api-error.ts";
import type { ApiRequest } from "./api.ts";
import { parseExactJson } from "./exact-json.ts";

/** An answer as it came, its body read to the end. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * The body of a 2xx answer: JSON parsed, anything else (logs, health checks, answers of a proxied Service) as text.
 * Integers beyond 2^53 stay what they are: see exact-json.ts.
 */
export function parseBody(answer: Answer, request: ApiRequest): unknown {
  if (!String(answer.headers["content-type"]).includes("json")) return answer.text;
  try {
    return parseExactJson(answer.text);
  } catch (cause) {
    const got = answer.text.slice(0, 100);
    throw new SlipwayError(
      `Cannot read the API server's answer to ${request.method} ${request.path} because it is not JSON: got ${got}`,
      { code: "refused", cause },
    );
  }
}

/** The error that any other answer is. */
export function toApiError({ status, headers, text }: Answer): ApiError {
  return new ApiError(status, parseStatus(text), {
    text,
    retryAfterMs: parseRetryAfter(headers["retry-after"], headers.date),
  });
}

function parseStatus(text: string): Status | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isStatus(body) ? body : undefined;
  } catch {
    // Not an API server's own words: ApiError shows them as they came.
    return undefined;
  }
}

/** Retry-After in ms: seconds, as Kubernetes sends, or a date, which only the server's own `Date` can be compared with. */
export function parseRetryAfter(value: unknown, date: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const waitMs = Date.parse(value) - Date.parse(String(date));
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

/** The texts of `Warning: 299 - "text"` headers (RFC 7234, 5.5), of which one header may hold several. */
export function parseWarnings(headers: readonly string[]): string[] {
  return headers.flatMap((header) =>
    [...header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")),
  );
}
