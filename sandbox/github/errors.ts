import { json } from "../http.ts";
import type { Answer } from "../http.ts";

/** What is wrong with one field of a request, as GitHub says it. */
export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: "missing_field" | "invalid" | "custom";
  readonly message?: string;
}

/** A refusal in GitHub's form: `{message, documentation_url, status}`, and for 422 also `errors`. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly answer: Answer;

  constructor(status: 400 | 401 | 403 | 404 | 409 | 422, message: string, errors?: readonly FieldError[]) {
    super(message);
    const more = errors === undefined ? {} : { errors };
    const documentation_url = "https://docs.github.com/rest";
    this.answer = json(status, { message, ...more, documentation_url, status: String(status) });
  }
}

export function notFound(): GitHubError {
  return new GitHubError(404, "Not Found");
}

export function invalid(error: FieldError): GitHubError {
  return new GitHubError(422, "Validation Failed", [error]);
}
