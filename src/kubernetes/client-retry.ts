import { explainNetworkFailure } from "../network-failure.ts";
import { ApiError } from "./api-error.ts";
import type { ApiRequest } from "./api.ts";

/** How long one request may be retried, in ms. Control planes restart within a minute. */
export const retryBudgetMs = 60_000;
/** The same while the server has never answered: then a wrong address is more likely than a restart. */
export const firstContactBudgetMs = 8_000;

/** Whether sending the request twice has the effect of sending it once. */
export function isIdempotent(request: ApiRequest): boolean {
  if (request.method === "GET" || request.query?.dryRun === "All" || request.repeatable === true) return true;
  return request.method === "PATCH" && request.contentType === "application/apply-patch+yaml";
}

/** Whether the request should be sent again after this error, in the form that `retry()` asks for. */
export function retryDecision(request: ApiRequest, error: unknown): false | { readonly afterMs?: number } {
  if (error instanceof ApiError) {
    if (!isRetryableAnswer(request, error)) return false;
    return error.retryAfterMs === undefined ? {} : { afterMs: jittered(error.retryAfterMs) };
  }
  const failure = explainNetworkFailure(error);
  if (!failure?.transient) return false;
  return !failure.sent || isIdempotent(request) ? {} : false;
}

function isRetryableAnswer(request: ApiRequest, error: ApiError): boolean {
  if (error.status === 429) return true;
  if (![500, 502, 503, 504].includes(error.status)) return false;
  // A webhook that could not be called stopped the request before anything was written: that holds for every verb.
  if (error.message.includes("failed calling webhook")) return true;
  return isIdempotent(request) && !isUsersMistake(error);
}

/** The field manager answers 500 for an object that breaks the schema; a webhook may give its denial any status. */
function isUsersMistake(error: ApiError): boolean {
  return /^failed to (create typed|convert|prune) /.test(error.message) || error.message.includes("denied the request");
}

/** Never earlier than asked, and never all at once: a server that sheds load tells everybody the same number. */
function jittered(ms: number): number {
  return Math.max(100, ms) * (1 + Math.random() * 0.2);
}
