import { Rejection } from "../fields/index.ts";
import { Refusal } from "./status.ts";

/** What the field functions throw, as the answer it becomes. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Rejection)) return error;
  const { code, message, reason, causes } = error;
  return new Refusal({
    code,
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(causes.length === 0 ? {} : { details: { causes } }),
  });
}
