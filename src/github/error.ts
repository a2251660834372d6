import { SlipwayError } from "../error.ts";
import type { ErrorCode } from "../error.ts";

/** What a call is for, so that its errors can say it. */
export interface Purpose {
  /** Reads on after "Cannot". */
  readonly doing: string;
  /** What the job needs under `permissions:` for it, such as `deployments: write`. */
  readonly permission?: string;
}

export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What GitHub's documentation asks for where a secondary limit does not say how long to wait. */
const secondaryLimitMs = 60_000;

/** An answer of GitHub's API that is not 2xx. Its body is `{message, documentation_url, errors?}`. */
export class GitHubError extends SlipwayError {
  readonly status: number;
  /** Too many requests, which GitHub says with 403 as well as with 429. */
  readonly isRateLimit: boolean;
  /** How long GitHub asks to wait; `undefined` where it does not. */
  readonly retryAfterMs: number | undefined;

  constructor(purpose: Purpose, answer: FailedAnswer, nowMs: number) {
    const message = messageOf(answer.text);
    const isRateLimit = answer.status === 429 || (answer.status === 403 && isLimited(answer, message));
    const { why, hint, code } = isRateLimit ? rateLimited : explain(purpose, answer.status, message);
    super(`Cannot ${purpose.doing} because ${why}`, { code, hint });
    this.status = answer.status;
    this.isRateLimit = isRateLimit;
    this.retryAfterMs = isRateLimit ? waitOf(answer, nowMs) : undefined;
  }
}

interface Explanation {
  readonly why: string;
  readonly hint: string;
  readonly code: ErrorCode;
}

const rateLimited: Explanation = {
  why: "GitHub limits the requests of this token",
  hint: "The jobs of a repository share a limit of 1,000 requests an hour; it starts anew by itself.",
  code: "refused",
};

function explain({ permission }: Purpose, status: number, message: string): Explanation {
  const said = `GitHub answered ${status}: ${message || "nothing more"}`;
  const grant =
    permission === undefined ? "Check the token's permissions." : `Give the job the permission \`${permission}\`.`;
  if (status === 401) {
    return {
      why: "GitHub does not accept the token",
      hint: "Use `${{ github.token }}` for github-token.",
      code: "denied",
    };
  }
  if (status === 403) return { why: said, hint: grant, code: "denied" };
  if (status === 404)
    return { why: said, hint: `${grant} GitHub also says so to whoever may not look.`, code: "denied" };
  if (status >= 500) return { why: said, hint: "See https://www.githubstatus.com.", code: "unreachable" };
  return { why: said, hint: "Check the inputs of this action.", code: "refused" };
}

function isLimited({ headers }: FailedAnswer, message: string): boolean {
  const isUsedUp = headers["x-ratelimit-remaining"] === "0";
  return isUsedUp || headers["retry-after"] !== undefined || /rate limit|abuse/i.test(message);
}

/** Retry-After counts; without one, the hour's limit says when it starts anew, and a secondary limit passes after a minute. */
function waitOf({ headers }: FailedAnswer, nowMs: number): number {
  const seconds = Number(headers["retry-after"] ?? NaN);
  if (seconds >= 0) return seconds * 1000;
  const reset = Number(headers["x-ratelimit-reset"] ?? NaN) * 1000;
  if (headers["x-ratelimit-remaining"] === "0" && reset > 0) return Math.max(0, reset - nowMs);
  return secondaryLimitMs;
}

/** What GitHub says, with the fields that it does not like; the words of a proxy that answered in its place; "" for nothing. */
function messageOf(text: string): string {
  const { message, errors } = parseObject(text);
  if (typeof message !== "string") {
    return text
      .replace(/(<[^>]*>|\s)+/g, " ")
      .trim()
      .slice(0, 200);
  }
  const fields = Array.isArray(errors) ? errors.map(describeField).filter((each) => each !== "") : [];
  return [message, ...fields].join(", ").slice(0, 400);
}

function describeField(error: unknown): string {
  if (typeof error === "string") return error;
  const { field, code, message } = toFields(error);
  if (typeof message === "string") return message;
  return typeof field === "string" && typeof code === "string" ? `${field} is ${code}` : "";
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return toFields(JSON.parse(text));
  } catch {
    return {}; // Something on the way has answered in its own words.
  }
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
