import { randomUUID } from "node:crypto";
import { json } from "../http.ts";
import type { Answer } from "../http.ts";

const errors = {
  unauthorized: 401,
  not_found: 404,
  unprocessable_entity: 422,
  too_many_requests: 429,
} as const;

/** A refusal in the API's form, `{id, message, request_id}`. */
export class DigitalOceanError extends Error {
  override readonly name = "DigitalOceanError";
  readonly answer: Answer;

  constructor(id: keyof typeof errors, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.answer = json(errors[id], { id, message, request_id: randomUUID() }, headers);
  }
}

export function notFound(): DigitalOceanError {
  return new DigitalOceanError("not_found", "The resource you requested could not be found.");
}
