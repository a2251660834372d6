import { SlipwayError } from "../error.ts";
import type { Outcome } from "../error.ts";
import type { Runner } from "../runner/runner.ts";
import { visible } from "../runner/untrusted.ts";
import { openGitHub } from "./client.ts";
import type { GitHubApi } from "./client.ts";
import { Comments } from "./comments.ts";
import { Deployments } from "./deployments.ts";
import type { Owner, State } from "./deployments.ts";
import { GitHubError } from "./error.ts";
import { forgetDeployment, keepDeployment } from "./kept-deployment.ts";
import { openDeployment } from "./open-deployment.ts";
import type { OpenDeployment } from "./open-deployment.ts";
import { retireReplaced } from "./retire.ts";
import { putStickyComment } from "./sticky-comment.ts";
import { subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";
import type { Ended, Telling, TellingOptions } from "./telling.ts";

/** How long a release that has ended waits for GitHub, and one whose job was cancelled, which has seconds left. */
const graceMs = 5_000;
const cancelledGraceMs = 2_000;

type Options = TellingOptions & { readonly token: string };

/** Tells GitHub what `Telling` says; outside of a workflow run there is nothing to tell. */
export function tellGitHub(runner: Runner, options: Options): Telling {
  return new GitHubTelling(runner, options, subjectOf(runner.context));
}

class GitHubTelling implements Telling {
  readonly #runner: Runner;
  readonly #options: Options;
  readonly #subject: Subject | undefined;
  readonly #problems: unknown[] = [];
  /** Aborted when the grace is over. */
  readonly #over = new AbortController();
  #api: GitHubApi | undefined;
  #opening: Promise<OpenDeployment | undefined> = Promise.resolve(undefined);
  #commenting: Promise<unknown> = Promise.resolve();

  constructor(runner: Runner, options: Options, subject: Subject | undefined) {
    this.#runner = runner;
    this.#options = options;
    this.#subject = subject;
  }

  begin(commit?: string): void {
    const subject = this.#subject;
    if (subject !== undefined) this.#opening = this.#attempt((api) => this.#open(api, subject, commit));
  }

  comment(markdown: string): void {
    const subject = this.#subject;
    if (subject?.pullRequest === undefined) return;
    const { repository, pullRequest } = subject;
    this.#commenting = this.#attempt((api) => {
      const comments = new Comments(api, { repository, number: pullRequest.number });
      // Redacted before it was escaped; this is the last place where it can be looked at.
      return putStickyComment(comments, subject, { ...this.#options, markdown: this.#runner.redact(markdown) });
    });
  }

  async during<T extends Ended>(work: () => Promise<T>): Promise<T> {
    let ended: Ended = { outcome: "failed", sentence: "" };
    try {
      const result = await work();
      ended = result;
      return result;
    } catch (error) {
      ended = this.#endedBy(error);
      throw error;
    } finally {
      await this.#end(ended);
    }
  }

  /** A cancelled job's requests and timers may throw anything. */
  #endedBy(error: unknown): Ended {
    if (this.#runner.signal.aborted) return { outcome: "cancelled", sentence: "The job was cancelled." };
    if (error instanceof SlipwayError) return { outcome: error.outcome, sentence: error.message };
    return { outcome: "failed", sentence: "This is a bug in Slipway: the log has more." };
  }

  async #end(ended: Ended): Promise<void> {
    const done = new AbortController();
    const grace = this.#grace(done.signal);
    await Promise.all([this.#close(ended), this.#commenting]);
    done.abort();
    await grace;
    this.#api?.close();
    this.#tellProblems();
  }

  async #open(api: GitHubApi, subject: Subject, commit: string | undefined): Promise<OpenDeployment | undefined> {
    const { clock, log } = this.#runner;
    const deployments = new Deployments(api, subject.repository);
    const wanted = { subject, owner: this.#owner(subject), commit, environment: this.#options.environment };
    const sleep = (ms: number, signal?: AbortSignal): Promise<void> => clock.sleep(ms, signal);
    const open = await openDeployment(deployments, wanted, { signal: this.#over.signal, sleep });
    if (open === "several") {
      log.notice(
        "No Deployment is told of this: jobs of this run have several. The input environment says which is meant.",
      );
    }
    if (open === undefined || open === "several") return undefined;
    const { id, logUrl } = open;
    if (open.isOurs) keepDeployment(this.#runner, { repository: subject.repository, id, logUrl });
    if (!open.isStarted) await deployments.tell(id, { state: "in_progress", description: "", logUrl });
    return open;
  }

  async #close({ outcome, sentence, url, takenBack }: Ended): Promise<void> {
    const subject = this.#subject;
    const open = await this.#opening;
    if (open === undefined || subject === undefined) return;
    await this.#attempt(async (api) => {
      const deployments = new Deployments(api, subject.repository);
      const description = visible(this.#runner.redact(sentence)).replace(/\s+/g, " ");
      const seen = url === undefined || outcome !== "succeeded" ? {} : { environmentUrl: url };
      await deployments.tell(open.id, { state: stateOf(outcome), description, logUrl: open.logUrl, ...seen });
      if (open.isOurs) forgetDeployment(this.#runner);
      if (outcome === "succeeded")
        await retireReplaced(deployments, { by: open, owner: this.#owner(subject), takenBack });
    });
  }

  #owner({ runId, runAttempt }: Subject): Owner {
    const { app, namespace } = this.#options;
    return { app, namespace, run: runId, attempt: runAttempt };
  }

  /** What goes wrong is kept: it must neither fail the release nor interrupt its log. */
  async #attempt<T>(work: (api: GitHubApi) => Promise<T>): Promise<T | undefined> {
    const { env, clock } = this.#runner;
    try {
      this.#api ??= openGitHub({ token: this.#options.token, env, clock, signal: this.#over.signal });
      return await work(this.#api);
    } catch (error) {
      this.#problems.push(error);
      return undefined;
    }
  }

  /** Gives GitHub some time more from now, and less once the job is cancelled. Ends with `done`. */
  async #grace(done: AbortSignal): Promise<void> {
    const { clock, signal } = this.#runner;
    const wait = (ms: number, until: AbortSignal): Promise<void> => clock.sleep(ms, until).catch(() => undefined);
    if (!signal.aborted) await wait(graceMs, AbortSignal.any([done, signal]));
    if (signal.aborted && !done.aborted) await wait(cancelledGraceMs, done);
    if (!done.aborted) this.#over.abort(new SlipwayError("GitHub did not answer in time", { code: "unreachable" }));
  }

  #tellProblems(): void {
    if (this.#problems.length === 0) return;
    const { log } = this.#runner;
    const isForbidden = this.#problems.every((error) => error instanceof GitHubError && error.status === 403);
    if (isForbidden && this.#subject?.pullRequest?.isReadOnly === true) {
      log.notice(
        "The plan is only in the job summary: a pull request like this one gets a token that may not comment.",
      );
      return;
    }
    const lines = [...new Set(this.#problems.map(describe))];
    log.warning(["GitHub was not told all of this. The release itself is not affected.", ...lines].join("\n"));
  }
}

function describe(error: unknown): string {
  if (!(error instanceof SlipwayError)) return String(error);
  return error.hint === undefined ? `${error.message}.` : `${error.message}. ${error.hint}`;
}

function stateOf(outcome: Outcome): State {
  switch (outcome) {
    case "succeeded":
      return "success";
    case "failed":
    case "timed-out":
      return "failure";
    case "cancelled":
    case "unknown":
      return "error";
  }
}
