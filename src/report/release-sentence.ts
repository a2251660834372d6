import type { ReleaseResult } from "../release/carry-out.ts";
import { formatDuration } from "../runner/duration.ts";
import { reportFailure } from "./result-for-report.ts";

/** How a release ended, in a few words of plain text, and what came of taking it back. */
export function releaseSentence(result: ReleaseResult, restored?: string): string {
  return [describeEnd(result), restored].filter((each) => each !== undefined).join(" ");
}

function describeEnd({ outcome, release, changed, watched, failures, error, durationMs }: ReleaseResult): string {
  const name = `r${release.revision}`;
  if (outcome === "succeeded") {
    if (!changed) return `${name} was in place already.`;
    return watched ? `${name} is up after ${formatDuration(durationMs)}.` : `${name} is applied, and was not watched.`;
  }
  const [first] = failures.map(reportFailure);
  const why = first === undefined ? error?.message : `${first.object}: ${first.cause}`;
  return why === undefined ? `${name} ${outcome}.` : `${name} ${outcome}: ${why}.`;
}
