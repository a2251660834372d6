import * as v from "valibot";
import type { GitHubApi } from "./client.ts";

/** How a deployment can go, in GitHub's words. */
export type State = "in_progress" | "success" | "failure" | "error" | "inactive";

/** What a status says beside the state. */
export interface Told {
  readonly state: State;
  /** Plain text; only the first 140 characters are told. */
  readonly description: string;
  readonly logUrl: string;
  /** Where the app is to be seen. */
  readonly environmentUrl?: string;
}

/** Whose deployment it is: written into those that we make, so that an app knows its own. */
export interface Owner {
  readonly app: string;
  readonly namespace: string;
  /** The workflow run that made it. */
  readonly run: string;
  readonly attempt: string;
}

const ownerSchema = v.object({
  slipway: v.object({ app: v.string(), namespace: v.string(), run: v.string(), attempt: v.string() }),
});

const deploymentSchema = v.object({
  id: v.number(),
  sha: v.string(),
  environment: v.string(),
  payload: v.unknown(),
  creator: v.nullish(v.object({ login: v.string() })),
});

const statusSchema = v.object({
  state: v.string(),
  log_url: v.nullish(v.string()),
  target_url: v.nullish(v.string()),
});

export type Deployment = v.InferOutput<typeof deploymentSchema>;
export type Status = v.InferOutput<typeof statusSchema>;

const longestDescription = 140;

/** The deployments of one repository. */
export class Deployments {
  readonly #api: GitHubApi;
  readonly #path: string;

  constructor(api: GitHubApi, repository: string) {
    this.#api = api;
    this.#path = `/repos/${repository}/deployments`;
  }

  /** The newest of those that fit, newest first. */
  async list(filter: { readonly sha?: string; readonly environment?: string }): Promise<Deployment[]> {
    const newest = await this.#api.request({
      doing: "look for deployments at GitHub",
      permission: "deployments: write",
      path: this.#path,
      query: { ...filter, per_page: 50 },
      answer: v.array(deploymentSchema),
    });
    return newest.sort((a, b) => b.id - a.id);
  }

  /** Newest first. */
  async statuses(id: number): Promise<Status[]> {
    return this.#api.request({
      doing: "read a deployment's statuses at GitHub",
      permission: "deployments: write",
      path: `${this.#path}/${id}/statuses`,
      query: { per_page: 10 },
      answer: v.array(statusSchema),
    });
  }

  /** Makes one. Not tried again where GitHub may have made it already: look first. */
  async create(wanted: {
    readonly commit: string;
    readonly environment: string;
    readonly owner: Owner;
    readonly isTransient: boolean;
  }): Promise<number> {
    const { id } = await this.#api.request({
      doing: "make a deployment at GitHub",
      permission: "deployments: write",
      method: "POST",
      path: this.#path,
      body: {
        ref: wanted.commit,
        environment: wanted.environment,
        payload: { slipway: wanted.owner },
        // What is deployed is this commit: neither merged with another, nor held up by checks that may be this very run.
        auto_merge: false,
        required_contexts: [],
        transient_environment: wanted.isTransient,
        production_environment: !wanted.isTransient && /^prod(uction)?\b/i.test(wanted.environment),
      },
      answer: v.object({ id: v.number() }),
    });
    return id;
  }

  /** Says how one goes. Told twice, it is no other: the newest counts. */
  async tell(id: number, { state, description, logUrl, environmentUrl }: Told): Promise<void> {
    await this.#api.request({
      doing: `tell GitHub that a deployment is "${state}"`,
      permission: "deployments: write",
      method: "POST",
      path: `${this.#path}/${id}/statuses`,
      repeatable: true,
      body: {
        state,
        description: shorten(description),
        log_url: logUrl,
        ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl }),
        // An environment may hold several apps, and GitHub would end the deployments of them all.
        auto_inactive: false,
      },
      answer: v.object({}),
    });
  }
}

/** Whose it is, of those that we have made. */
export function ownerOf({ payload }: Deployment): Owner | undefined {
  const read = v.safeParse(ownerSchema, payload);
  return read.success ? read.output.slipway : undefined;
}

/** Whether GitHub made it for a job's own `environment:`. */
export function isOfJob(deployment: Deployment): boolean {
  return deployment.creator?.login === "github-actions[bot]" && ownerOf(deployment) === undefined;
}

/** Whether something is still to come: no status says how it ended. */
export function isOpen([newest]: readonly Status[]): boolean {
  return newest === undefined || /^(in_progress|queued|pending|waiting)$/.test(newest.state);
}

/** The workflow run that the statuses lead to: a job's link is `…/actions/runs/RUN/job/JOB`. */
export function runOf(statuses: readonly Status[]): string | undefined {
  const links = statuses.flatMap(({ log_url, target_url }) => [log_url ?? "", target_url ?? ""]);
  return links.map((link) => /\/actions\/runs\/(\d+)(?:[/?#]|$)/.exec(link)?.[1]).find((run) => run !== undefined);
}

function shorten(text: string): string {
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1).toWellFormed()}…`;
}
