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
    // A patch that cannot be carried out is answered by the router's own 422, which has empty details.
    ...(causes.length > 0 ? { details: { causes } } : code === 422 ? { details: {} } : {}),
  });
}
