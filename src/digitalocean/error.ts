import { SlipwayError } from "../error.ts";
import type { ErrorCode } from "../error.ts";
import { formatDuration } from "../runner/duration.ts";

/** What a call is for, so that its errors can say it. */
export interface Purpose {
  /** Reads on after "Cannot". */
  readonly doing: string;
  /** The permission that a custom-scoped token needs for it. */
  readonly scope?: string;
}

/** An answer of DigitalOcean's API that is not 2xx. Its body is `{id, message, request_id?}`. */
export class DigitalOceanError extends SlipwayError {
  readonly status: number;
  /** DigitalOcean's word for it, such as `not_found`; "" where the answer has none. */
  readonly id: string;
  /** How long to wait before asking again; `undefined` where the answer says nothing of it. */
  readonly retryAfterMs: number | undefined;

  constructor(purpose: Purpose, answer: FailedAnswer) {
    const body = parseBody(answer.text);
    const { why, hint, code } = explain(purpose, answer, body);
    super(`Cannot ${purpose.doing} because ${why}${body.requestId}`, { code, hint });
    this.status = answer.status;
    this.id = body.id;
    this.retryAfterMs = retryAfterMs(answer);
  }
}

export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface ErrorBody {
  readonly id: string;
  readonly message: string;
  /** For support, ready to append; "" without one. */
  readonly requestId: string;
}

function parseBody(text: string): ErrorBody {
  const fields = parseObject(text);
  const requestId = textOf(fields.request_id);
  return {
    id: textOf(fields.id),
    message:
      textOf(fields.message) ||
      text
        .replace(/(<[^>]*>|\s)+/g, " ")
        .trim()
        .slice(0, 200),
    requestId: requestId === "" ? "" : ` (request ${requestId})`,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // A proxy or a load balancer answered in its own words; they are shown instead.
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function explain(
  { scope }: Purpose,
  answer: FailedAnswer,
  { message }: ErrorBody,
): { readonly why: string; readonly hint: string; readonly code: ErrorCode } {
  const said = `DigitalOcean answered ${answer.status}: ${message || "nothing more"}`;
  switch (answer.status) {
    case 401:
      return {
        why: "DigitalOcean does not accept the token",
        hint: "digitalocean-token is wrong, has expired or was revoked: make a new one in the control panel under API.",
        code: "denied",
      };
    case 403:
      return {
        why: said,
        hint: `Give the token of digitalocean-token ${scope === undefined ? "the right to do so" : `the scope ${scope}`}.`,
        code: "denied",
      };
    case 404:
      return { why: said, hint: "Check the name, and that the token belongs to the same team.", code: "configuration" };
    case 429:
      return { ...explainLimit(answer), code: "refused" };
    default:
      return answer.status >= 500
        ? { why: said, hint: "See https://status.digitalocean.com, and run this again later.", code: "unreachable" }
        : { why: said, hint: "Check the inputs of this action.", code: "refused" };
  }
}

/** Which of the two limits it is: the one of a minute says when to come back, the one of an hour only when it starts anew. */
function explainLimit(answer: FailedAnswer): { readonly why: string; readonly hint: string } {
  const reset = Number(answer.headers["ratelimit-reset"]) * 1000;
  if (answer.headers["retry-after"] !== undefined || !(reset > 0)) {
    return { why: "this token has sent too many requests within a minute", hint: "Run this again in a minute." };
  }
  const limit = textOf(answer.headers["ratelimit-limit"]) || "all";
  const waitMs = untilReset(answer);
  const wait = waitMs === undefined ? "" : `, in ${formatDuration(waitMs)}`;
  const time = new Date(reset).toISOString().slice(11, 16);
  return {
    why: `this token has used up ${limit} requests of this hour`,
    hint: `DigitalOcean takes its requests again at ${time} UTC${wait}. Give other jobs tokens of their own.`,
  };
}

/** What Retry-After says (only the limit of a minute sends it), or the time until the hour's limit starts anew. */
function retryAfterMs(answer: FailedAnswer): number | undefined {
  if (answer.status !== 429) return undefined;
  const seconds = answer.headers["retry-after"];
  if (seconds === undefined) return untilReset(answer);
  return typeof seconds === "string" && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** Both times are the server's, so a wrong clock of ours does not matter. */
function untilReset({ headers }: FailedAnswer): number | undefined {
  const ms = Number(headers["ratelimit-reset"]) * 1000 - Date.parse(textOf(headers.date));
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
