import { SlipwayError } from "../error.ts";
import type { ErrorCode } from "../error.ts";

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** `metav1.Status`: how a Kubernetes API server says no. */
export interface Status {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata?: object;
  readonly status?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly uid?: string;
    readonly causes?: readonly StatusCause[];
    readonly retryAfterSeconds?: number;
  };
  readonly code?: number;
}

/** An answer of the API server that is not 2xx. The message is Kubernetes' own; callers add what they were about to do. */
export class ApiError extends SlipwayError {
  /** The HTTP status, also where the Status was part of a watch's stream. */
  readonly status: number;
  /** Kubernetes' reason, such as `NotFound` or `AlreadyExists`; "" where the answer has none. */
  readonly reason: string;
  readonly body: Status | undefined;
  /** What the server asked for by Retry-After. */
  readonly retryAfterMs: number | undefined;

  constructor(
    status: number,
    body: Status | undefined,
    options: { readonly text?: string; readonly retryAfterMs?: number | undefined } = {},
  ) {
    const message = body?.message || describe(status, options.text ?? "");
    const hint = hintFor(status, message);
    super(message, { code: codeOf(status, message), ...(hint === undefined ? {} : { hint }) });
    this.status = status;
    this.reason = body?.reason ?? "";
    this.body = body;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Tells a `Status` from any other body. */
export function isStatus(body: unknown): body is Status {
  return typeof body === "object" && body !== null && "kind" in body && body.kind === "Status";
}

/** For answers of something that is not an API server, such as a proxy or a load balancer: its words, on one line and bounded. */
function describe(status: number, text: string): string {
  const words = text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
  return words === "" ? `the server answered ${status}` : `the server answered ${status}: ${words}`;
}

function codeOf(status: number, message: string): ErrorCode {
  if (status === 401) return "denied";
  if (status === 403) return isPermission(message) ? "denied" : "refused";
  if (status === 502 || status === 503 || status === 504) return "unreachable";
  return "refused";
}

/** 403 is also how admission, quotas and terminating namespaces answer; only RBAC words it like this. */
function isPermission(message: string): boolean {
  return /is forbidden: User ".*" cannot /.test(message);
}

function hintFor(status: number, message: string): string | undefined {
  if (status === 401)
    return "The token or certificate is wrong or has expired: renew the credentials of this workflow.";
  if (status === 403 && isPermission(message)) {
    return "Someone who administers the cluster has to grant this user that permission (a Role and a RoleBinding).";
  }
  if (status === 403 && message.includes("exceeded quota")) return "Raise the ResourceQuota or ask for less.";
  return undefined;
}
