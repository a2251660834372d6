import type { Outcome } from "../error.ts";
import type { Runner } from "../runner/runner.ts";

/** How a release ended, for GitHub. */
export interface Ended {
  readonly outcome: Outcome;
  /** In a few words: `r4 is up after 12s`. */
  readonly sentence: string;
  /** Where the app is to be seen. */
  readonly url?: string | undefined;
  /** The commit of the release that was taken back. */
  readonly takenBack?: string | undefined;
}

/**
 * Tells GitHub of a release while it happens: by a Deployment and its statuses, and by a comment on the pull request. Everything happens
 * beside the release, and whatever goes wrong with it is one warning in the end.
 */
export interface Telling {
  /** Opens the Deployment of this run's commit, or of another one that is brought back. */
  begin(commit?: string): void;
  /** Puts Markdown into the app's comment, where the run is one of a pull request. */
  comment(markdown: string): void;
  /**
   * Does `work` and says how it ended, also where it throws. Then waits until all is told, for a few seconds at most. Throws nothing of its
   * own.
   */
  during<T extends Ended>(work: () => Promise<T>): Promise<T>;
}

export interface TellingOptions {
  readonly token: string | undefined;
  readonly environment: string | undefined;
  readonly app: string;
  readonly namespace: string;
}

const silent: Telling = { begin: () => undefined, comment: () => undefined, during: (work) => work() };

/** One that tells nothing without a token. Nothing is sent yet. */
export async function openTelling(runner: Runner, options: TellingOptions): Promise<Telling> {
  const { token } = options;
  if (token === undefined) return silent;
  const { tellGitHub } = await import("./tell-github.ts");
  return tellGitHub(runner, { ...options, token });
}
