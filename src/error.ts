/** How a run ended. `unknown` is a partition: we could not see, which is neither a failure nor a success. */
export type Outcome = "succeeded" | "failed" | "timed-out" | "cancelled" | "unknown";

/**
 * Whose problem it is and where to look.
 * `configuration`: an input or a file of the user. `denied`: credentials or permissions. `unreachable`: the other side could not be
 * reached. `refused`: the other side said no. `release`: the release itself is bad. `locked`, `cancelled`, `timeout`: what they say.
 */
export type ErrorCode =
  "configuration" | "denied" | "unreachable" | "refused" | "release" | "locked" | "cancelled" | "timeout";

/** One thing that is wrong, and where in the user's files it stands. `file` is relative to the workspace, `line` counts from 1. */
export interface Problem {
  readonly message: string;
  readonly hint?: string;
  readonly file?: string;
  readonly line?: number;
}

/**
 * Every failure that Slipway foresees. The message reads "Cannot X because Y: got Z"; the hint says who mends it and how.
 * Anything else that is thrown is a bug in Slipway, and is reported as one.
 */
export class SlipwayError extends Error {
  override readonly name = "SlipwayError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** All problems, where several were found at once; each becomes an annotation of its own. */
  readonly problems: readonly Problem[];
  readonly outcome: Outcome;

  constructor(
    message: string,
    options: { code: ErrorCode; hint?: string; cause?: unknown; problems?: readonly Problem[]; outcome?: Outcome },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
    this.outcome = options.outcome ?? outcomeOf(options.code);
  }
}

function outcomeOf(code: ErrorCode): Outcome {
  switch (code) {
    case "cancelled":
      return "cancelled";
    case "timeout":
      return "timed-out";
    case "unreachable":
      return "unknown";
    default:
      return "failed";
  }
}
