import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import { userOf } from "./accounts.ts";
import type { Account, User } from "./accounts.ts";
import { GitHubError, notFound } from "./errors.ts";
import { FieldReader } from "./fields.ts";
import type { Fields } from "./fields.ts";
import { pageOf } from "./paging.ts";

const states = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"] as const;
type State = (typeof states)[number];

interface Status {
  readonly id: number;
  readonly state: State;
  readonly creator: User;
  readonly description: string;
  readonly environment: string;
  readonly target_url: string;
  readonly log_url: string;
  readonly environment_url: string;
  readonly created_at: string;
  readonly updated_at: string;
}

interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly payload: unknown;
  readonly environment: string;
  readonly description: string | null;
  readonly creator: User;
  readonly transient_environment: boolean;
  readonly production_environment: boolean;
  readonly created_at: string;
  /** Newest first. */
  readonly statuses: Status[];
}

const longestDescription = 140;

/** The deployments of one repository. Every commit is taken to exist; branches are not known. */
export class Deployments {
  /** Newest first. */
  readonly #deployments: Deployment[] = [];
  readonly #nextId: () => number;

  constructor(nextId: () => number) {
    this.#nextId = nextId;
  }

  list(url: URL): Answer {
    const filters = ["sha", "ref", "task", "environment"] as const;
    const wanted = filters.flatMap((name) => {
      const value = url.searchParams.get(name);
      return value === null || value === "none" ? [] : [{ name, value }];
    });
    const found = this.#deployments.filter((each) => wanted.every(({ name, value }) => each[name] === value));
    return pageOf(
      found.map((each) => describe(each, url)),
      url,
    );
  }

  get(id: string, url: URL): Answer {
    return json(200, describe(this.#find(id), url));
  }

  create(account: Account, fields: Fields, url: URL): Answer {
    const read = new FieldReader("Deployment", fields);
    const ref = read.required("ref");
    if (!/^[0-9a-f]{40}$/.test(ref)) throw new GitHubError(422, `No ref found for: ${ref}`);
    const environment = read.text("environment", "production");
    const deployment = {
      id: this.#nextId(),
      sha: ref,
      ref,
      task: read.text("task", "deploy"),
      payload: fields.payload ?? {},
      environment,
      description: read.text("description", "") || null,
      creator: userOf(account),
      transient_environment: read.flag("transient_environment", false),
      production_environment: read.flag("production_environment", environment === "production"),
      created_at: new Date().toISOString(),
      statuses: [],
    };
    this.#deployments.unshift(deployment);
    return json(201, describe(deployment, url));
  }

  listStatuses(id: string, url: URL): Answer {
    const deployment = this.#find(id);
    return pageOf(
      deployment.statuses.map((status) => describeStatus(deployment, status, url)),
      url,
    );
  }

  addStatus(account: Account, asked: { readonly id: string; readonly fields: Fields; readonly url: URL }): Answer {
    const deployment = this.#find(asked.id);
    const read = new FieldReader("DeploymentStatus", asked.fields);
    const wanted = read.required("state");
    const state = states.find((each) => each === wanted);
    if (state === undefined) throw read.invalid("state");
    const status = this.#newStatus(deployment, account, {
      state,
      description: read.text("description", "", longestDescription),
      log_url: read.text("log_url", read.text("target_url", "")),
      environment_url: read.text("environment_url", ""),
    });
    if (state === "success" && read.flag("auto_inactive", true)) this.#endOthers(deployment, account);
    return json(201, describeStatus(deployment, status, asked.url));
  }

  #newStatus(
    deployment: Deployment,
    account: Account,
    told: Pick<Status, "state" | "description" | "log_url" | "environment_url">,
  ): Status {
    const now = new Date().toISOString();
    const about = { creator: userOf(account), environment: deployment.environment, target_url: told.log_url };
    const status = { id: this.#nextId(), ...about, ...told, created_at: now, updated_at: now };
    deployment.statuses.unshift(status);
    return status;
  }

  /** Of one environment only one deployment is live, unless the environment comes and goes or is a production one. */
  #endOthers(live: Deployment, account: Account): void {
    for (const other of this.#deployments) {
      const isOther = other.environment === live.environment && other.id < live.id;
      if (!isOther || other.transient_environment || other.production_environment) continue;
      if (other.statuses[0]?.state !== "success") continue;
      this.#newStatus(other, account, { state: "inactive", description: "", log_url: "", environment_url: "" });
    }
  }

  #find(id: string): Deployment {
    const found = this.#deployments.find((each) => String(each.id) === id);
    if (found === undefined) throw notFound();
    return found;
  }
}

function describe({ statuses, ...deployment }: Deployment, url: URL): object {
  const { repository, self } = addresses(deployment.id, url);
  return {
    url: self,
    node_id: Buffer.from(`010:Deployment${deployment.id}`).toString("base64"),
    ...deployment,
    original_environment: deployment.environment,
    updated_at: statuses[0]?.created_at ?? deployment.created_at,
    statuses_url: `${self}/statuses`,
    repository_url: repository,
    performed_via_github_app: null,
  };
}

function describeStatus(deployment: Deployment, status: Status, url: URL): object {
  const { repository, self } = addresses(deployment.id, url);
  return {
    url: `${self}/statuses/${status.id}`,
    node_id: Buffer.from(`016:DeploymentStatus${status.id}`).toString("base64"),
    ...status,
    deployment_url: self,
    repository_url: repository,
    performed_via_github_app: null,
  };
}

function addresses(id: number, url: URL): { readonly repository: string; readonly self: string } {
  const repository = url.origin + url.pathname.split("/").slice(0, 4).join("/");
  return { repository, self: `${repository}/deployments/${id}` };
}
