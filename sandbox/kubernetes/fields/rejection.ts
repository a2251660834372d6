/** One entry of `details.causes` of a Status. */
export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** What the API server answers to a bad request: the parts of a Status that the field functions know. */
export class Rejection extends Error {
  override readonly name = "Rejection";
  readonly code: 400 | 409 | 422 | 500;
  /** Absent where the real server gives none (a 500 of server-side apply). */
  readonly reason: "BadRequest" | "Conflict" | "Invalid" | undefined;
  readonly causes: readonly Cause[];

  constructor(
    code: Rejection["code"],
    message: string,
    o: { reason?: Rejection["reason"]; causes?: readonly Cause[] } = {},
  ) {
    super(message);
    this.code = code;
    this.reason = o.reason;
    this.causes = o.causes ?? [];
  }
}
