import type { components } from "@octokit/openapi-types";
import { Faults } from "../sandbox/faults.ts";
import type { ScriptedFault } from "../sandbox/faults.ts";
import { startGitHub } from "../sandbox/github/server.ts";

type Schemas = components["schemas"];

/** A deployment as its environment's page shows it. */
export interface SeenDeployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly isTransient: boolean;
  readonly isProduction: boolean;
  /** Oldest first. */
  readonly states: readonly string[];
  /** What the newest status says. */
  readonly description: string;
  readonly url: string;
  readonly logUrl: string;
}

export interface SeenComment {
  readonly author: string;
  readonly body: string;
}

/** A GitHub for one test, and what a person sees there. The repository is that of `runBundle`'s jobs. */
export interface TestGitHub {
  /** For a step's `env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Of a job with all permissions. */
  readonly token: string;
  /** Of a job for a fork. */
  readonly readOnlyToken: string;
  /** Methods and paths below the repository, as they came. */
  readonly requests: readonly string[];
  fail(fault: Omit<ScriptedFault, "service">): void;
  /** Does what GitHub does as a job with an `environment:` starts. Gives the deployment's id. */
  startJob(job: { readonly environment: string; readonly run: string; readonly sha?: string }): Promise<number>;
  /** What GitHub says as that job ends. */
  endJob(id: number, state: "success" | "failure"): Promise<void>;
  /** Comments on pull request 7 as somebody else. */
  comment(body: string): Promise<void>;
  /** Oldest first. */
  deployments(): Promise<SeenDeployment[]>;
  /** Those on pull request 7, oldest first. */
  comments(): Promise<SeenComment[]>;
  close(): Promise<void>;
}

export const commit = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";
const repository = "/repos/acme/backstage";
const token = "ghs_canary0123456789abcdef";
const readOnlyToken = "ghs_readonly0123456789abcdef";
const strangersToken = "ghp_stranger";

export async function testGitHub(): Promise<TestGitHub> {
  const faults = new Faults();
  const requests: string[] = [];
  const server = await startGitHub({
    accounts: [{ token }, { token: readOnlyToken, mayWrite: [] }, { token: strangersToken, login: "mallory" }],
    onFault: faults.hook("github"),
    onRequest: ({ method, path }) => void requests.push(`${method} ${path.replace(repository, "")}`),
  });
  const ask = async <T>(method: string, path: string, body?: unknown, as = token): Promise<T> => {
    const answer = await fetch(server.url + repository + path, {
      method,
      headers: { authorization: `Bearer ${as}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as T;
  };
  const tell = async (id: number, status: object): Promise<void> => {
    await ask("POST", `/deployments/${id}/statuses`, status);
  };
  return {
    env: { GITHUB_API_URL: server.url },
    token,
    readOnlyToken,
    requests,
    fail: (fault) => faults.add({ service: "github", ...fault }),
    async startJob({ environment, run, sha = commit }) {
      const { id } = await ask<{ id: number }>("POST", "/deployments", { ref: sha, environment });
      const log_url = `https://github.com/acme/backstage/actions/runs/${run}/job/77`;
      await tell(id, { state: "in_progress", log_url });
      return id;
    },
    endJob: (id, state) => tell(id, { state }),
    comment: (body) => ask("POST", "/issues/7/comments", { body }, strangersToken),
    async deployments() {
      const all = await ask<Schemas["deployment"][]>("GET", "/deployments?per_page=100");
      const seen = all.map(async (deployment): Promise<SeenDeployment> => {
        const id = Number(deployment.id);
        const statuses = await ask<Schemas["deployment-status"][]>("GET", `/deployments/${id}/statuses?per_page=100`);
        const [newest] = statuses;
        return {
          id,
          sha: deployment.sha,
          environment: deployment.environment,
          isTransient: deployment.transient_environment === true,
          isProduction: deployment.production_environment === true,
          states: statuses.map(({ state }) => state).reverse(),
          description: newest?.description ?? "",
          url: newest?.environment_url ?? "",
          logUrl: newest?.log_url ?? "",
        };
      });
      return (await Promise.all(seen)).reverse();
    },
    async comments() {
      const all = await ask<Schemas["issue-comment"][]>("GET", "/issues/7/comments?per_page=100");
      return all.map(({ user, body = "" }) => ({ author: user?.login ?? "", body }));
    },
    close: () => server.close(),
  };
}
