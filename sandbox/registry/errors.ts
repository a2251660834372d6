import { json } from "../http.ts";
import type { Answer } from "../http.ts";

/** The error codes of the OCI distribution specification, with the status each is answered with. */
const statusOf = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 400,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 400,
  UNAUTHORIZED: 401,
  DENIED: 403,
  UNSUPPORTED: 405,
  TOOMANYREQUESTS: 429,
} as const;

/** A refusal as the specification words it. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
  readonly answer: Answer;

  constructor(
    code: keyof typeof statusOf,
    message: string,
    options: { status?: number; detail?: unknown; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    const error = { code, message, ...(options.detail === undefined ? {} : { detail: options.detail }) };
    this.answer = json(options.status ?? statusOf[code], { errors: [error] }, options.headers);
  }
}
