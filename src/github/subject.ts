import type { RunContext } from "../runner/runner.ts";

/** What a workflow run is about, as GitHub's API names it. */
export interface Subject {
  /** `owner/name`. */
  readonly repository: string;
  /** The commits that stand for this run, the one that a person means first; 40 hexadecimal digits each. */
  readonly commits: readonly string[];
  readonly runId: string;
  readonly runAttempt: string;
  /** To open the run in a browser. */
  readonly runUrl: string;
  readonly pullRequest?: PullRequest;
}

export interface PullRequest {
  readonly number: number;
  /** Whether GitHub gives its runs a token that may only read: it comes from a fork, or from Dependabot. */
  readonly isReadOnly: boolean;
}

/** Reads what the run is about. `undefined` outside of GitHub Actions. */
export function subjectOf(context: RunContext): Subject | undefined {
  const { repository, runId, runAttempt, serverUrl, sha } = context;
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^\d+$/.test(runId)) return undefined;
  const pull = fieldsOf(context.payload.pull_request);
  // The run's own commit is a merge that GitHub has made to try things; people look at the head of their branch.
  const commits = [fieldsOf(pull.head).sha, sha].filter(isCommit);
  const pullRequest = readPullRequest(context, pull);
  return {
    repository,
    commits: [...new Set(commits)],
    runId,
    runAttempt: runAttempt || "1",
    runUrl: `${serverUrl}/${repository}/actions/runs/${runId}`,
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

/** Events of a pull request alone: others may name one, and yet be about something else. */
function readPullRequest({ eventName, actor }: RunContext, pull: Fields): PullRequest | undefined {
  const { number } = pull;
  if (!/^pull_request(_target)?$/.test(eventName) || !Number.isSafeInteger(number)) return undefined;
  const [from, to] = [pull.head, pull.base].map((end) => fieldsOf(fieldsOf(end).repo).full_name);
  const isReadOnly = eventName === "pull_request" && (from !== to || actor === "dependabot[bot]");
  return { number: Number(number), isReadOnly };
}

type Fields = Readonly<Record<string, unknown>>;

/** The payload is whatever the event's sender made of it. */
function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isCommit(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{40}$/.test(value);
}
