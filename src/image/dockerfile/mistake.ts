import { SlipwayError } from "../../error.ts";

/** Where an instruction stands: the file relative to the workspace, the line counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** An error about one line of a Dockerfile. */
export function mistake(place: Place, message: string, hint?: string): SlipwayError {
  const problem = { message, ...place, ...(hint === undefined ? {} : { hint }) };
  return new SlipwayError(message, {
    code: "configuration",
    problems: [problem],
    ...(hint === undefined ? {} : { hint }),
  });
}
