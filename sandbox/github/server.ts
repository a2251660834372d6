import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { bearerToken, json, serve } from "../http.ts";
import type { Answer, FaultHook } from "../http.ts";
import { loginOf, requireWrite } from "./accounts.ts";
import type { Account } from "./accounts.ts";
import { Comments } from "./comments.ts";
import { Deployments } from "./deployments.ts";
import { GitHubError, notFound } from "./errors.ts";
import { readFields } from "./fields.ts";

export interface GitHub {
  /** For `GITHUB_API_URL`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface GitHubOptions {
  readonly accounts: readonly Account[];
  readonly address?: string;
  readonly onRequest?: (request: { readonly method: string; readonly path: string; readonly status: number }) => void;
  readonly onFault?: FaultHook;
}

/** As for the token of a job. */
const requestsPerHour = 1000;
const hourMs = 3_600_000;

/** What Slipway uses of GitHub's API, over plain HTTP on loopback. Every repository and every issue that is named exists. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const repositories = new Map<string, Repository>();
  let lastId = 1_000_000;
  const nextId = (): number => ++lastId;
  const repository = (name: string): Repository => {
    const known = repositories.get(name) ?? { deployments: new Deployments(nextId), comments: new Comments(nextId) };
    repositories.set(name, known);
    return known;
  };
  const limit = rateLimit();
  const server = await serve({
    ...options,
    handle: async (request, { pathname, search }) => {
      // Absolute, because the links of pages are.
      const url = new URL(pathname + search, `http://${request.headers.host ?? ""}`);
      const headers = { ...limit(), "x-github-request-id": randomUUID() };
      const answer = await answerTo({ request, url, account: findAccount(options.accounts, request), repository });
      return { ...answer, headers: { ...headers, ...answer.headers } };
    },
    onAnswer: ({ method = "GET", url: path = "/" }, { status }) => options.onRequest?.({ method, path, status }),
  });
  return { url: `http://${server.address}`, close: () => server.close() };
}

interface Repository {
  readonly deployments: Deployments;
  readonly comments: Comments;
}

interface Context {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly account: Account | undefined;
  readonly repository: (name: string) => Repository;
}

async function answerTo({ account, ...context }: Context): Promise<Answer> {
  try {
    if (account === undefined) throw new GitHubError(401, "Bad credentials");
    if (context.url.pathname === "/graphql") return await answerQuery(context.request, account);
    return await route({ ...context, account });
  } catch (error) {
    if (error instanceof GitHubError) return error.answer;
    throw error;
  }
}

function findAccount(accounts: readonly Account[], { headers }: IncomingMessage): Account | undefined {
  const given = bearerToken(headers.authorization);
  return accounts.find(({ token }) => token === given);
}

type Route = (
  context: Context & { readonly account: Account },
  name: Repository,
  id: string,
) => Answer | Promise<Answer>;

/** After `/repos/OWNER/NAME`; `*` is the id that a route is given. */
const routes: readonly (readonly [method: string, path: string, route: Route])[] = [
  ["GET", "/deployments", ({ url }, { deployments }) => deployments.list(url)],
  ["GET", "/deployments/*", ({ url }, { deployments }, id) => deployments.get(id, url)],
  ["GET", "/deployments/*/statuses", ({ url }, { deployments }, id) => deployments.listStatuses(id, url)],
  ["GET", "/issues/*/comments", ({ url }, { comments }, issue) => comments.list(issue, url)],
  [
    "POST",
    "/deployments",
    async ({ account, request, url }, { deployments }) => {
      requireWrite(account, "deployments");
      return deployments.create(account, await readFields(request), url);
    },
  ],
  [
    "POST",
    "/deployments/*/statuses",
    async ({ account, request, url }, { deployments }, id) => {
      requireWrite(account, "deployments");
      return deployments.addStatus(account, { id, fields: await readFields(request), url });
    },
  ],
  [
    "POST",
    "/issues/*/comments",
    async ({ account, request, url }, { comments }, issue) => {
      requireWrite(account, "pull-requests");
      return comments.create(account, { issue, fields: await readFields(request), url });
    },
  ],
  [
    "PATCH",
    "/issues/comments/*",
    async ({ account, request, url }, { comments }, id) => {
      requireWrite(account, "pull-requests");
      return comments.update({ id, fields: await readFields(request), url });
    },
  ],
];

function route(context: Context & { readonly account: Account }): Answer | Promise<Answer> {
  const [, repository, rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)$/.exec(context.url.pathname) ?? [];
  if (repository === undefined) throw notFound();
  const asked = rest.split("/");
  for (const [method, path, handler] of routes) {
    const parts = path.split("/");
    const fits = parts.length === asked.length && parts.every((part, index) => part === "*" || part === asked[index]);
    if (method !== context.request.method || !fits) continue;
    const id = asked.find((_, index) => parts[index] === "*") ?? "";
    if (id !== "" && !/^\d+$/.test(id)) throw notFound();
    return handler(context, context.repository(repository), id);
  }
  throw notFound();
}

/** Of GraphQL there is one query: who the bearer of the token is. */
async function answerQuery(request: IncomingMessage, account: Account): Promise<Answer> {
  const { query = "" } = await readFields(request);
  if (request.method === "POST" && String(query).replaceAll(/\s/g, "") === "{viewer{login}}")
    return json(200, { data: { viewer: { login: loginOf(account) } } });
  return json(200, { errors: [{ type: "undefinedField", message: "The sandbox knows only { viewer { login } }" }] });
}

/** Says in each answer how many requests remain of this hour. */
function rateLimit(): () => Record<string, string> {
  let used = 0;
  const reset = Math.ceil((Date.now() + hourMs) / 1000);
  return () => ({
    "x-ratelimit-limit": String(requestsPerHour),
    "x-ratelimit-remaining": String(Math.max(0, requestsPerHour - ++used)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": "core",
  });
}
