import * as v from "valibot";
import type { GitHubApi } from "./client.ts";

const commentSchema = v.object({
  id: v.number(),
  body: v.nullish(v.string()),
  user: v.nullish(v.object({ login: v.string() })),
});

export type Comment = v.InferOutput<typeof commentSchema>;

const purpose = { permission: "pull-requests: write" };
/** A pull request with more comments than that gets a second one of ours. */
const mostPages = 20;

/** The comments on one pull request. */
export class Comments {
  readonly #api: GitHubApi;
  readonly #repository: string;
  readonly #number: number;

  constructor(api: GitHubApi, { repository, number }: { readonly repository: string; readonly number: number }) {
    this.#api = api;
    this.#repository = `/repos/${repository}`;
    this.#number = number;
  }

  /** The first comment whose text fits and that was written by whoever bears our token: anybody can copy a marker. */
  async findOwn(fits: (body: string) => boolean): Promise<Comment | undefined> {
    let login: string | undefined;
    let pages = 0;
    for await (const page of this.#pages()) {
      for (const comment of page) {
        if (!fits(comment.body ?? "")) continue;
        login ??= await this.#login();
        if (comment.user?.login === login || comment.user?.login === `${login}[bot]`) return comment;
      }
      if (++pages >= mostPages) break;
    }
    return undefined;
  }

  async create(body: string): Promise<void> {
    await this.#api.request({
      ...purpose,
      doing: "comment on the pull request",
      method: "POST",
      path: `${this.#repository}/issues/${this.#number}/comments`,
      body: { body },
      answer: v.object({}),
    });
  }

  async update(id: number, body: string): Promise<void> {
    await this.#api.request({
      ...purpose,
      doing: "update the comment on the pull request",
      method: "PATCH",
      path: `${this.#repository}/issues/comments/${id}`,
      body: { body },
      answer: v.object({}),
    });
  }

  #pages(): AsyncGenerator<readonly Comment[]> {
    return this.#api.pages({
      ...purpose,
      doing: "read the comments of the pull request",
      path: `${this.#repository}/issues/${this.#number}/comments`,
      query: { per_page: 100 },
      answer: v.array(commentSchema),
    });
  }

  /** By GraphQL, since the token of a job may not ask for `/user`. The `[bot]` of an app's name, which no person's has, may be missing. */
  async #login(): Promise<string> {
    const { data } = await this.#api.query({
      doing: "find out who bears the token",
      query: "{ viewer { login } }",
      answer: v.object({ data: v.object({ viewer: v.object({ login: v.string() }) }) }),
    });
    return data.viewer.login;
  }
}
