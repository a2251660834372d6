/** A status that is expected: `200`, or `2xx` for all of a class. */
export type ExpectedStatus = number | `${1 | 2 | 3 | 4 | 5}xx`;

export interface Expectation {
  /** Any of these. */
  readonly status: readonly ExpectedStatus[];
  /** Names in lower case, to the exact value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text that the body contains. */
  readonly body?: string | undefined;
  /** JSONPath (RFC 9535) to the value that all of its matches have; there is at least one. */
  readonly json: Readonly<Record<string, unknown>>;
  /** At most this long, in ms, from opening the connection to the last byte. */
  readonly latencyMs?: number | undefined;
}

/** Where an answer tells which version gave it, and what it must be. */
export interface VersionCheck {
  readonly from: { readonly json: string } | { readonly header: string };
  /** Any of these: what was asked for, or what the release's record says. A commit may also be told by its first characters. */
  readonly equals: readonly string[];
  /** On how many fresh connections it is asked for. */
  readonly connections: number;
}

/** One check, with everything filled in: ready to be asked. */
export interface Check {
  readonly name: string;
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly expect: Expectation;
  /** How often in a row it has to pass. */
  readonly consecutive: number;
  /** Whether it is asked again until the time is up. */
  readonly retry: boolean;
  readonly version?: VersionCheck | undefined;
}

/** One request's answer. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most a mebibyte of it. */
  readonly body: string;
  /** Whether the body went on after that. */
  readonly isCut: boolean;
  readonly latencyMs: number;
}

/** One thing that is wrong with an answer: a sentence, and what came instead where that says more. */
export interface Mismatch {
  readonly is: string;
  readonly got?: string;
}

/** How a check ended. */
export interface CheckResult {
  readonly name: string;
  /** Method and address; what looks like a credential in the address is hidden. */
  readonly target: string;
  readonly passed: boolean;
  /** What was wrong with the last answer; empty for a check that passed. Safe to report: the check's own credentials are hidden. */
  readonly mismatches: readonly Mismatch[];
  /** What to do about it, where there was no answer at all. */
  readonly hint?: string | undefined;
  readonly attempts: number;
  readonly durationMs: number;
  /** Of the last answer, where there was one. */
  readonly latencyMs?: number | undefined;
  /** Of the version check: how many of the connections got the right one. */
  readonly share?: Share | undefined;
}

export interface Share {
  readonly right: number;
  readonly of: number;
}

/** A mismatch as one line: "the status is not 2xx: got 503". */
export function describeMismatch({ is, got }: Mismatch): string {
  return got === undefined ? is : `${is}: got ${got}`;
}
