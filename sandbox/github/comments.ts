import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import { userOf } from "./accounts.ts";
import type { Account, User } from "./accounts.ts";
import { notFound } from "./errors.ts";
import { FieldReader } from "./fields.ts";
import type { Fields } from "./fields.ts";
import { pageOf } from "./paging.ts";

interface Comment {
  readonly id: number;
  readonly issue: string;
  readonly user: User;
  readonly created_at: string;
  updated_at: string;
  body: string;
}

const longestBody = 65_536;

/** The comments on the issues and pull requests of one repository. Every number is taken to be one of them. */
export class Comments {
  /** Oldest first. */
  readonly #comments: Comment[] = [];
  readonly #nextId: () => number;

  constructor(nextId: () => number) {
    this.#nextId = nextId;
  }

  list(issue: string, url: URL): Answer {
    const found = this.#comments.filter((comment) => comment.issue === issue);
    return pageOf(
      found.map((comment) => describe(comment, url)),
      url,
    );
  }

  create(account: Account, asked: { readonly issue: string; readonly fields: Fields; readonly url: URL }): Answer {
    const now = new Date().toISOString();
    const body = readText(asked.fields);
    const about = { id: this.#nextId(), issue: asked.issue, user: userOf(account) };
    const comment = { ...about, created_at: now, updated_at: now, body };
    this.#comments.push(comment);
    return json(201, describe(comment, asked.url));
  }

  /** Whoever may write to pull requests may edit anybody's comment. */
  update(asked: { readonly id: string; readonly fields: Fields; readonly url: URL }): Answer {
    const comment = this.#comments.find(({ id }) => String(id) === asked.id);
    if (comment === undefined) throw notFound();
    comment.body = readText(asked.fields);
    comment.updated_at = new Date().toISOString();
    return json(200, describe(comment, asked.url));
  }
}

function readText(fields: Fields): string {
  return new FieldReader("IssueComment", fields).required("body", longestBody);
}

function describe({ issue, ...comment }: Comment, url: URL): object {
  const repository = url.origin + url.pathname.split("/").slice(0, 4).join("/");
  const html = repository.replace("/repos/", "/");
  return {
    url: `${repository}/issues/comments/${comment.id}`,
    html_url: `${html}/pull/${issue}#issuecomment-${comment.id}`,
    issue_url: `${repository}/issues/${issue}`,
    node_id: Buffer.from(`012:IssueComment${comment.id}`).toString("base64"),
    ...comment,
    author_association: "NONE",
    performed_via_github_app: null,
  };
}
