import { afterEach, describe, expect, it } from "@jest/globals";
import type { components } from "@octokit/openapi-types";
import { startGitHub } from "./server.ts";
import type { GitHubOptions } from "./server.ts";

type Schemas = components["schemas"];
type Status = Schemas["deployment-status"];

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const job = { token: "ghs_job" };
const sha = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";
const repository = "/repos/acme/shop";

interface Answered<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The body of an answer has the type that the test knows it to have. */
type Ask = <T = unknown>(method: string, path: string, body?: unknown, token?: string) => Promise<Answered<T>>;

/** A GitHub, and how to ask it below `/repos/acme/shop`. */
async function github(options: Partial<GitHubOptions> = {}): Promise<{ readonly url: string; readonly ask: Ask }> {
  const started = await startGitHub({ accounts: [job], ...options });
  closers.push(() => started.close());
  const { url } = started;
  const ask = async (method: string, path: string, body?: unknown, token = job.token): Promise<Answered<unknown>> => {
    const answer = await fetch(url + (path === "/graphql" ? path : repository + path), {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return { url, ask: ask as Ask };
}

/** Makes a deployment and tells how it goes. Gives its id. */
async function deployed(ask: Ask, fields: object, ...states: readonly string[]): Promise<number> {
  const { body } = await ask<{ id: number }>("POST", "/deployments", { ref: sha, ...fields });
  for (const state of states) await ask("POST", `/deployments/${body.id}/statuses`, { state });
  return body.id;
}

async function newestState(ask: Ask, id: number): Promise<string | undefined> {
  return (await ask<Status[]>("GET", `/deployments/${id}/statuses`)).body[0]?.state;
}

describe("deployments", () => {
  it("are made with all that GitHub's description of its API promises", async () => {
    const { ask, url } = await github();
    const fields = { ref: sha, environment: "staging", payload: { app: "shop" }, description: "r1", auto_merge: false };
    const made = await ask<Schemas["deployment"]>("POST", "/deployments", fields);
    expect(made.status).toBe(201);
    const id = Number(made.body.id);
    expect(made.body).toEqual({
      url: `${url}${repository}/deployments/${id}`,
      id,
      node_id: expect.any(String),
      sha,
      ref: sha,
      task: "deploy",
      payload: { app: "shop" },
      original_environment: "staging",
      environment: "staging",
      description: "r1",
      creator: { login: "github-actions[bot]", id: 41_898_282, type: "Bot" },
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
      statuses_url: `${url}${repository}/deployments/${id}/statuses`,
      repository_url: `${url}${repository}`,
      transient_environment: false,
      production_environment: false,
      performed_via_github_app: null,
    });
    expect((await ask("GET", `/deployments/${id}`)).body).toEqual(made.body);
  });

  it("are listed newest first, by commit and environment, in pages", async () => {
    const { ask } = await github();
    const first = await deployed(ask, { environment: "staging" });
    const other = await deployed(ask, { environment: "production" });
    const second = await deployed(ask, { environment: "staging" });
    const ids = async (query: string): Promise<number[]> =>
      (await ask<{ id: number }[]>("GET", `/deployments${query}`)).body.map(({ id }) => id);
    expect(await ids("")).toEqual([second, other, first]);
    expect(await ids(`?environment=staging&sha=${sha}`)).toEqual([second, first]);
    expect(await ids(`?sha=${"0".repeat(40)}`)).toEqual([]);
    const page = await ask<{ id: number }[]>("GET", "/deployments?per_page=2");
    expect(page.headers.get("link")).toMatch(/^<http.*per_page=2&page=2>; rel="next", <.*page=2>; rel="last"$/);
    expect(await ids("?per_page=2&page=2")).toEqual([first]);
  });

  it("have statuses, newest first", async () => {
    const { ask } = await github();
    const id = await deployed(ask, { environment: "staging" }, "in_progress");
    const told = {
      state: "success",
      log_url: "https://github.com/run",
      environment_url: "https://shop",
      description: "up",
    };
    const made = await ask<Status>("POST", `/deployments/${id}/statuses`, told);
    expect(made.body).toMatchObject({ ...told, target_url: told.log_url, environment: "staging" });
    const all = (await ask<Status[]>("GET", `/deployments/${id}/statuses`)).body;
    expect(all.map(({ state }) => state)).toEqual(["success", "in_progress"]);
  });

  it("end the earlier ones of their environment, unless that is a production one or they are asked not to", async () => {
    const { ask } = await github();
    const earlier = await deployed(ask, { environment: "staging" }, "success");
    await deployed(ask, { environment: "staging" }, "failure");
    expect(await newestState(ask, earlier)).toBe("success");
    const quiet = await deployed(ask, { environment: "staging" });
    await ask("POST", `/deployments/${quiet}/statuses`, { state: "success", auto_inactive: false });
    expect(await newestState(ask, earlier)).toBe("success");
    await deployed(ask, { environment: "staging" }, "success");
    expect([await newestState(ask, earlier), await newestState(ask, quiet)]).toEqual(["inactive", "inactive"]);
    const production = await deployed(ask, {}, "success");
    await deployed(ask, {}, "success");
    expect(await newestState(ask, production)).toBe("success");
  });
});

describe("comments", () => {
  it("are made, listed oldest first and edited, whoever wrote them", async () => {
    const { ask } = await github({ accounts: [job, { token: "ghp_m", login: "mallory" }] });
    const first = await ask<Schemas["issue-comment"]>("POST", "/issues/7/comments", { body: "hello" }, "ghp_m");
    expect(first.body).toMatchObject({ body: "hello", user: { login: "mallory", type: "User" } });
    await ask("POST", "/issues/7/comments", { body: "world" });
    await ask("POST", "/issues/8/comments", { body: "elsewhere" });
    await ask("PATCH", `/issues/comments/${String(first.body.id)}`, { body: "edited" });
    const all = (await ask<Schemas["issue-comment"][]>("GET", "/issues/7/comments")).body;
    expect(all.map(({ body, user }) => [body, user?.login])).toEqual([
      ["edited", "mallory"],
      ["world", "github-actions[bot]"],
    ]);
  });
});

describe("it refuses as GitHub does", () => {
  it.each([
    ["a commit that does not exist", "/deployments", { ref: "nowhere" }, 422, "No ref found for: nowhere"],
    ["a deployment of nothing", "/deployments", {}, 422, "Validation Failed"],
    ["a state that is none", "/deployments/ID/statuses", { state: "done" }, 422, "Validation Failed"],
    [
      "a long description",
      "/deployments/ID/statuses",
      { state: "error", description: "x".repeat(141) },
      422,
      "Validation Failed",
    ],
    ["a long comment", "/issues/1/comments", { body: "x".repeat(65_537) }, 422, "Validation Failed"],
    ["an empty comment", "/issues/1/comments", { body: "" }, 422, "Validation Failed"],
    ["what is not JSON", "/issues/1/comments", "{", 400, "Problems parsing JSON"],
    ["an unknown deployment", "/deployments/1/statuses", { state: "error" }, 404, "Not Found"],
    ["an unknown route", "/nothing", {}, 404, "Not Found"],
  ])("%s", async (_, path, body, status, message) => {
    const { ask } = await github();
    const id = await deployed(ask, {});
    const answer = await ask("POST", path.replace("ID", String(id)), body);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.objectContaining({ message, status: String(status) }),
    ]);
  });

  it("a token that it does not know, and one that may only read", async () => {
    const { ask } = await github({ accounts: [job, { token: "ghs_fork", mayWrite: [] }] });
    const unknown = await ask("GET", "/deployments", undefined, "nobody");
    expect([unknown.status, unknown.body]).toEqual([401, expect.objectContaining({ message: "Bad credentials" })]);
    const id = await deployed(ask, {});
    for (const [path, body] of [
      ["/deployments", { ref: sha }],
      [`/deployments/${id}/statuses`, { state: "success" }],
      ["/issues/1/comments", { body: "hello" }],
    ] as const) {
      const refused = await ask("POST", path, body, "ghs_fork");
      expect([refused.status, refused.body]).toEqual([
        403,
        expect.objectContaining({ message: "Resource not accessible by integration" }),
      ]);
    }
    expect((await ask("GET", "/deployments", undefined, "ghs_fork")).status).toBe(200);
  });
});

it("says by GraphQL who bears a token", async () => {
  const { ask } = await github();
  const answer = await ask("POST", "/graphql", { query: "{ viewer { login } }" });
  expect(answer.body).toEqual({ data: { viewer: { login: "github-actions[bot]" } } });
});

it("counts requests against the limit of a job's token", async () => {
  const { ask } = await github();
  await ask("GET", "/deployments");
  const { headers } = await ask("GET", "/deployments");
  expect([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")]).toEqual(["1000", "998"]);
});
