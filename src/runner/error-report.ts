import { inspect } from "node:util";
import { SlipwayError, type Outcome } from "../error.ts";
import type { Log } from "./runner.ts";

/** More causes than this tell nobody more. */
const mostCauses = 5;

/** Tells the user about `error`, whatever it is: where it stands, what to do, what caused it. Returns the outcome it stands for. */
export function reportError(error: unknown, log: Log): Outcome {
  if (!(error instanceof SlipwayError)) {
    if (isFileError(error)) log.error(explainFileError(error));
    else reportBug(error, log);
    return "failed";
  }
  if (error.code === "cancelled") {
    log.warning(explain(error));
  } else if (error.problems.length === 0) {
    log.error(explain(error));
  } else {
    log.info(explain(error));
    for (const problem of error.problems) log.error(withHint(problem), problem);
  }
  return error.outcome;
}

/** What Node.js throws when a file cannot be used. By shape: it may come from another realm. */
interface FileError {
  readonly code: string;
  readonly message: string;
  readonly path: string;
}

function isFileError(error: unknown): error is FileError {
  if (typeof error !== "object" || error === null || !("path" in error) || !("code" in error)) return false;
  return ["ENOENT", "EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EISDIR", "EMFILE"].includes(String(error.code));
}

function explainFileError({ message }: FileError): string {
  return `Cannot use a file of this runner: got ${message}\nCheck RUNNER_TEMP, the runner's own files and the space on the disk.`;
}

/** What went wrong, what to do about it and why it came about, one under the other. */
export function explain(error: SlipwayError): string {
  return [withHint(error), ...causesOf(error).map((cause) => `Caused by: ${cause}`)].join("\n");
}

function withHint({ message, hint }: { readonly message: string; readonly hint?: string | undefined }): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  let cause = error.cause;
  while (cause !== undefined && causes.length < mostCauses) {
    const text = messageOf(cause);
    if (!error.message.includes(text) && !causes.includes(text)) causes.push(text);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === "") return cause.errors.map(messageOf).join("; ");
  return cause instanceof Error ? cause.message || cause.name : inspect(cause);
}

function reportBug(error: unknown, log: Log): void {
  const summary = error instanceof Error ? `${error.name}: ${error.message}` : `${inspect(error)} was thrown`;
  log.error(`${summary}\nThis is a bug in Slipway. Please report it with the stack that the log of this step shows.`);
  log.info(stackOf(error));
}

/** Stacks only: an error's other properties may hold requests with their credentials. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "There is no stack, because what was thrown is not an error.";
  const cause = error.cause === undefined || error.cause === error ? "" : `\nCaused by: ${stackOf(error.cause)}`;
  return (error.stack ?? error.message) + cause;
}
